import { withLazily } from "#model/lazily";
import type { Annotation, PlanBlock } from "#model/plan";
import type { Hash, ShellParser } from "#model/ports";
import type { UnderstoodBlock } from "#model/understanding";
import { type AnnotationProblem, readAnnotations } from "./annotation.ts";
import { digestOf } from "./digest.ts";
import { initProblem, initRange, ownStart, withInit } from "./init.ts";
import { leftRunning } from "./left-running.ts";
import { placeholdersOf } from "./placeholders.ts";
import { riskOf } from "./risk/risk.ts";
import { roleOf, runnable } from "./roles.ts";
import type { SessionFacts } from "./vacuity/session-facts.ts";
import { vacuityOf } from "./vacuity/vacuity.ts";

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
  const shared = {
    block,
    role,
    why,
    digest: digestOf(tools.hash, block.text),
    settings: ownSettings(settings, annotation),
  };
  const from = block === written ? 0 : ownStart(settings.init);
  const leaves = syntax === undefined || role !== "action" ? undefined : leftRunning(block.text, syntax);
  if (syntax === undefined) return { ...shared, risk: "read", risks: [], placeholders: [] };
  const facts = tools.session.next();
  if (place !== "elsewhere" && (role === "action" || role === "scaffold"))
    tools.session.add(block, syntax, settings.isolated);
  // Why: only some commands ask what a block may touch and what it proves, and telling takes longer than all the rest.
  return withLazily(
    { ...shared, syntax, ...(leaves === undefined ? {} : { leaves }) },
    ["risk", "risks", "vacuity", "placeholders"],
    () => {
      const risk = riskOf(block, syntax, tools.parser);
      const judged = role === "verification" ? ("verification" as const) : ("action" as const);
      return {
        risk: risk.risk,
        risks: risk.notes,
        vacuity: vacuityOf(
          { block, syntax, role: judged, changesState: risk.writes, from, facts: facts() },
          tools.parser,
        ),
        placeholders: placeholdersOf(block, syntax),
      };
    },
  );
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
