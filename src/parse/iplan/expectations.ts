import { type ShellLine, readShellLines } from "./shell-lines.ts";

/** An expectation written as a comment, by offsets of the block's text. */
export interface ExpectationComment {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly command?: string;
  readonly form: "expected" | "should-be" | "other";
}

const forms: readonly (readonly [form: ExpectationComment["form"], pattern: RegExp, whole: boolean])[] = [
  ["expected", /^expect(?:ed|s)?(?:\s+(?:output|outcome|results?|value|response))?(?:\s*\([^)]*\))?\s*:\s*/i, false],
  ["should-be", /^should\s+(?:be|equal)\s*:?\s+/i, false],
  ["other", /^should(?:\s+not)?\s+(?=\p{L})/iu, true],
  ["other", /^(?:output|prints|shows|returns)\s*:\s*/i, false],
];

/** The expectations a shell block states as comments: `# Expected: …`, `# Should be …`, `# Should show …`, and the comment lines under `# Expected output:`. */
export function findExpectations(text: string): ExpectationComment[] {
  const found: ExpectationComment[] = [];
  if (!text.includes("#")) return found;
  let command: string | undefined;
  let listing: ExpectationComment["form"] | undefined;
  let continued = false;
  for (const line of readShellLines(text)) {
    if (line.code !== "") {
      command = continued || line.continues ? `${command}\n${line.code}` : line.code;
      continued = line.code.endsWith("\\");
      listing = undefined;
    }
    const comment = line.comment;
    if (comment === undefined) {
      listing = undefined;
      continue;
    }
    const read = readComment(comment);
    if (read !== undefined) {
      listing = read.text === "" ? read.form : undefined;
      if (read.text !== "") found.push(withCommand(read, command));
    } else if (listing !== undefined && comment.text !== "") {
      found.push(withCommand({ ...comment, form: listing }, command));
    }
  }
  return found;
}

function readComment(comment: NonNullable<ShellLine["comment"]>): ExpectationComment | undefined {
  for (const [form, pattern, whole] of forms) {
    const match = pattern.exec(comment.text);
    if (match === null) continue;
    const skipped = whole ? 0 : match[0].length;
    return { text: comment.text.slice(skipped), start: comment.start + skipped, end: comment.end, form };
  }
  return undefined;
}

function withCommand(expectation: ExpectationComment, command: string | undefined): ExpectationComment {
  return command === undefined ? expectation : { ...expectation, command };
}
