import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import type { UnderstoodOutcome } from "#model/understanding";
import { repository } from "./page-reader.ts";
import { sharedPath } from "./shared.ts";
import { understandText } from "./understood-document.ts";

/** A bullet that promises something, with what the program made of it. */
export interface ClaimBullet {
  /** `seed/…`, `corpus/…` or `examples/…`. */
  readonly path: string;
  readonly line: number;
  /** First 12 hex digits of the SHA-256 of its text. */
  readonly hash: string;
  readonly outcome: UnderstoodOutcome;
}

/** Every document whose bullets are read: the template, the reference documents and the examples that are plans. */
export function claimDocuments(): readonly string[] {
  const corpus = readdirSync(sharedPath("corpus"), { recursive: true, encoding: "utf8" });
  const plans = corpus.filter((file) => file.endsWith(".md")).toSorted();
  return ["seed/IPLAN-TEMPLATE.md", ...plans.map((file) => `corpus/${file}`), ...examplePlans()];
}

/** Plans of the examples that the repository carries. */
export function examplePlans(): readonly string[] {
  const files = readdirSync(`${repository}/examples`, { recursive: true, encoding: "utf8" });
  const plans = files.filter((file) => /(?:^|\/)docs\/IPLAN\/[^/]+\.md$/.test(file) && !file.includes("node_modules"));
  return plans.toSorted().map((file) => `examples/${file}`);
}

/** Outcomes, deliverables, checklist items, criteria and `Verify:` bullets of a document, in its order. */
export function bulletsOf(path: string): readonly ClaimBullet[] {
  const file = path.startsWith("examples/") ? `${repository}/${path}` : sharedPath(path);
  const { understood } = understandText(readFileSync(file), path);
  const tasks = understood.phases.flatMap((phase) => phase.tasks);
  const outcomes = [
    ...understood.items.filter(({ key }) => !/^(?:tree|module):/.test(key)),
    ...understood.steps.flatMap((step) => step.outcomes),
    ...tasks.flatMap((task) => task.verify),
  ];
  return outcomes.map((outcome) => ({
    path,
    line: outcome.range.start.line,
    hash: createHash("sha256").update(outcome.text).digest("hex").slice(0, 12),
    outcome,
  }));
}
