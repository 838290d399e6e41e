import type { DriftKind, Verdict } from "#model/run";
import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted } from "./layout.ts";
import { type Paint, paintGlyph } from "./paint.ts";

/** What the audit of one plan found, as the page needs it. */
export interface ShownAudit {
  readonly plan: string;
  readonly path: string;
  readonly units: readonly {
    readonly title: string;
    readonly by: string;
    readonly now: Verdict;
    readonly drift?: DriftKind;
    readonly reason: string;
  }[];
  readonly asked: number;
  readonly held: number;
  readonly damage: readonly { readonly message: string }[];
  readonly problem?: { readonly message: string; readonly cure: string };
}

const driftWords: Readonly<Record<DriftKind, string>> = {
  failed: "fails now",
  stale: "stale",
  "cannot-be-asked": "cannot be asked",
  "tick-without-receipt": "ticked by hand",
  "receipt-unbacked": "nothing backs it",
  "receipt-differs": "receipt differs",
  "journal-damaged": "journal damaged",
};

/** The audits of all plans that were asked: what still holds, and what does not and why. */
export function renderAuditPage(audits: readonly ShownAudit[], paint: Paint, width: number): string {
  return audits.map((audit) => planAudit(audit, paint, width)).join("\n");
}

function planAudit(audit: ShownAudit, paint: Paint, width: number): string {
  const drifted = audit.units.filter((unit) => unit.drift !== undefined);
  const name = paint.bold(escapeControls(audit.plan));
  if (audit.problem !== undefined) {
    const { message, cure } = audit.problem;
    return `${name} not audited: ${escapeControls(message, { keepLines: true })}\n${escapeControls(cure, { keepLines: true })}\n`;
  }
  if (audit.units.length === 0 && audit.damage.length === 0) return `${name} nothing is called done\n`;
  const signed = audit.units.filter((unit) => unit.by === "signature" && unit.drift === undefined).length;
  const head = [
    `${counted(audit.asked, "check")} asked, ${audit.held} hold`,
    ...(signed === 0 ? [] : [`${signed} on a person's word`]),
    ...(drifted.length === 0 ? [] : [paint.red(`${drifted.length} not what it is called`)]),
  ];
  const rows = audit.units.map((unit) => [
    paintGlyph(paint, unit.now),
    oneLine(unit.title, Math.floor(width / 2)),
    unit.drift === undefined ? paint.dim(unit.by) : paint.red(driftWords[unit.drift]),
  ]);
  const reasons = drifted.map((unit) => `  ${oneLine(`${unit.title}: ${unit.reason}`, Math.max(width, 60) * 3)}\n`);
  const damage = audit.damage.map(({ message }) => `  ${paint.red("journal damaged")}: ${oneLine(message, 400)}\n`);
  return [
    `${name} ${head.join(", ")}\n`,
    columns(rows, "  "),
    ...damage,
    reasons.length === 0 ? "" : `${paint.bold("why")}\n${reasons.join("")}`,
  ].join("");
}
