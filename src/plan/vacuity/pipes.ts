import type { PipelineCommand, ShellCommand } from "#model/shell-syntax";
import { invokedBy } from "../shell/handed-script.ts";
import { printsOnly } from "./printers.ts";
import { type Scene, type Sight, type Strength, blind, either, noteBlind, noteMasked, textIn } from "./strength.ts";

/** A pipe, or a negated command. Each part runs in a shell of its own, so nothing in it ends the outer one. */
export function judgePipeline(scene: Scene, command: PipelineCommand): Sight {
  const inner: Scene = { ...scene, errexit: command.negated ? false : scene.errexit };
  const parts = command.commands.map((each) => scene.judge.command(inner, each));
  const seen = constantInput(scene, command) ?? statusOf(scene, command, parts);
  if (command.negated) {
    const checks = seen.checks.map((check) => ({ ...check, text: textIn(scene, command).trim() }));
    return { status: negate(seen.status), ends: "never", checks };
  }
  return { status: seen.status, ends: scene.errexit ? seen.status : "never", checks: seen.checks };
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

/** `echo ok | grep ok` asks nothing of the world. */
function constantInput(scene: Scene, command: PipelineCommand): Sight | undefined {
  const [first, ...rest] = command.commands;
  if (first === undefined || rest.length === 0 || !printsConstant(first)) return undefined;
  if (!rest.every((each) => filters.has(invokedBy(each)?.program ?? ""))) return undefined;
  noteBlind(scene, command, "its input is a text that stands in the command itself");
  return blind;
}

const filters = new Set([
  "grep",
  "egrep",
  "fgrep",
  "sed",
  "awk",
  "cut",
  "tr",
  "sort",
  "uniq",
  "wc",
  "head",
  "tail",
  "cat",
  "tee",
]);

function printsConstant(command: ShellCommand): boolean {
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
