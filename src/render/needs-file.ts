import type { ExportedItem, ExportedItems } from "./exported-item.ts";
import { renderJson } from "./json-text.ts";
import { needIds } from "./need-ids.ts";
import { withItems } from "./text-pieces.ts";

const version = "1.0";

/**
 * The `needs.json` of sphinx-needs piece by piece: one version with the schema of a need and every need by its id, keys in order.
 * No times are written, as sphinx-needs does for `needs_reproducible_json`, so that the same documents give the same bytes.
 */
export function* needsTexts(items: ExportedItems): Generator<string> {
  const ids = needIds(items.ids);
  const order = items.ids.map((id, index) => ({ id: ids.get(id) ?? id, index })).sort((a, b) => (a.id < b.id ? -1 : 1));
  const one = {
    creator: { program: "iplan" },
    needs: {},
    needs_amount: order.length,
    needs_schema: { $schema: "http://json-schema.org/draft-07/schema#", properties: needFields, type: "object" },
  };
  const whole = `${renderJson({ current_version: version, project: "iplan", versions: { [version]: one } }, 2)}\n`;
  yield* withItems(whole, '"needs": {', needTexts(items, order, ids));
}

function* needTexts(
  items: ExportedItems,
  order: readonly { readonly index: number }[],
  ids: ReadonlyMap<string, string>,
): Generator<string> {
  for (const { index } of order) {
    const need = needOf(items.at(index), ids);
    yield `${renderJson(need.id)}: ${renderJson(need, 2)}`;
  }
}

const text = { type: "string" } as const;
const texts = { type: "array", items: text, default: [] } as const;
const textOrNull = { type: ["string", "null"], default: null } as const;

/** Why: importers take what a need leaves out from here, and tell links from texts by `field_type`. */
const needFields = {
  broken_links: extra("Ids that the documents name and nobody defines, joined by commas."),
  content: { default: "", description: "The main content of the need.", field_type: "core", ...text },
  docname: { description: "Name of the document where the need is defined.", field_type: "core", ...textOrNull },
  doctype: { default: "", description: "Ending of the document's file.", field_type: "core", ...text },
  id: { description: "ID of the data.", field_type: "core", ...text },
  layer: extra("Number of the layer."),
  lineno: {
    description: "Line number where the need is defined.",
    field_type: "core",
    type: ["integer", "null"],
    default: null,
  },
  links: { description: "What the need follows from.", field_type: "links", ...texts },
  links_back: { description: "Backlink field", field_type: "backlinks", ...texts },
  sections: { description: "Sections of the need.", field_type: "core", ...texts },
  source_id: extra("Id as the documents write it."),
  status: { description: "Verdict of a plan or task by its receipt.", field_type: "core", ...textOrNull },
  tags: { description: "Whether it is a document or an element of one.", field_type: "core", ...texts },
  title: { description: "Title of the need.", field_type: "core", ...text },
  type: { default: "", description: "Type of the need.", field_type: "core", ...text },
  type_name: { default: "", description: "Name of the type.", field_type: "core", ...text },
};

/** Why: up to its version 5, sphinx-needs warns of every extra field that is no text. */
function extra(description: string): Readonly<Record<string, string>> {
  return { default: "", description, field_type: "extra", type: "string" };
}

type Need = Readonly<Record<keyof typeof needFields, unknown>> & { readonly id: string };

function needOf(item: ExportedItem, ids: ReadonlyMap<string, string>): Need {
  const dot = item.path.lastIndexOf(".");
  const hasEnding = dot > item.path.lastIndexOf("/") + 1;
  const known = (links: ExportedItem["out"]): readonly string[] => [
    ...new Set(links.flatMap(({ id }) => ids.get(id) ?? [])),
  ];
  const broken = item.out.flatMap(({ id }) => (ids.has(id) ? [] : [id]));
  return {
    broken_links: [...new Set(broken)].join(", "),
    content: placeOf(item),
    docname: hasEnding ? item.path.slice(0, dot) : item.path,
    doctype: hasEnding ? item.path.slice(dot) : "",
    id: ids.get(item.id) ?? item.id,
    layer: item.layer === undefined ? "" : String(item.layer),
    lineno: item.line,
    links: known(item.out),
    links_back: known(item.in),
    sections: [],
    source_id: item.id,
    status: item.verdict ?? null,
    tags: [item.kind],
    title: item.title === "" ? item.id : item.title,
    type: item.type.toLowerCase() || "item",
    type_name: item.typeName,
  };
}

/** Why: an import forgets document and line; two backticks make a plain text in reStructuredText and in Markdown. */
function placeOf({ path, line }: ExportedItem): string {
  return `\`\`${path.replaceAll("`", "'")}:${line}\`\``;
}
