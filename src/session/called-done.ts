import { recordOfReceipt } from "#author/receipt";
import type { CalledDone } from "#execute/audit";
import type { StepUnit, UnitRecord } from "#model/understanding";
import type { PlanView } from "./plan-view.ts";

interface Unit {
  readonly key: string;
  readonly title: string;
  readonly subject: string;
  readonly ticked: boolean;
  /** Steps the verdict follows from, for units that others prove. */
  readonly steps?: readonly string[];
}

type Records = ReadonlyMap<string, UnitRecord>;

/** Every step, task and item that the document, the receipt or the journal call done, with what is wrong with it at first sight. */
export function calledDone(view: PlanView): readonly CalledDone[] {
  const told = view.receipt === undefined ? new Map<string, UnitRecord>() : recordOfReceipt(view.receipt).units;
  const own = view.memory?.units ?? new Map<string, UnitRecord>();
  const differing = new Map((view.memory?.differing ?? []).map((each) => [each.unit, each.reason]));
  const done: CalledDone[] = [];
  for (const unit of unitsOf(view)) {
    const found = callOf(unit, own, told, done);
    const reason = differing.get(unit.key);
    if (found === undefined) continue;
    done.push(
      reason === undefined || found.drift !== undefined ? found : { ...found, drift: "receipt-differs", reason },
    );
  }
  return done;
}

function callOf(unit: Unit, own: Records, told: Records, before: readonly CalledDone[]): CalledDone | undefined {
  const { key, title } = unit;
  const [mine, theirs] = [verified(own, unit), verified(told, unit)];
  const record = [mine, theirs].find((each) => each?.subject === unit.subject) ?? mine ?? theirs;
  if (record === undefined) {
    if (!unit.ticked) return undefined;
    return {
      unit: key,
      title,
      by: "tick",
      drift: "tick-without-receipt",
      reason: "it is ticked, but no receipt and no journal calls it verified",
    };
  }
  const by = record.signed !== undefined ? "signature" : record === mine ? "journal" : "receipt";
  const call = { unit: key, title, by, record } as const;
  // Why: a task that its steps prove has nothing of its own to go stale; what is wrong with them is told there.
  const isComputed = unit.steps !== undefined && record.signed === undefined && record.committed !== true;
  const hasSteps = before.some((each) => unit.steps?.includes(each.unit));
  if (isComputed && hasSteps) return call;
  if (record.subject !== unit.subject) {
    return { ...call, drift: "stale", reason: `its text changed since it was verified on ${record.at.slice(0, 10)}` };
  }
  if (by === "receipt" && isComputed)
    return { ...call, drift: "receipt-unbacked", reason: "the receipt calls it verified, but none of its steps" };
  return call;
}

/** What is recorded as verified under the unit's key, or of its text under another key. */
function verified(records: Records, { key, subject }: Unit): UnitRecord | undefined {
  const kind = `${key.slice(0, key.indexOf(":"))}:`;
  const at = records.get(key);
  if (at?.subject === subject) return at.verdict === "verified" ? at : undefined;
  const moved = [...records].find(
    ([other, record]) => other.startsWith(kind) && record.subject === subject && record.verdict === "verified",
  );
  return moved?.[1] ?? (at?.verdict === "verified" ? at : undefined);
}

function unitsOf({ understood }: PlanView): readonly Unit[] {
  const { steps, phases, items, targets } = understood;
  const tasks = phases.flatMap((phase) => phase.tasks);
  return [
    ...steps.map((step) => ({ key: step.key, title: titleOf(step), subject: step.subject, ticked: false })),
    ...tasks.map(({ key, id, subject, task, steps: own, blocks, verify }) => ({
      key,
      title: task.name === id ? id : `${id} ${task.name}`,
      subject,
      ticked: task.box?.ticked ?? false,
      ...(blocks.length + verify.length === 0 ? { steps: own } : {}),
    })),
    ...[...steps.flatMap((step) => step.outcomes), ...items, ...targets].map(({ key, text, digest, box }) => ({
      key,
      title: text,
      subject: digest,
      ticked: box?.ticked ?? false,
    })),
  ];
}

function titleOf({ number, title }: StepUnit): string {
  return `Step ${number}: ${title}`;
}
