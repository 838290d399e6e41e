import type { Host, Machine } from "#model/ports";
import type { Actor } from "#model/run";
import { configFileName, readConfig } from "./config.ts";
import { findRoot } from "./workspace.ts";

/** Variables by which assistants' programs are known, and the names they stand for. */
export const assistantVariables: readonly (readonly [string, string])[] = [
  ["CLAUDECODE", "Claude Code"],
  ["GEMINI_CLI", "Gemini CLI"],
  ["CODEX_SANDBOX", "Codex"],
  ["CURSOR_AGENT", "Cursor"],
  ["OPENCODE", "opencode"],
];

/** Who acts: an assistant when its program's variable is set, a person at a terminal, else an unattended program. */
export function actorOf(machine: Machine, interactive: boolean, further: readonly string[] = []): Actor {
  const known = [...assistantVariables, ...further.map((name) => [name, name] as const)];
  const found = known.find(([name]) => (machine.environment[name] ?? "") !== "");
  if (found !== undefined) return { kind: "assistant", name: found[1] };
  return { kind: interactive ? "person" : "unattended", name: `${machine.user}@${machine.host}` };
}

/** Who acts in the workspace a directory lies in, whose configuration may name further variables of assistants. */
export async function actorIn(host: Host, cwd: string, interactive: boolean): Promise<Actor> {
  const root = findRoot(host.files, host.files.realPath(cwd) ?? cwd);
  const bytes = host.files.read(`${root}/${configFileName}`);
  const text = bytes === undefined ? "" : new TextDecoder("utf-8").decode(bytes);
  // Why: most commands need no configuration to be read for this.
  if (!text.includes("assistants")) return actorOf(host.machine, interactive);
  const { config } = await readConfig(text, "0000-00-00");
  return actorOf(host.machine, interactive, config.assistants);
}
