import { findInside, textOf } from "./file-text.ts";
import type { ProbeScene } from "./probe.ts";

/** What a file of JSON or YAML holds, or why that cannot be said. */
export type StructuredFile =
  | { readonly value: unknown; readonly problem?: undefined }
  | { readonly problem: "missing" | "broken" | "unread"; readonly value?: undefined };

/** Reads a file as the format its name or the claim says. */
export async function readStructured(
  name: string,
  format: "JSON" | "YAML" | "front matter" | undefined,
  scene: ProbeScene,
): Promise<StructuredFile> {
  const found = findInside(name, scene);
  if (found === undefined || found.kind !== "file") return { problem: "missing" };
  const text = textOf(found, scene)?.replace(/^\uFEFF/, "");
  if (text === undefined) return { problem: "unread" };
  const read = format ?? (/\.ya?ml$/i.test(name) ? "YAML" : "JSON");
  if (read === "JSON") return readJson(text);
  const written = read === "YAML" ? text : frontMatterOf(text);
  const yaml = written === undefined ? undefined : await scene.readYaml(written);
  return yaml === undefined ? { problem: "broken" } : { value: yaml.value };
}

function readJson(text: string): StructuredFile {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { problem: "broken" };
  }
}

/** What stands between the first line `---` and the next. */
function frontMatterOf(text: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const end = lines.indexOf("---", 1);
  return lines[0] === "---" && end > 0 ? lines.slice(1, end).join("\n") : undefined;
}

/** The value at a key of dots and numbers; a key that holds dots itself is found when it stands at the top. */
export function valueAt(root: unknown, key: string): { readonly value: unknown } | undefined {
  const whole = member(root, key);
  if (whole !== undefined) return whole;
  let at: { readonly value: unknown } | undefined = { value: root };
  for (const part of key.replace(/\[(\d{1,6})\]/g, ".$1").split(".")) {
    if (at === undefined) return undefined;
    at = member(at.value, part);
  }
  return at;
}

function member(holder: unknown, key: string): { readonly value: unknown } | undefined {
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key)) return undefined;
  return { value: (holder as Readonly<Record<string, unknown>>)[key] };
}
