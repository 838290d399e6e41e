import { readFileSync, readdirSync } from "node:fs";
import { sharedPath } from "./shared.ts";

/** A shell fence of a reference document. */
export interface ShellFence {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** Every fence marked bash, sh or shell of the Markdown files below a folder, found by a line scan of its own. */
export function shellFences(folder: string = sharedPath()): readonly ShellFence[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => fencesOf(`${folder}/${name}`));
}

function fencesOf(path: string): ShellFence[] {
  const found: ShellFence[] = [];
  let open: { indent: number; fence: string; line: number; lines: string[] | undefined } | undefined;
  readFileSync(path, "utf8")
    .split(/\r?\n/)
    .forEach((line, index) => {
      const mark = /^(\s*(?:[-*] |\d+\. )?\s*)(`{3,}|~{3,})\s*(\w*)/.exec(line);
      if (open === undefined) {
        if (mark === null) return;
        const isShell = ["bash", "sh", "shell"].includes((mark[3] ?? "").toLowerCase());
        open = { indent: mark[1]?.length ?? 0, fence: mark[2] ?? "", line: index + 1, lines: isShell ? [] : undefined };
        return;
      }
      if (line.trim().startsWith(open.fence) && line.trim().replaceAll(open.fence[0] ?? "", "") === "") {
        if (open.lines !== undefined) found.push({ path, line: open.line, text: `${open.lines.join("\n")}\n` });
        open = undefined;
        return;
      }
      const indent = open.indent;
      open.lines?.push(line.slice(0, indent).trim() === "" ? line.slice(indent) : line);
    });
  return found;
}
