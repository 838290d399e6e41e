/** A need as an import makes it. */
export interface ImportedNeed {
  readonly id: string;
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Needs that its links reach. */
  readonly reached: readonly string[];
}

/** What a project declares in its `conf.py`. */
export interface ImportingProject {
  readonly types: readonly string[];
  readonly idPattern: RegExp;
  readonly extras: readonly string[];
}

interface NeedsSchema {
  readonly properties: Readonly<Record<string, { readonly default?: unknown; readonly field_type: string }>>;
}

/**
 * Imports a `needs.json` by the steps that the directive `needimport` of sphinx-needs takes, and says of what it would warn.
 * Sources, in the repository useblocks/sphinx-needs: `directives/needimport.py` (version, defaults, unknown keys),
 * `needsfile.json` (the schema of a file), `data.py` (core fields), `need_item.py` (a link is an id, a part after its first dot,
 * a condition in brackets), `api/need.py` (type and id are refused when the project does not know them), `config.py` (`needs_id_regex`).
 */
export function importNeeds(
  json: string,
  project: ImportingProject,
): { readonly needs: readonly ImportedNeed[]; readonly warnings: readonly string[] } {
  const file = JSON.parse(json) as Record<string, unknown>;
  const warnings = shapeTroubles(file);
  const versions = file["versions"] as Record<string, Record<string, unknown>>;
  const version = versions[file["current_version"] as string];
  if (version === undefined) throw new Error("Version not found");
  const { properties } = version["needs_schema"] as NeedsSchema;
  const defaults = Object.fromEntries(
    Object.entries(properties).flatMap(([name, field]) => ("default" in field ? [[name, field.default]] : [])),
  );
  const records = Object.entries(version["needs"] as Record<string, Record<string, unknown>>);
  const known = new Set([...coreFields, "links", "links_back", ...project.extras]);
  const needs = records.map(([key, record]) => {
    const fields: Record<string, unknown> = { ...defaults, ...record };
    for (const name of Object.keys(fields)) {
      if (!known.has(name)) warnings.push(`unknown key ${name}`);
      if (project.extras.includes(name) && typeof fields[name] !== "string") warnings.push(`${name} is no text`);
      if (!(name in properties)) warnings.push(`${name} is not in the schema`);
    }
    const { id, type, title, links, tags } = fields;
    if (id !== key) warnings.push(`${key} calls itself ${String(id)}`);
    if (!project.idPattern.test(key)) warnings.push(`id ${key}`);
    if (!project.types.includes(String(type))) warnings.push(`type ${String(type)}`);
    if (typeof title !== "string" || title === "") warnings.push(`title of ${key}`);
    if (!isTexts(tags)) warnings.push(`tags of ${key}`);
    return { id: key, type: String(type), fields, reached: isTexts(links) ? links.map(linkedId) : [] };
  });
  const ids = new Set(records.map(([key]) => key));
  for (const { id, reached } of needs)
    warnings.push(...reached.filter((end) => !ids.has(end)).map((end) => `${id} has an unknown link ${end}`));
  return { needs, warnings: [...new Set(warnings)] };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

/** The id of a link: what stands before its condition and its part. */
function linkedId(link: string): string {
  const bracket = link.indexOf("[");
  return (bracket > 0 ? link.slice(0, bracket) : link).split(".", 1)[0] ?? "";
}

function shapeTroubles(file: Readonly<Record<string, unknown>>): string[] {
  const troubles: string[] = [];
  for (const name of ["current_version", "project"])
    if (typeof file[name] !== "string") troubles.push(`${name} is no text`);
  for (const [name, version] of Object.entries((file["versions"] ?? {}) as Record<string, Record<string, unknown>>)) {
    if (typeof version["needs_amount"] !== "number") troubles.push(`needs_amount of ${name}`);
    if (version["needs_amount"] !== Object.keys(version["needs"] as object).length)
      troubles.push("needs_amount is wrong");
    if (typeof version["creator"] !== "object") troubles.push(`creator of ${name}`);
  }
  return troubles;
}

const coreFields = [
  "id docname lineno lineno_content title status tags collapse hide layout style arch is_import is_external",
  "external_url external_css type type_name type_prefix type_color type_style is_modified modifications is_need",
  "is_part parts id_parent id_complete jinja_content template pre_template post_template content pre_content",
  "post_content has_dead_links has_forbidden_dead_links constraints constraints_results constraints_passed",
  "constraints_error doctype sections section_name signature parent_need",
].flatMap((names) => names.split(" "));
