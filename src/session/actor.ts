import type { Machine } from "#model/ports";
import type { Actor } from "#model/run";

/** Variables by which assistants' programs are known, and the names they stand for. */
const assistantVariables: readonly (readonly [string, string])[] = [
  ["CLAUDECODE", "Claude Code"],
  ["GEMINI_CLI", "Gemini CLI"],
  ["CODEX_SANDBOX", "Codex"],
  ["CURSOR_AGENT", "Cursor"],
  ["OPENCODE", "opencode"],
];

/** Who acts: an assistant when its program's variable is set, a person at a terminal, else an unattended program. */
export function actorOf(machine: Machine, interactive: boolean): Actor {
  const found = assistantVariables.find(([name]) => (machine.environment[name] ?? "") !== "");
  if (found !== undefined) return { kind: "assistant", name: found[1] };
  return { kind: interactive ? "person" : "unattended", name: `${machine.user}@${machine.host}` };
}
