import type { SimpleCommand } from "#model/shell-syntax";
import type { Invocation } from "../shell/invocation.ts";
import { presencesOfFind } from "./find-words.ts";
import { sightOfRounds } from "./premises.ts";
import { unknownRounds } from "./rounds.ts";
import { type Scene, type Sight, blind, noteBlind, noteMasked } from "./strength.ts";

/** `find … -exec check {} +` fails when a check does; with `\;` its status is dropped, and without `-exec` it only prints. */
export function findRounds(
  scene: Scene,
  command: SimpleCommand,
  { program, args, values }: Invocation,
): Sight | undefined {
  if (program !== "find") return undefined;
  const at = values.findIndex((value) => value === "-exec" || value === "-execdir");
  if (at < 0) {
    noteBlind(scene, command, "`find` exits 0 also when it finds nothing; pipe it into `grep -q .`");
    return blind;
  }
  const rest = args.slice(at + 1);
  const end = rest.findIndex((word) => word.literal === ";" || word.literal === "+");
  const words = end < 0 ? rest : rest.slice(0, end);
  const inner = scene.judge.command(scene, { ...command, words, assignments: [], redirects: [] });
  const text = words.map((word) => word.raw).join(" ");
  const checks = inner.checks.map((check) => ({ ...check, text }));
  if (rest[end]?.literal !== "+") {
    noteMasked(scene, checks, "`find` drops its status behind `\\;`; end it with `+`");
    noteBlind(scene, command, "`find` drops the status of what `-exec … \\;` runs");
    return blind;
  }
  const presences = presencesOfFind(args);
  const rounds = presences === undefined ? unknownRounds : { some: "yes" as const, presences };
  return sightOfRounds(scene, { ...inner, checks }, rounds, command);
}
