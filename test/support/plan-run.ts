import { expect } from "vitest";
import { type CliOptions, type CliWorld, createCliWorld, envelopeOf } from "./cli.ts";
import { planDocument, planPath, type WrittenStep } from "./plan-document.ts";

/** A plan as the real program runs it, and what must come of it. */
export interface PlanRow {
  /** The sentence that is the test's title. */
  readonly title: string;
  readonly steps: readonly WrittenStep[];
  /** Changes the document's text before it is saved. */
  readonly document?: (text: string) => string | Uint8Array;
  readonly files?: Readonly<Record<string, string>>;
  readonly words?: readonly string[];
  readonly options?: CliOptions;
  readonly code: number;
  /** Verdict of each step, in order. */
  readonly verdicts: readonly string[];
  /** By the step's index, what its reason must say. */
  readonly reasons?: Readonly<Record<number, string | RegExp>>;
  /** What must be said while it runs. */
  readonly said?: readonly (string | RegExp)[];
  /** What must not be said. */
  readonly unsaid?: readonly (string | RegExp)[];
  readonly after?: (world: CliWorld, ran: PlanRun) => void;
}

/** What a run of a plan left. */
export interface PlanRun {
  readonly code: number | null;
  readonly stderr: string;
  /** Why nothing ran, with the cure; empty when something did. */
  readonly refused: string;
  readonly steps: readonly { readonly verdict: string; readonly reason: string; readonly attempts: number }[];
}

/** A world with the plan, its commands not yet approved. */
export function worldOf(row: Pick<PlanRow, "steps" | "document" | "files">): CliWorld {
  const text = planDocument(row.steps);
  return createCliWorld({ ...row.files, [planPath()]: row.document?.(text) ?? text });
}

/** The hash that approves the plan's commands for one run. */
export function trustOf(world: CliWorld): string {
  const { sha256 } = envelopeOf(world.iplan(["trust", "IPLAN-001", "--json"])).data as { sha256: string };
  return `--trust=${sha256}`;
}

/** Runs the plan as `iplan run --json` does, with its commands approved for this run. */
export function runPlanOf(world: CliWorld, words: readonly string[] = [], options: CliOptions = {}): PlanRun {
  const result = world.iplan(["run", "IPLAN-001", "--json", trustOf(world), ...words], options);
  const { data, error } = envelopeOf(result);
  const steps = (data as Pick<PlanRun, "steps"> | null)?.steps ?? [];
  const refused = error === undefined ? "" : `${error.message}\n${error.cure}`;
  return { code: result.code, stderr: result.stderr, refused, steps };
}

/** Runs the row's plan and holds the outcome against the row. */
export function checkRow(row: PlanRow): void {
  const world = worldOf(row);
  const ran = runPlanOf(world, row.words, row.options);
  const told = ran.steps.map(({ verdict, reason }) => `${verdict}: ${reason}`).join("\n");
  expect(
    ran.steps.map(({ verdict }) => verdict),
    `${told}\n${ran.stderr}`,
  ).toEqual(row.verdicts);
  expect(ran.code, ran.stderr).toBe(row.code);
  for (const [index, reason] of Object.entries(row.reasons ?? {})) {
    expect(ran.steps[Number(index)]?.reason).toMatch(reason);
  }
  for (const text of row.said ?? []) expect(ran.stderr).toMatch(text);
  for (const text of row.unsaid ?? []) expect(ran.stderr).not.toMatch(text);
  row.after?.(world, ran);
}
