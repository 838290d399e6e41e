import type { PlanStanding } from "#model/understanding";
import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted } from "./layout.ts";
import type { Paint } from "./paint.ts";

/** A verdict that rests on a person's word. */
export interface ShownSignature {
  readonly key: string;
  readonly actor: string;
  readonly reason: string;
  /** It overrules what a check found, or stands where none was made. */
  readonly override: boolean;
}

/** Every signature a plan's standing rests on, overrides first. */
export function signaturesOf(standing: PlanStanding): readonly ShownSignature[] {
  const signed = [standing.steps, standing.tasks, standing.items].flatMap((units) =>
    [...units].flatMap(([key, { record }]) => (record?.signed === undefined ? [] : [{ key, ...record.signed }])),
  );
  return [...signed.filter((one) => one.override), ...signed.filter((one) => !one.override)];
}

/** `, 2 overrides` behind a count of verdicts; empty when no verdict was overruled. */
export function overridesText(signed: readonly ShownSignature[]): string {
  const overrides = signed.filter((one) => one.override).length;
  return overrides === 0 ? "" : `, ${counted(overrides, "override")}`;
}

/** The signatures as rows: who, for what and why; empty when there is none. */
export function signatureRows(signed: readonly ShownSignature[], paint: Paint, width: number): string {
  if (signed.length === 0) return "";
  const rows = signed.map((one) => [
    one.override ? paint.yellow("override") : "signed",
    escapeControls(one.key),
    oneLine(`${one.actor}: ${one.reason}`, Math.max(20, width - 34)),
  ]);
  return `  on a person's word:\n${columns(rows, "  ")}`;
}
