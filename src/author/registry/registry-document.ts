import type { Edit } from "#model/edit";
import type { Span } from "#model/source";
import type { Registry } from "./entry.ts";
import { indexBody } from "./index-body.ts";
import { matrixBody } from "./matrix-body.ts";
import { type DamagedRegion, regionBody, regionEdit, regionPlace, regionText } from "./region.ts";

/** The two registry documents of a type. */
export type RegistryKind = "index" | "matrix";

/** What makes one kind of registry document. */
interface RegistryForm {
  /** End of the file name after the reserved id. */
  readonly name: string;
  readonly region: string;
  readonly title: string;
  readonly intro: string;
  readonly body: (registry: Registry, path: string, before: string | undefined) => string;
}

const forms: Readonly<Record<RegistryKind, RegistryForm>> = {
  index: {
    name: "index.md",
    region: "index",
    title: "Index",
    intro: "Every document of this type. A number is never used again; the row of a document that is gone stays.",
    body: indexBody,
  },
  matrix: {
    name: "TRACEABILITY_MATRIX.md",
    region: "matrix",
    title: "Traceability Matrix",
    intro: "Where every document of this type comes from and where it leads, computed from tags and receipts.",
    body: matrixBody,
  },
};

/** All kinds, in the order they are written. */
export const registryKinds: readonly RegistryKind[] = ["index", "matrix"];

/** File name of a registry document: `IPLAN-000_index.md`. `id` is the reserved id of the type. */
export function registryFileName(kind: RegistryKind, id: string): string {
  return `${id}_${forms[kind].name}`;
}

/** True for the name of that registry document, in whatever case the index is written. */
export function isRegistryFile(kind: RegistryKind, id: string, name: string): boolean {
  const wanted = registryFileName(kind, id);
  return kind === "index" ? name.toLowerCase() === wanted.toLowerCase() : name === wanted;
}

/** The whole text of a registry document that does not exist yet. */
export function newRegistryText(kind: RegistryKind, id: string, registry: Registry, path: string): string {
  const form = forms[kind];
  const head = [
    "---",
    `title: "${id}: ${registry.type} ${form.title}"`,
    "custom_fields:",
    `  document_type: ${kind === "index" ? "index" : "traceability_matrix"}`,
    `  artifact_type: ${registry.type}`,
    `  layer: ${registry.layer}`,
    "---",
    "",
    `# ${id}: ${registry.type} ${form.title}`,
    "",
    `${form.intro} What stands between the two comments is written by \`iplan registry\`; everything else is yours.`,
    "",
    "",
  ].join("\n");
  return head + regionText(form.region, form.body(registry, path, undefined));
}

/** The line of the first marker of the generated part; undefined for a text that has none. */
export function registryPlace(kind: RegistryKind, text: string): Span | undefined {
  return regionPlace(text, forms[kind].region);
}

/** The edit that brings an existing registry document up to date; undefined when it is, a problem when its markers are damaged. */
export function registryEdit(
  kind: RegistryKind,
  text: string,
  registry: Registry,
  path: string,
): Edit | DamagedRegion | undefined {
  const { region, body } = forms[kind];
  return regionEdit(text, region, body(registry, path, regionBody(text, region)));
}
