import { type Receipt, receiptPath } from "#author/receipt";
import type { Plan } from "#model/plan";
import type { Hash, ShellParser } from "#model/ports";
import { isMarkdownPath, type Source } from "#model/source";
import type { UnderstoodPlan } from "#model/understanding";
import { woundsOf } from "#parse/encoding";
import { otherKind } from "#parse/iplan/other-kind";
import { parsePlan } from "#parse/iplan/plan";
import { understandPlan } from "#plan/understand";
import { isReserved, parseDocumentId } from "#profile/dialect";
import type { Profile } from "#profile/profile";
import type { DocumentFacts, ReceiptFacts, WoundFact } from "#rules/facts";
import type { WorkspaceDocument } from "./workspace.ts";

/** A document and how it came to be checked. */
export type DocumentToRead = Pick<WorkspaceDocument, "path" | "type" | "artifactId" | "part" | "template"> & {
  /** Bytes, as the walk found it. */
  readonly size: number;
  /** The user named it; a walk did not find it. */
  readonly named: boolean;
};

/** What reading a document needs of the world. */
export interface ReadingGround {
  readonly profile: Profile;
  readonly hash: Hash;
  readonly parser: ShellParser;
  /** Throws `host/unreadable`; undefined for a document that is gone. */
  source(path: string): Source | undefined;
  receipt(planPath: string): Receipt | undefined;
}

/** Names of wrong encodings for people. */
const takenFor: Readonly<Record<string, string>> = {
  "mac-roman": "Mac Roman",
  "windows-1252": "Windows-1252",
  "latin-1": "Latin-1",
};

/** A document as far as it is read without the others: what can be told of it by itself. */
export type DocumentKind = "text" | "markdown" | "plan";

/** What of a document can be read. */
export function kindOf(profile: Profile, document: DocumentFacts): DocumentKind {
  if (!isMarkdownPath(document.path)) return "text";
  return isPlanFacts(profile, document) ? "plan" : "markdown";
}

/** The receipt beside a document that is a plan. */
export function receiptOf(ground: ReadingGround, document: DocumentFacts): ReceiptFacts | undefined {
  if (kindOf(ground.profile, document) !== "plan") return undefined;
  return receiptFacts(document.path, ground.receipt(document.path));
}

function isPlanFacts(profile: Profile, { path, type }: DocumentFacts): boolean {
  return type === profile.plan.type && !isIndex(profile, path);
}

/** A plan as a program. */
export function understoodOf({ parser, hash, profile }: ReadingGround, plan: Plan): UnderstoodPlan {
  return understandPlan(plan, { parser, hash, profile });
}

/** True for what is read as a plan. Why: `run` takes a file that was named whatever its name is, so `check` must not pass over what it holds. */
export function isPlanDocument(profile: Profile, { path, type, named }: DocumentToRead, source: Source): boolean {
  if (type !== undefined || !named) return type === profile.plan.type && !isIndex(profile, path);
  if (isIndex(profile, path)) return false;
  const plan = parsePlan(source, profile);
  if (plan.id?.startsWith(`${profile.plan.type}-`) === true) return true;
  return plan.steps.length > 0 && otherKind(profile, plan) === undefined;
}

/** Number 000 is the index and the matrix of plans, which are no plans themselves; a template of a plan carries no number. */
function isIndex(profile: Profile, path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const id = parseDocumentId(profile, name.replace(/[_.].*$/, ""));
  return id !== undefined && isReserved(profile, id);
}

/** Wrongly decoded text of a document. */
export function woundsIn(source: Source): readonly WoundFact[] {
  return woundsOf(source).map((wound) => ({
    start: wound.start,
    end: wound.end,
    healed: wound.healed,
    takenFor: takenFor[wound.encoding] ?? wound.encoding,
    depth: wound.depth,
  }));
}

function receiptFacts(planPath: string, receipt: Receipt | undefined): ReceiptFacts {
  return {
    path: receiptPath(planPath),
    present: receipt !== undefined,
    lines: receipt?.lines ?? [],
    problems: receipt?.problems ?? [],
  };
}
