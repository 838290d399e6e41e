import type { UnderstoodPlan } from "#model/understanding";

/** Something the plan says to do after it, with the command that starts it as a plan of its own. */
export interface NextAction {
  readonly text: string;
  readonly command: string;
}

/** Longest title of a plan that follows, in characters. */
const longestTitle = 72;

/** What the plan says comes after it; places that are not filled in are left out. */
export function nextActions({ plan, id }: UnderstoodPlan): readonly NextAction[] {
  return plan.nextActions.flatMap(({ text }) => {
    const line = text.replace(/\s+/g, " ").trim();
    if (line === "" || (line.startsWith("[") && line.endsWith("]"))) return [];
    return [{ text: line, command: `iplan new iplan --follows ${id} --title ${quoted(titleOf(line))}` }];
  });
}

function titleOf(line: string): string {
  const plain = line.replace(/[`*_]/g, "").replace(/[.:;]$/, "");
  if (plain.length <= longestTitle) return plain;
  const cut = plain.slice(0, longestTitle);
  return cut.slice(0, Math.max(cut.lastIndexOf(" "), 20)).trimEnd();
}

/** Why: the command is to be typed into a shell, and the words are a document's. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
