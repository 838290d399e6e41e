import type { ShellParser } from "#model/ports";
import { parseShell } from "./shell-parser/parse-shell.ts";

/** The bash parser. It holds no state and needs nothing to be loaded. */
export function createShellParser(): Promise<ShellParser> {
  return Promise.resolve({ parse: parseShell });
}
