/** The cells a text takes on a terminal: wide and combining characters counted, escape sequences not. */
export function displayWidth(text: string): number {
  let width = 0;
  // Why: painted text holds colour sequences of our own making only; foreign ones were escaped before.
  for (const char of text.replace(/\u001B\[\d+m/g, "")) width += charWidth(char.codePointAt(0) ?? 0);
  return width;
}

function charWidth(code: number): number {
  if (code >= 0x300 && code <= 0x36f) return 0;
  if (code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f)) return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}

/** Text filled with blanks to a width in cells. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** A text folded at blanks, no line wider than `width` cells but for a longer word. */
export function fold(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && displayWidth(line) + displayWidth(word) + 1 > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Fewest cells a folded last column is given, however narrow the terminal. */
const leastFolded = 24;

/** Below this many cells a long line is folded at its words; wider terminals fold it themselves well enough. */
const narrow = 60;

/** A head with a long text after it: in one line, or on a narrow terminal with the text folded below it. */
export function headed(head: string, text: string, width: number): string {
  if (width >= narrow || text === "") return `${head} ${text}`.trimEnd() + "\n";
  const lines = fold(text, Math.max(leastFolded, width) - 4);
  return `${head}\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

/** Rows as columns two blanks apart, the last column folded so that no row is wider than `width` where it can be. */
export function foldedColumns(rows: readonly (readonly string[])[], indent: string, width: number): string {
  const before = rows.map((row) => row.slice(0, -1));
  const taken = before.reduce(
    (widths, row) => row.map((cell, at) => Math.max(widths[at] ?? 0, displayWidth(cell))),
    [] as readonly number[],
  );
  const left = taken.reduce((sum, cells) => sum + cells + 2, indent.length);
  const room = Math.max(leastFolded, width - left);
  const folded = rows.flatMap((row, index) =>
    fold(row.at(-1) ?? "", room).map((line, at) => [
      ...(before[index] ?? []).map((cell) => (at === 0 ? cell : "")),
      line,
    ]),
  );
  return columns(folded, indent);
}

/** Rows as columns two blanks apart; the last column is not filled. */
export function columns(rows: readonly (readonly string[])[], indent = ""): string {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(0, ...rows.map((row) => displayWidth(row[column] ?? ""))),
  );
  return rows
    .map(
      (row) =>
        indent +
        row.map((cell, column) => (column === row.length - 1 ? cell : pad(cell, widths[column] ?? 0))).join("  "),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

/** A duration for people: `0.4 s`, `12 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `1 step`, `3 steps`. */
export function counted(count: number, noun: string): string {
  const plural = noun.endsWith("s") ? `${noun}es` : /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count} ${count === 1 ? noun : plural}`;
}
