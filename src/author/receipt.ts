import type { CommitRecord, PlanRecord, UnitRecord } from "#model/understanding";
import { verdictOrder, type ReceiptLine } from "#model/run";

/** A receipt as read: its lines, and what could not be read. */
export interface Receipt {
  readonly lines: readonly ReceiptLine[];
  /** One sentence for each line that is no receipt line, with its number from 1. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

/** The receipt's place: beside the plan, with the plan's whole file name in front. */
export function receiptPath(planPath: string): string {
  return `${planPath}.receipt.ndjson`;
}

/** Reads a receipt. Never throws: a damaged line is a problem, the rest is read. Of two lines for one thing the later one holds. */
export function parseReceipt(text: string): Receipt {
  const lines: ReceiptLine[] = [];
  const problems: { line: number; message: string }[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const written = raw.trim();
    if (written === "") continue;
    const parsed = parseLine(written);
    if (typeof parsed === "string") problems.push({ line: index + 1, message: parsed });
    else lines.push(parsed);
  }
  return { lines: mergeReceiptLines([], lines), problems };
}

function parseLine(written: string): ReceiptLine | string {
  if (/^(<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)/.test(written))
    return "a merge conflict marker; keep the lines of both sides and delete the markers";
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    return "not a line of JSON";
  }
  return isReceiptLine(value) ? value : "not a receipt line of a known form";
}

const kinds: ReadonlySet<unknown> = new Set(["step", "task", "phase", "item", "plan", "signature", "commit"]);
const verdicts: ReadonlySet<unknown> = new Set(verdictOrder);

function isReceiptLine(value: unknown): value is ReceiptLine {
  if (typeof value !== "object" || value === null) return false;
  const line = value as Record<string, unknown>;
  const strings = ["unit", "title", "subject", "at", "journal"].every((key) => typeof line[key] === "string");
  const lists = Array.isArray(line["evidence"]) && line["evidence"].every((entry) => typeof entry === "string");
  return (
    line["v"] === 1 &&
    kinds.has(line["kind"]) &&
    verdicts.has(line["verdict"]) &&
    strings &&
    lists &&
    isActor(line["actor"])
  );
}

function isActor(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as { name?: unknown }).name === "string";
}

/** Adds lines to a receipt: one line a thing, the later of two by time, then by text; sorted, so that two branches merge line by line. */
export function mergeReceiptLines(before: readonly ReceiptLine[], added: readonly ReceiptLine[]): ReceiptLine[] {
  const byKey = new Map<string, ReceiptLine>();
  for (const line of [...before, ...added]) {
    const key = lineKey(line);
    const known = byKey.get(key);
    if (known === undefined || isLater(line, known)) byKey.set(key, line);
  }
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

function isLater(line: ReceiptLine, known: ReceiptLine): boolean {
  if (line.at !== known.at) return line.at > known.at;
  return serializeLine(line) >= serializeLine(known);
}

const kindOrder: readonly ReceiptLine["kind"][] = ["plan", "commit", "phase", "task", "step", "item", "signature"];

function lineKey(line: ReceiptLine): string {
  const padded = line.unit.replace(/\d+/g, (digits) => digits.padStart(6, "0"));
  return `${kindOrder.indexOf(line.kind)} ${padded}`;
}

/** The receipt's text: one JSON object a line, keys sorted, sorted lines, last newline. */
export function serializeReceipt(lines: readonly ReceiptLine[]): string {
  return mergeReceiptLines([], lines)
    .map((line) => `${serializeLine(line)}\n`)
    .join("");
}

function serializeLine(line: ReceiptLine): string {
  return JSON.stringify(line, (_key, value: unknown) => (isPlainObject(value) ? sortKeys(value) : value));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sortKeys(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a receipt says of a plan's units; signatures stand on the unit they sign. */
export function recordOfReceipt(receipt: Receipt): PlanRecord {
  const units = new Map<string, UnitRecord>();
  for (const line of receipt.lines) if (isUnitLine(line)) units.set(line.unit, recordOfLine(line));
  for (const line of receipt.lines) if (line.kind === "signature") units.set(line.unit, signedRecord(line));
  const commit = receipt.lines.find((line) => line.kind === "commit");
  const active = new Map(receipt.lines.flatMap(({ unit, activeMs }) => (isTime(activeMs) ? [[unit, activeMs]] : [])));
  return {
    source: "receipt",
    units,
    ...(commit === undefined ? {} : { commit: commitOfLine(commit) }),
    ...(active.size === 0 ? {} : { active }),
  };
}

/** Why: a receipt is text that anybody may have written. */
function isTime(ms: unknown): ms is number {
  return typeof ms === "number" && Number.isFinite(ms) && ms > 0;
}

function isUnitLine({ kind }: ReceiptLine): boolean {
  return kind !== "signature" && kind !== "commit";
}

function commitOfLine({ commit, at, actor, subject, title, override, reason, journal }: ReceiptLine): CommitRecord {
  return {
    commit: commit ?? "",
    at,
    actor,
    subject,
    ...(title === "" ? {} : { title }),
    override: override ?? false,
    ...(reason === undefined ? {} : { reason }),
    journal,
  };
}

function recordOfLine(line: ReceiptLine): UnitRecord {
  return {
    verdict: line.verdict,
    reason: line.reason ?? "recorded in the receipt",
    subject: line.subject,
    at: line.at,
    evidence: line.evidence,
    attempts: 1,
    journal: line.journal,
    ...(line.directory === undefined ? {} : { directory: line.directory }),
    ...(line.exported === undefined ? {} : { exported: line.exported }),
    ...(line.committed === undefined ? {} : { committed: line.committed }),
  };
}

function signedRecord(line: ReceiptLine): UnitRecord {
  const signed = {
    actor: line.actor.name,
    kind: line.actor.kind,
    reason: line.reason ?? "",
    override: line.override ?? false,
  };
  return { ...recordOfLine(line), reason: `signed by ${signed.actor}: ${signed.reason}`, signed };
}
