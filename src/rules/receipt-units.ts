import type { Box, TextAt } from "#model/plan";
import type { ReceiptLine } from "#model/run";
import type { Range } from "#model/source";
import type { UnderstoodPlan } from "#model/understanding";
import type { ReceiptFacts } from "./facts.ts";
import { quote } from "./quote.ts";

/** A part of a plan that a receipt may speak of. */
export interface PlanUnit {
  readonly key: string;
  readonly kind: "step" | "task" | "item";
  readonly name: string;
  readonly at: Range;
  /** What a verdict of it rests on now. */
  readonly subject: string;
  /** The mark of its box; absent when it has none. */
  readonly mark?: TextAt;
  readonly ticked: boolean;
}

/** Every part of the plan with the key its receipt lines carry. */
export function unitsOf({ steps, phases, items, targets }: UnderstoodPlan): readonly PlanUnit[] {
  const tasks = phases.flatMap((phase) => phase.tasks);
  return [
    ...steps.map((unit) => ({
      key: unit.key,
      kind: "step" as const,
      name: `Step ${unit.number}`,
      at: unit.step.head,
      subject: unit.subject,
      ticked: false,
    })),
    ...tasks.map(({ key, id, subject, task }) => ({
      key,
      kind: "task" as const,
      name: id,
      at: task.nameRange,
      subject,
      ...(task.box === undefined ? {} : { mark: task.box.mark }),
      ticked: task.box?.ticked ?? false,
    })),
    ...[...items, ...targets, ...steps.flatMap((unit) => unit.outcomes), ...tasks.flatMap(({ verify }) => verify)].map(
      ({ key, text, range, digest, box }) => ({
        key,
        kind: "item" as const,
        name: quote(text),
        at: range,
        subject: digest,
        ...(box === undefined ? {} : { mark: box.mark }),
        ticked: box?.ticked ?? false,
      }),
    ),
  ];
}

/** True when a part of the plan has a ticked box. */
export function hasTicks({ steps, phases, items, targets }: UnderstoodPlan): boolean {
  const isTicked = ({ box }: { readonly box?: Box }): boolean => box?.ticked === true;
  return (
    phases.some(({ tasks }) => tasks.some(({ task }) => isTicked(task))) ||
    items.some(isTicked) ||
    targets.some(isTicked) ||
    steps.some(({ outcomes }) => outcomes.some(isTicked))
  );
}

/** The last line of the receipt on each unit. */
export function linesByUnit(receipt: ReceiptFacts): ReadonlyMap<string, ReceiptLine> {
  const lines = new Map<string, ReceiptLine>();
  for (const line of receipt.lines) {
    const known = lines.get(line.unit);
    if (known === undefined || known.at <= line.at) lines.set(line.unit, line);
  }
  return lines;
}
