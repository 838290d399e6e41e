import type { ShellParser } from "#model/ports";
import type { ShellSyntax } from "#model/shell-syntax";
import { parseShell } from "./shell-parser/parse-shell.ts";

/** Units of text whose trees are kept: what one or two plans hold. */
const mostKept = 100_000;

/** The bash parser. It needs nothing to be loaded. */
export function createShellParser(): Promise<ShellParser> {
  return Promise.resolve({ parse: keeping(parseShell, mostKept) });
}

/**
 * A parser that gives the tree it made of the same text before. Why: a plan that was edited is read again, and all blocks of it but one
 * are as they were; and plans of one project say the same short things.
 */
export function keeping(parse: (text: string) => ShellSyntax, most: number): (text: string) => ShellSyntax {
  const kept = new Map<string, ShellSyntax>();
  let size = 0;
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const syntax = parse(text);
    if (size + text.length > most) {
      kept.clear();
      size = 0;
    }
    if (text.length <= most) {
      kept.set(text, syntax);
      size += text.length;
    }
    return syntax;
  };
}
