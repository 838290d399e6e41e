import type { Annotation, Outcome, Step } from "#model/plan";
import type { BlockSettings, StepUnit, UnderstoodBlock, UnderstoodOutcome } from "#model/understanding";
import { readAnnotations } from "./annotation.ts";
import type { ClaimScene } from "./claims/claim-scene.ts";
import { madeFiles } from "./made-files.ts";
import { type PlanScene, sceneOf } from "./planned-checks.ts";
import { StepOfPlan } from "./step-of-plan.ts";
import { type TieGround, tiesOf } from "./ties.ts";
import { type BlockTools, understandBlock } from "./understand-block.ts";
import { understandOutcome } from "./understand-outcome.ts";

/** Gives each step a key that no other has: `step:<number>` or `step:<annotated id>`, a repeated one with `~2`. */
export type KeyOf = (name: string) => string;

/** Roles whose blocks run. */
const running: ReadonlySet<UnderstoodBlock["role"]> = new Set(["action", "verification", "scaffold"]);

/** A step with its blocks understood, and nothing else yet. */
export interface ReadStep {
  readonly step: Step;
  readonly settings: BlockSettings;
  readonly all: readonly UnderstoodBlock[];
  /** The blocks that run. */
  readonly blocks: readonly UnderstoodBlock[];
}

/** Understands the blocks of a step. */
export function readStep(step: Step, tools: BlockTools): ReadStep {
  const own = readAnnotations([step.annotation]);
  for (const problem of own.problems) tools.report(problem);
  const all = step.blocks.map((block) => understandBlock(block, { place: "step", above: step.annotation }, tools));
  return { step, settings: own.settings, all, blocks: all.filter(({ role }) => running.has(role)) };
}

/** What a step is understood in. */
export interface StepScene {
  readonly ground: TieGround;
  readonly keyOf: KeyOf;
  readonly scene: PlanScene;
}

/** Understands one step: what of it runs, what it promises and what it works on. */
export function understandStep(read: ReadStep, { ground, keyOf, scene }: StepScene, tools: BlockTools): StepUnit {
  const { step, all, blocks } = read;
  const key = keyOf(
    read.settings.id ?? all.find(({ settings }) => settings.id !== undefined)?.settings.id ?? step.number,
  );
  const outcomes = outcomesOf(read, key, scene, tools);
  const files = filesOf(step, blocks);
  const settings = [read.settings, ...all.map((block) => block.settings)];
  const annotated = settings.flatMap(({ tasks }) => tasks);
  const unit = {
    key,
    number: step.number,
    title: step.title,
    step,
    blocks,
    others: all.filter(({ role }) => !running.has(role)),
    outcomes,
    ties: tiesOf(step, { ground, annotated, files }),
    needs: [...new Set(settings.flatMap(({ needs }) => needs))],
    files,
  };
  return new StepOfPlan(unit, handoffOf(step, all, blocks), tools.hash);
}

function filesOf(step: Step, blocks: readonly UnderstoodBlock[]): readonly string[] {
  const declared = step.files.map(({ text }) => text);
  const made = blocks.flatMap(({ syntax }) => (syntax === undefined ? [] : madeFiles(syntax)));
  return [...new Set([...declared, ...made])];
}

function outcomesOf(
  { step, blocks }: ReadStep,
  key: string,
  planScene: PlanScene,
  tools: BlockTools,
): readonly UnderstoodOutcome[] {
  const scene = sceneOf(blocks, planScene);
  const name = key.slice("step:".length);
  return step.outcomes.map((outcome, index) => {
    reportClaims(outcome.annotation, tools);
    const written = { key: `outcome:${name}.${index + 1}`, kind: "outcome" as const, ...outcome };
    return understandOutcome(written, () => ({ ...scene(), ...commandOf(outcome, step) }), tools.hash);
  });
}

/** Reports what is wrong with the annotation of a bullet. */
export function reportClaims(annotation: Annotation | undefined, tools: BlockTools): void {
  for (const problem of readAnnotations([annotation]).problems) tools.report(problem);
}

/** The command a comment's expectation belongs to. */
function commandOf(outcome: Outcome, step: Step): Pick<ClaimScene, "command" | "form"> {
  if (outcome.source !== "comment") return {};
  const written = step.blocks
    .flatMap(({ expectations }) => expectations)
    .find(({ range }) => range.start.offset === outcome.range.start.offset);
  if (written === undefined) return {};
  return { form: written.form, ...(written.command === undefined ? {} : { command: written.command }) };
}

/** Why: a scaffold has something to run first, so its step is handed off by its verdict, not by its shape. */
function handoffOf(
  step: Step,
  all: readonly UnderstoodBlock[],
  blocks: readonly UnderstoodBlock[],
): string | undefined {
  if (blocks.length > 0) return undefined;
  const handed = all.find(({ role }) => role === "handoff");
  if (handed !== undefined) return handed.why;
  return step.prose.length > 0 || all.length > 0
    ? "it describes work, but holds no block that runs"
    : "it holds nothing that runs";
}
