import { findInside, textOf } from "./file-text.ts";
import { type ClaimProbe, undecided } from "./probe.ts";

const before = String.raw`(?:^|[\s;{}(])`;
const words =
  "class|interface|type|enum|struct|trait|record|object|module|namespace|def|func|fn|fun|function\\*?|sub|const|let|var|val|impl|protocol|macro_rules!";

/** Looks for the definition of a name in a source file: a line that introduces it, comments left out. */
export const probeDefinition: ClaimProbe<"definition"> = ({ path, name }, scene) => {
  const found = findInside(path, scene);
  if (found === undefined || found.kind !== "file") return { holds: false, observed: `${path} does not exist` };
  const text = textOf(found, scene);
  if (text === undefined) return undecided(`${path} is too large to read`);
  const safe = name.replaceAll("$", "\\$");
  const introduced = new RegExp(`${before}(?:${words})\\s+(?:\\([^)]{0,200}\\)\\s*)?${safe}(?![\\w$])`);
  const shell = new RegExp(`^\\s*(?:function\\s+)?${safe}\\s*\\([^()]{0,200}\\)\\s*\\{`);
  const assigned = new RegExp(`^(?:module\\.)?(?:exports\\.)?${safe}\\s*=(?!=)`);
  const lines = text.split("\n").filter((line) => !/^\s*(?:#(?!\[)|\/\/|\*|\/\*|--)/.test(line) && line.length < 2000);
  const at = lines.find((line) => [introduced, shell, assigned].some((form) => form.test(line)));
  // Why: methods of some languages, and names made by macros or exports, have no word before them.
  const mentioned = at === undefined && new RegExp(`(?:^|[^\\w$])${safe}(?![\\w$])`).test(lines.join("\n"));
  if (mentioned) return undecided(`${path} names ${name}, but no line that plainly defines it was found`);
  return { holds: at !== undefined, observed: `${path} ${at === undefined ? "does not define" : "defines"} ${name}` };
};
