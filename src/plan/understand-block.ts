import type { Annotation, PlanBlock } from "#model/plan";
import type { Hash, ShellParser } from "#model/ports";
import type { UnderstoodBlock } from "#model/understanding";
import { type AnnotationProblem, readAnnotations } from "./annotation.ts";
import { digestOf } from "./digest.ts";
import { initProblem, initRange, ownStart, withInit } from "./init.ts";
import { leftRunning } from "./left-running.ts";
import { roleOf, runnable } from "./roles.ts";
import { ShellBlock } from "./shell-block.ts";
import type { SessionFacts } from "./vacuity/session-facts.ts";

/** What a block is understood with. */
export interface BlockTools {
  readonly parser: ShellParser;
  readonly hash: Hash;
  readonly report: (problem: AnnotationProblem) => void;
  /** What the shell of the plan knows, block after block. */
  readonly session: SessionFacts;
}

/** Where a block stands, with the annotation of its step or task. */
export interface BlockPlace {
  readonly place: "step" | "task" | "elsewhere";
  readonly above?: Annotation | undefined;
}

/** Understands one block: its role, risk, proof and settings. */
export function understandBlock(written: PlanBlock, { place, above }: BlockPlace, tools: BlockTools): UnderstoodBlock {
  const annotation = written.annotation;
  const { settings, role: annotated, problems } = readAnnotations([above, annotation]);
  for (const problem of problems) if (problem.annotation === annotation) tools.report(problem);
  const ownSyntax = runnable.has(written.language) ? tools.parser.parse(written.text) : undefined;
  const { role, why } = roleOf({ block: written, place, syntax: ownSyntax, annotated });
  const runs = role === "action" || role === "verification";
  const block = runs ? established(written, settings.init, above, tools) : written;
  const syntax = block === written ? ownSyntax : tools.parser.parse(block.text);
  const own = ownSettings(settings, annotation);
  if (syntax === undefined) {
    const digest = digestOf(tools.hash, block.text);
    return { block, role, why, settings: own, digest, risk: "read", risks: [], placeholders: [] };
  }
  const leaves = role === "action" ? leftRunning(block.text, syntax) : undefined;
  const facts = tools.session.next();
  if (place !== "elsewhere" && (role === "action" || role === "scaffold"))
    tools.session.add(block, syntax, settings.isolated);
  const from = block === written ? 0 : ownStart(settings.init);
  return new ShellBlock({ block, role, why, settings: own, syntax }, leaves, { from, facts, tools });
}

/** The block with the commands of its `init` before its text; as written without any. */
function established(
  block: PlanBlock,
  init: string | undefined,
  above: Annotation | undefined,
  tools: BlockTools,
): PlanBlock {
  const range = initRange([above, block.annotation]);
  if (init === undefined || range === undefined) return block;
  const message = initProblem(init, tools.parser);
  const { annotation } = block;
  if (message !== undefined && annotation?.entries.some((entry) => entry.range === range) === true)
    tools.report({ message, range, annotation });
  return withInit(block, init, range);
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
