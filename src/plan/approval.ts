import { withEachLazily } from "#model/lazily";
import type { Hash } from "#model/ports";
import type { PhaseUnit, PlannedCommand, StepUnit, UnderstoodBlock } from "#model/understanding";

/** Every block that would run, in the order it runs: the steps', then the tasks' own verifications. */
export function plannedCommands(
  steps: readonly StepUnit[],
  phases: readonly PhaseUnit[],
  hash: Hash,
): readonly PlannedCommand[] {
  const tasks = phases.flatMap((phase) => phase.tasks);
  return [...steps, ...tasks].flatMap(({ key, blocks }) => blocks.map((block) => plannedCommand(key, block, hash)));
}

function plannedCommand(unit: string, block: UnderstoodBlock, hash: Hash): PlannedCommand {
  const text = block.block.text;
  const role = block.role === "verification" ? ("verification" as const) : ("action" as const);
  return withEachLazily({ unit, role, text, sha256: hash.sha256(text) }, risksOf, block);
}

const risksOf = {
  risk: ({ risk }: UnderstoodBlock) => risk,
  risks: ({ risks }: UnderstoodBlock) => risks,
};

/** `sha256` hex over the commands in their order and with their roles; nothing else: neither paths nor the machine. */
export function approvalHashOf(commands: readonly PlannedCommand[], hash: Hash): string {
  return hash.sha256(JSON.stringify(commands.map(({ role, text }) => [role, text])));
}
