/** What a reader of a page does: saves a document under a path, or types a command and reads its output. */
export type PageAct =
  | { readonly kind: "save"; readonly path: string; readonly text: string; readonly line: number }
  | { readonly kind: "type"; readonly command: string; readonly shown: string; readonly line: number };

interface Fence {
  readonly language: string;
  readonly lines: readonly string[];
  /** Line of the opening fence, from 1. */
  readonly line: number;
  /** The paragraph before it. */
  readonly before: string;
}

/** The acts of a page in order: fences marked `console`, and every fence announced by a paragraph that ends in "… as `path`:". */
export function readActs(text: string): readonly PageAct[] {
  return fencesOf(text).flatMap((fence): readonly PageAct[] => {
    const path = /\bas `([^`]+)`.{0,40}:$/.exec(fence.before)?.[1];
    if (path !== undefined) return [{ kind: "save", path, text: `${fence.lines.join("\n")}\n`, line: fence.line }];
    return fence.language === "console" ? commandsOf(fence) : [];
  });
}

/** The fences of a page that are not inside another. */
export function fencesOf(text: string): readonly Fence[] {
  const lines = text.split("\n");
  const fences: Fence[] = [];
  let before = "";
  let isNew = true;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const [, tick, language] = /^(`{3,}|~{3,})\s*(\S*)/.exec(line) ?? [];
    if (tick === undefined) {
      if (line.trim() === "") isNew = true;
      else {
        before = isNew ? line.trim() : `${before} ${line.trim()}`;
        isNew = false;
      }
      continue;
    }
    const end = lines.findIndex((other, index) => index > at && other.trim() === tick);
    if (end < 0) throw new Error(`line ${at + 1}: the fence is never closed`);
    fences.push({ language: language ?? "", lines: lines.slice(at + 1, end), line: at + 1, before });
    at = end;
    before = "";
    isNew = true;
  }
  return fences;
}

function commandsOf(fence: Fence): readonly PageAct[] {
  const acts: { kind: "type"; command: string; shown: string; line: number }[] = [];
  for (const [index, line] of fence.lines.entries()) {
    const last = acts.at(-1);
    const prompt = /^\$ (.*)$/.exec(line);
    if (prompt !== null) acts.push({ kind: "type", command: prompt[1] ?? "", shown: "", line: fence.line + index + 1 });
    else if (last === undefined) throw new Error(`line ${fence.line + 1}: a console fence begins with a command`);
    else if (line.startsWith("> ") && last.shown === "") last.command += `\n${line.slice(2)}`;
    else last.shown += `${line}\n`;
  }
  return acts;
}
