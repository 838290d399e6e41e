import type { PipelineCommand, ShellCommand, SimpleCommand } from "#model/shell-syntax";
import { invokedBy, shells } from "../shell/handed-script.ts";
import { operands } from "../shell/invocation.ts";
import { judgeScriptText } from "./handed.ts";
import { searchedBy, sightWithPresences } from "./premises.ts";
import { printsOnly } from "./printers.ts";
import { roundsOfCommand } from "./rounds.ts";
import type { Rounds } from "./shell-facts.ts";
import {
  type Scene,
  type Sight,
  type Strength,
  blind,
  either,
  noteBlind,
  noteMasked,
  textIn,
  weakened,
} from "./strength.ts";

/** A pipe, or a negated command. Each part runs in a shell of its own, so nothing in it ends the outer one. */
export function judgePipeline(scene: Scene, command: PipelineCommand): Sight {
  const inner: Scene = { ...scene, errexit: command.negated ? false : scene.errexit };
  const seen = constantInput(scene, command) ?? judgeParts(inner, command);
  if (!command.negated)
    return { status: seen.status, ends: scene.errexit ? seen.status : "never", checks: seen.checks };
  const text = textIn(scene, command).trim();
  const named = { ...seen, checks: seen.checks.map((check) => ({ ...check, text })) };
  const searched = sightWithPresences(scene, named, searchedBy(...command.commands));
  return { status: negate(seen.status), ends: "never", checks: searched.checks };
}

function judgeParts(scene: Scene, command: PipelineCommand): Sight {
  let input: Rounds | undefined = scene.input;
  const parts = command.commands.map((each) => {
    const sight = scene.judge.command({ ...scene, input }, each);
    input = roundsOfCommand({ ...scene, input }, each);
    return sight;
  });
  const seen = statusOf(scene, command, parts);
  return command.negated && command.commands.length > 1 ? withoutFirstParts(scene, command, seen) : seen;
}

function negate(status: Strength): Strength {
  if (status === "never") return "always";
  return status === "always" ? "never" : status;
}

function statusOf(scene: Scene, command: PipelineCommand, parts: readonly Sight[]): Sight {
  const own = parts.map((part) => either(part.status, part.ends));
  const last = parts.at(-1) ?? blind;
  if (findsItself(command)) {
    noteMasked(scene, last.checks, "the list of processes holds this very command");
    return blind;
  }
  if (scene.pipefail || parts.length === 1) {
    return { status: either(...own), ends: "never", checks: parts.flatMap((part) => part.checks) };
  }
  for (const part of parts.slice(0, -1)) noteMasked(scene, part.checks, "without `pipefail` the pipe drops its status");
  return { status: own.at(-1) ?? "never", ends: "never", checks: last.checks };
}

/** Programs that print and hardly fail: what they hand on may be searched for what must not be there. */
const steady = new Set(
  "cat ls find git echo printf ps env sort uniq head tail cut tr sed awk wc date id pwd jobs history tee column ss lsof".split(
    " ",
  ),
);

/** Why: `! npm test | grep -q failed` passes whenever the tests do not even start. */
function withoutFirstParts(scene: Scene, command: PipelineCommand, sight: Sight): Sight {
  const unsteady = command.commands.slice(0, -1).filter((each) => !steady.has(invokedBy(each)?.program ?? ""));
  if (unsteady.length === 0) return sight;
  const last = command.commands.at(-1);
  noteMasked(
    scene,
    sight.checks.filter(({ span }) => span.start >= (last?.start ?? 0)),
    "behind `!` the pipe passes when what stands before it fails; keep its output first, then search it",
  );
  return { status: weakened(sight.status), ends: "never", checks: [] };
}

/** `echo ok | grep ok` asks nothing of the world. */
function constantInput(scene: Scene, command: PipelineCommand): Sight | undefined {
  const [first, ...rest] = command.commands;
  if (first === undefined || rest.length === 0 || !printsConstant(first)) return undefined;
  const fed = fedScript(scene, first, rest);
  if (fed !== undefined) return fed;
  if (!rest.every((each) => filters.has(invokedBy(each)?.program ?? ""))) return undefined;
  noteBlind(scene, command, "its input is a text that stands in the command itself");
  return blind;
}

/** `echo 'npm test' | bash`. */
function fedScript(scene: Scene, first: SimpleCommand, rest: readonly ShellCommand[]): Sight | undefined {
  const invocation = rest.length === 1 && rest[0] !== undefined ? invokedBy(rest[0]) : undefined;
  if (invocation === undefined || !shells.has(invocation.program) || operands(invocation.args).length > 0)
    return undefined;
  const text = first.words
    .slice(1)
    .map((word) => word.literal ?? "")
    .join(" ");
  return judgeScriptText(scene, first, { text, errexit: invocation.values.includes("-e"), same: false });
}

const filters = new Set("grep egrep fgrep sed awk cut tr sort uniq wc head tail cat tee bc dc column".split(" "));

function printsConstant(command: ShellCommand): command is SimpleCommand {
  return command.kind === "simple" && printsOnly(command) && command.words.every((word) => word.literal !== undefined);
}

/** `ps aux | grep server` finds the grep itself. */
function findsItself(command: PipelineCommand): boolean {
  const [first, second] = command.commands.map((each) => invokedBy(each));
  if (first?.program !== "ps" || second === undefined || !/^[ef]?grep$/.test(second.program)) return false;
  const others = command.commands.slice(2).map((each) => invokedBy(each));
  const excluded = others.some((each) => each?.program.endsWith("grep") && each.values.includes("-v"));
  const pattern = second.values.find((value) => !value.startsWith("-")) ?? "";
  return !excluded && !/\[.\]/.test(pattern) && !second.values.some((value) => /^-\w*v/.test(value));
}
