import type { Annotation, PlanBlock } from "#model/plan";
import type { Hash, ShellParser } from "#model/ports";
import type { UnderstoodBlock } from "#model/understanding";
import { type AnnotationProblem, readAnnotations } from "./annotation.ts";
import { digestOf } from "./digest.ts";
import { placeholdersOf } from "./placeholders.ts";
import { type BlockRisk, riskOf } from "./risk/risk.ts";
import { roleOf, runnable } from "./roles.ts";
import { vacuityOf } from "./vacuity/vacuity.ts";

/** What a block is understood with. */
export interface BlockTools {
  readonly parser: ShellParser;
  readonly hash: Hash;
  readonly report: (problem: AnnotationProblem) => void;
}

/** Where a block stands, with the annotation of its step or task. */
export interface BlockPlace {
  readonly place: "step" | "task" | "elsewhere";
  readonly above?: Annotation | undefined;
}

const harmless: BlockRisk = { risk: "read", notes: [], writes: false };

/** Understands one block: its role, risk, proof and settings. */
export function understandBlock(block: PlanBlock, { place, above }: BlockPlace, tools: BlockTools): UnderstoodBlock {
  const annotation = block.annotation;
  const { settings, role: annotated, problems } = readAnnotations([above, annotation]);
  for (const problem of problems) if (problem.annotation === annotation) tools.report(problem);
  const syntax = runnable.has(block.language) ? tools.parser.parse(block.text) : undefined;
  const { role, why } = roleOf({ block, place, syntax, annotated });
  const risk = syntax === undefined ? harmless : riskOf(block, syntax, tools.parser);
  const shared = {
    block,
    role,
    why,
    digest: digestOf(tools.hash, block.text),
    settings: ownSettings(settings, annotation),
  };
  if (syntax === undefined) return { ...shared, risk: "read", risks: [], placeholders: [] };
  const judged = {
    block,
    syntax,
    role: role === "verification" ? ("verification" as const) : ("action" as const),
    changesState: risk.writes,
  };
  return {
    ...shared,
    risk: risk.risk,
    risks: risk.notes,
    syntax,
    vacuity: vacuityOf(judged, tools.parser),
    placeholders: placeholdersOf(block, syntax),
  };
}

/** Why: a step's id names the step, not each of its blocks. */
function ownSettings(
  settings: UnderstoodBlock["settings"],
  annotation: Annotation | undefined,
): UnderstoodBlock["settings"] {
  const own = annotation?.entries.some(({ key }) => key === "id") === true;
  if (own || settings.id === undefined) return settings;
  const { id: _step, ...rest } = settings;
  return rest;
}
