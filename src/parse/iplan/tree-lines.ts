/** One line of a drawn file tree: offsets are those of the line. */
export interface TreeLine {
  readonly path: string;
  readonly kind: "file" | "directory";
  readonly comment?: string;
  /** Number of the line. */
  readonly line: number;
  /** Place of the name in the line. */
  readonly start: number;
  readonly end: number;
}

interface Name {
  readonly name: string;
  readonly comment: string | undefined;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

const drawing = /^(?:[\s│├└─┬┌┐┘┤┴┼╰╭|]|[`+\\](?=-)|-(?=-|\s))*/u;
const commentStart = /[ \t](?:#|\/\/|←|<-|--|—|–)|[ \t]{2}(?=\()/u;

/**
 * Reads a file tree drawn with `├──`, `|--` or by indentation alone. Paths are as drawn, the top line of the drawing
 * included; `.` as top line names nothing. A name with something under it is a directory.
 */
export function readTreeLines(lines: readonly string[]): TreeLine[] {
  const names = lines.flatMap((text, line) => readName(text, line));
  const open: Name[] = [];
  return names.flatMap((entry, index) => {
    while (open.length > 0 && (open.at(-1)?.start ?? 0) >= entry.start) open.pop();
    const holder = open.map((above) => bare(above.name)).filter((name) => name !== "" && name !== ".");
    open.push(entry);
    if (bare(entry.name) === ".") return [];
    const holds = (names[index + 1]?.start ?? 0) > entry.start;
    return [treeLine(entry, [...holder, bare(entry.name)].join("/"), holds)];
  });
}

function treeLine(entry: Name, path: string, holds: boolean): TreeLine {
  const kind = holds || entry.name.endsWith("/") ? "directory" : "file";
  const { line, start, end, comment } = entry;
  return comment === undefined ? { path, kind, line, start, end } : { path, kind, line, start, end, comment };
}

function bare(name: string): string {
  return name.length > 1 && name.endsWith("/") ? name.slice(0, -1) : name;
}

function readName(text: string, line: number): Name[] {
  const start = drawing.exec(text)?.[0].length ?? 0;
  const rest = text.slice(start).trimEnd();
  if (rest === "" || rest.startsWith("#") || /^(?:\.\.\.|…|\()/u.test(rest)) return [];
  const cut = commentStart.exec(rest);
  const name = cut === null ? rest : rest.slice(0, cut.index).trimEnd();
  const comment = cut === null ? undefined : rest.slice(cut.index + cut[0].length).trim();
  return [{ name, comment: comment === "" ? undefined : comment, line, start, end: start + name.length }];
}
