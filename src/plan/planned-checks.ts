import { once } from "#model/lazily";
import type { UnderstoodBlock } from "#model/understanding";
import type { ClaimGround, ClaimScene, PlannedCheck, VersionProbe } from "./claims/claim-scene.ts";
import { everyCommand } from "./shell/every-command.ts";
import { invokedBy } from "./shell/handed-script.ts";
import { asksVersion } from "./shell/invocation.ts";
import { plannedRuns } from "./plan-ground.ts";
import { knownCheck } from "./vacuity/recognised-checks.ts";

/** What all outcomes of a plan are read with. */
export interface PlanScene {
  /** Known checks of all steps. */
  readonly planChecks: () => readonly PlannedCheck[];
  readonly ground: () => ClaimGround;
}

/** What outcomes of these blocks are read with; told when the first of them is, then kept. */
export function sceneOf(blocks: readonly UnderstoodBlock[], { planChecks, ground }: PlanScene): () => ClaimScene {
  return once(() => ({
    checks: plannedChecks(blocks),
    planChecks: planChecks(),
    probes: versionProbes(blocks),
    runs: plannedRuns(blocks),
    plan: ground(),
  }));
}

/** What sentences about the whole plan are read with, whose own blocks these are. */
export function wholeScene(
  blocks: readonly UnderstoodBlock[],
  { ground }: Pick<PlanScene, "ground">,
): () => ClaimScene {
  return sceneOf(blocks, { planChecks: once(() => plannedChecks(blocks)), ground });
}

/** The known checks that blocks carry unmasked, each tool once. */
export function plannedChecks(blocks: readonly UnderstoodBlock[]): readonly PlannedCheck[] {
  const found = new Map<string, PlannedCheck>();
  for (const { syntax, vacuity, block } of blocks) {
    if (syntax === undefined || vacuity === undefined) continue;
    const seen = new Set(vacuity.recognised);
    everyCommand(syntax, (command) => {
      if (!seen.has(block.text.slice(command.start, command.end).trim())) return;
      const invocation = invokedBy(command);
      const check = invocation && knownCheck(invocation.program, invocation.values);
      if (invocation === undefined || check === undefined) return;
      const tool = toolName(invocation.program, invocation.values);
      found.set(`${check.kind} ${tool}`, { kind: check.kind, tool });
    });
  }
  return [...found.values()];
}

const carriers = new Set(["npm", "pnpm", "yarn", "bun", "go", "cargo", "make", "dotnet", "deno"]);

/** `npm run lint` and `go test` are told apart by more than their first word. */
function toolName(program: string, values: readonly string[]): string {
  if (program === "node") return "node --test";
  if (!carriers.has(program)) return program;
  const words = values.filter((value) => !value.startsWith("-")).slice(0, values[0] === "run" ? 2 : 1);
  return [program, ...words].join(" ");
}

/** Commands of blocks that tell the version of a tool. */
function versionProbes(blocks: readonly UnderstoodBlock[]): readonly VersionProbe[] {
  const found = new Map<string, VersionProbe>();
  for (const { syntax, block } of blocks) {
    if (syntax === undefined) continue;
    everyCommand(syntax, (command) => {
      const invocation = invokedBy(command);
      if (invocation === undefined || !asksVersion(invocation.program, invocation.values)) return;
      found.set(invocation.program, {
        tool: invocation.program,
        command: block.text.slice(command.start, command.end).trim(),
      });
    });
  }
  return [...found.values()];
}
