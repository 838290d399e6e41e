import type { JournalEvent, ReceiptLine } from "#model/run";
import type { JournalDamage } from "./find-damage.ts";
import type { JournalContent } from "./read-journal.ts";

/** A line of a receipt that says something else than the event it names. */
export interface ReceiptDifference {
  readonly unit: string;
  readonly reason: string;
}

/** What the heads in a receipt tell about journals of this machine. */
export interface ReceiptComparison {
  /** Journals that end before an event the receipt names. Only the receipt knows that there was more. */
  readonly truncated: readonly JournalDamage[];
  readonly differing: readonly ReceiptDifference[];
}

/** Compares the lines of a receipt with the journals they name; lines of other machines' journals cannot be compared. */
export function compareReceipt(lines: readonly ReceiptLine[], journals: readonly JournalContent[]): ReceiptComparison {
  const byRun = new Map(journals.map((journal) => [journal.run, journal]));
  const truncated = new Map<string, JournalDamage>();
  const differing: ReceiptDifference[] = [];
  for (const line of lines) {
    const head = parseHead(line.journal);
    const journal = head === undefined ? undefined : byRun.get(head.run);
    if (head === undefined || journal === undefined || journal.damage.length > 0) continue;
    const event = journal.events[head.seq - 1];
    if (event === undefined)
      truncated.set(journal.path, later(truncated.get(journal.path), truncation(journal, head.seq)));
    else {
      const reason = difference(line, head.hash, event);
      if (reason !== undefined) differing.push({ unit: line.unit, reason });
    }
  }
  return { truncated: [...truncated.values()], differing };
}

interface Head {
  readonly run: string;
  readonly seq: number;
  readonly hash: string;
}

function parseHead(text: string): Head | undefined {
  const [run = "", seq = "", hash = "", ...rest] = text.split(":");
  return rest.length === 0 && /^[1-9]\d{0,9}$/.test(seq) ? { run, seq: Number(seq), hash } : undefined;
}

function truncation({ path, events }: JournalContent, named: number): JournalDamage & { readonly named: number } {
  const line = events.length + 1;
  const message = `${path}:${line} (event ${line}) is missing with all behind it: the receipt names event ${named}`;
  return { path, line, seq: line, kind: "truncated", message, named };
}

function later(known: JournalDamage | undefined, found: JournalDamage): JournalDamage {
  const named = (damage: JournalDamage): number => (damage as { readonly named?: number }).named ?? 0;
  return known !== undefined && named(known) >= named(found) ? known : found;
}

/** Why: only what is called done can do harm, and wholes are computed from lines of their own. */
function difference(line: ReceiptLine, hash: string, event: JournalEvent): string | undefined {
  if (event.hash !== hash) return `the receipt names event ${event.seq} of ${event.run}, which is another one here`;
  if (line.kind === "step" && event.type === "verdict" && line.verdict !== event.verdict)
    return `the receipt calls it ${line.verdict}, the journal ${event.verdict}`;
  if (line.verdict !== "verified" || !["step", "item", "signature"].includes(line.kind)) return undefined;
  // Why: of what only a commit was to be done, the commit is the proof.
  if (event.type === "committed")
    return event.units[line.unit] === line.subject
      ? undefined
      : "the receipt calls another text verified than the journal";
  const wanted = line.kind === "signature" ? "signed" : event.type === "signed" ? "signed" : "verdict";
  if (event.type !== wanted) return `the receipt calls it verified, the event it names is ${event.type}`;
  if (event.verdict !== "verified") return `the receipt calls it verified, the journal ${event.verdict}`;
  if (event.subject !== line.subject) return "the receipt calls another text verified than the journal";
  if (event.at !== line.at) return `the receipt says ${line.at}, the journal ${event.at}`;
  if (line.kind === "step" && event.type === "verdict" && (line.reason ?? "") !== event.reason)
    return "the receipt gives another reason than the journal";
  if (line.kind === "signature" && event.type === "signed" && (line.reason ?? "") !== event.reason)
    return "the receipt gives another reason for the signature than the journal";
  return line.kind === "signature" && event.type === "signed" ? signerDifference(line, event) : undefined;
}

function signerDifference(
  { actor, override = false }: ReceiptLine,
  signed: Extract<JournalEvent, { readonly type: "signed" }>,
): string | undefined {
  if (actor.name !== signed.actor.name || actor.kind !== signed.actor.kind)
    return `the receipt says that ${actor.name} (${actor.kind}) signed it, the journal ${signed.actor.name} (${signed.actor.kind})`;
  return override === signed.override ? undefined : "the receipt and the journal differ in whether it is an override";
}
