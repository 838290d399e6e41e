/** A row of an artifact that is gone. */
export interface RemovedRow {
  readonly id: string;
  /** Its title as the row had it, escaped as it was. */
  readonly title: string;
}

/** Rows of the main table of a generated body whose artifact is not there any more. */
export function removedRows(before: string | undefined, known: ReadonlySet<string>): readonly RemovedRow[] {
  if (before === undefined) return [];
  const lines = before.split("\n");
  const head = lines.findIndex((line) => line.startsWith("| ID |"));
  if (head < 0) return [];
  const after = lines.findIndex((line, index) => index > head && !line.startsWith("|"));
  return lines.slice(head + 2, after < 0 ? undefined : after).flatMap((line) => {
    const [, id = "", title = ""] = /^\| ([^|]+?) \| ((?:\\.|[^|\\])*?) \|/.exec(line) ?? [];
    return id === "" || known.has(id) ? [] : [{ id, title }];
  });
}
