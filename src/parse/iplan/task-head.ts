import { isBeyondAscii } from "#model/beyond-ascii";
import type { Passage } from "../passage.ts";

/** The id a task's text begins with, and the text behind it. */
export interface TaskHead {
  /** `TASK-1.2`: as written, or its normal form when written as `Task 1.2` or `**1.2**`. */
  readonly id: string;
  readonly rest: Passage;
}

const worded =
  /^[*_`[\]]{0,6}(task)([-_ ]?)#?(\d+(?:\.\d+)*[a-z]?)(?![\p{L}\p{N}_])[*_`\]]{0,5}[ \t]*[:.)–—-]?[ \t]*/iu;
/** The same for a text of ASCII; it is quicker to compile. */
const plainWorded = /^[*_`[\]]{0,6}(task)([-_ ]?)#?(\d+(?:\.\d+)*[a-z]?)(?!\w)[*_`\]]{0,5}[ \t]*[:.)-]?[ \t]*/i;
const numbered = /^(?:\*\*|__)(\d+\.\d+[a-z]?)[:.]?(?:\*\*|__)[ \t]*[:.)–—-]?[ \t]*/u;

/** What every worded head holds, by the same rules of case. */
const word = /task/iu;

/** Reads the id a task's text begins with: `**TASK-1.1**: name`, `Task 1.1: name`, `**1.1** name`; undefined when it has none. */
export function readTaskHead(passage: Passage): TaskHead | undefined {
  const trimmed = passage.trim();
  const form = isBeyondAscii(trimmed.text) ? worded : plainWorded;
  const match = word.test(trimmed.text) ? form.exec(trimmed.text) : null;
  if (match !== null) {
    const [whole, name = "", sign, number = ""] = match;
    const id = sign === "-" && name === name.toUpperCase() ? `${name}-${number}` : `TASK-${number}`;
    return { id, rest: trimmed.sub(whole.length) };
  }
  if (!trimmed.text.startsWith("**") && !trimmed.text.startsWith("__")) return undefined;
  const plain = numbered.exec(trimmed.text);
  return plain === null ? undefined : { id: `TASK-${plain[1] ?? ""}`, rest: trimmed.sub(plain[0].length) };
}
