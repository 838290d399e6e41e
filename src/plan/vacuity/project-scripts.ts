/** The commands behind a target of a makefile as a script that stops at the first failure; undefined when they are not known. */
export function makeRecipe(makefile: string | undefined, values: readonly string[]): string | undefined {
  if (makefile === undefined || values.some((value) => /^-(?!s$|-silent$|j)/.test(value))) return undefined;
  const targets = values.filter((value) => !value.startsWith("-") && !value.includes("="));
  const rules = readRules(makefile);
  const lines = (targets.length === 0 ? [...rules.keys()].slice(0, 1) : targets).flatMap((target) =>
    linesOf(rules, target, new Set()),
  );
  return lines.includes(undefined) ? undefined : `set -e\n${lines.join("\n")}\n`;
}

interface MakeRule {
  readonly needs: readonly string[];
  readonly lines: string[];
}

function readRules(makefile: string): ReadonlyMap<string, MakeRule> {
  const rules = new Map<string, MakeRule>();
  let current: MakeRule | undefined;
  for (const line of makefile.split("\n")) {
    if (line.startsWith("\t")) current?.lines.push(line.slice(1));
    else if (/^[\w./-]+[\w ./-]*:(?!=)/.test(line)) {
      const [names = "", needs = ""] = line.split(":", 2);
      current = { needs: needs.split(/\s+/).filter((name) => name !== ""), lines: [] };
      for (const name of names.trim().split(/\s+/)) rules.set(name, current);
    } else if (line.trim() !== "" && !line.startsWith("#")) current = undefined;
  }
  return rules;
}

function linesOf(
  rules: ReadonlyMap<string, MakeRule>,
  target: string,
  seen: Set<string>,
): readonly (string | undefined)[] {
  const rule = rules.get(target);
  if (rule === undefined) return [undefined];
  if (seen.has(target)) return [];
  seen.add(target);
  const before = rule.needs.filter((name) => rules.has(name)).flatMap((name) => linesOf(rules, name, seen));
  return [...before, ...rule.lines.map(shellLine)];
}

/** A line of a recipe: with `-` before it make does not care how it ends. */
function shellLine(line: string): string | undefined {
  const [, marks = "", text = ""] = /^\s*([@+-]*)\s*(.*)$/.exec(line) ?? [];
  if (/\$\(|\$\{/.test(text)) return undefined;
  const command = text.replaceAll("$$", "$");
  return marks.includes("-") ? `( ${command} ) || true` : `( ${command} )`;
}

/** The command behind a script of package.json; undefined when it is not known. */
export function packageScriptText(json: string | undefined, values: readonly string[]): string | undefined {
  const words = values.filter((value) => !value.startsWith("-"));
  const name = words[0] === "run" || words[0] === "run-script" ? words[1] : words[0] === "t" ? "test" : words[0];
  if (json === undefined || name === undefined) return undefined;
  const scripts = scriptsOf(json);
  const text = scripts === undefined ? undefined : (scripts as Readonly<Record<string, unknown>>)[name];
  return typeof text === "string" && Object.hasOwn(scripts ?? {}, name) ? text : undefined;
}

function scriptsOf(json: string): object | undefined {
  try {
    const read = JSON.parse(json) as { readonly scripts?: unknown } | null;
    return typeof read?.scripts === "object" && read.scripts !== null ? read.scripts : undefined;
  } catch {
    return undefined;
  }
}
