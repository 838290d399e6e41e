import { Buffer } from "node:buffer";
import { createShellParser } from "#host/shell-parser";
import type { Finding } from "#model/finding";
import type { ReceiptLine } from "#model/run";
import { createSource } from "#model/source";
import { findWounds } from "#parse/encoding";
import { declaredScores } from "#parse/declared-score";
import { parsePlan } from "#parse/iplan/plan";
import type { DocumentTrace } from "#model/trace";
import { createTraceReader } from "#parse/trace";
import { readYamlInDepth } from "#parse/trace/yaml-depth";
import { Outline } from "#parse/outline";
import { understandPlan } from "#plan/understand";
import { aidoc16 } from "#profile/aidoc-16";
import type { Profile } from "#profile/profile";
import type { IdHolder, ReceiptFacts, WorkspaceFacts } from "#rules/facts";
import { findDocumentId } from "#rules/find-document-id";
import { unitsOf } from "#rules/receipt-units";
import type { RuleContext } from "#rules/rule";
import { hash } from "./synthetic.ts";

const parser = await createShellParser();

/** Where a document stands when nothing else is said. */
export const usualPath = "docs/IPLAN/IPLAN-001_sample_20260102_030405.md";

/** A document to be checked as `iplan check` would. */
export interface DocumentUnderTest {
  readonly path?: string;
  readonly content: string | Uint8Array;
  /** Pretended size in bytes. */
  readonly size?: number;
  /** Why it was not read. */
  readonly unread?: string;
  /** Text of the receipt beside it; absent: there is none. */
  readonly receipt?: string;
  readonly profile?: Profile;
}

/** Everything the rules may know of a document. */
export function contextUnderTest(under: DocumentUnderTest, holders: readonly IdHolder[] = []): RuleContext {
  const path = under.path ?? usualPath;
  const profile = under.profile ?? aidoc16;
  const bytes = typeof under.content === "string" ? Buffer.from(under.content) : under.content;
  const source = createSource(path, bytes);
  const plan = parsePlan(source, profile);
  const understood = understandPlan(plan, { parser, hash, profile });
  const id = findDocumentId(profile, path.slice(path.lastIndexOf("/") + 1));
  const declared = declaredScores(source.text, profile);
  const workspace: WorkspaceFacts = {
    holders: () => holders,
    exists: () => false,
    anchors: () => undefined,
    text: () => undefined,
  };
  return {
    source,
    document: {
      path,
      type: "IPLAN",
      ...(id === undefined ? {} : { id: id.id }),
      template: path.includes("-TEMPLATE"),
      named: true,
      size: under.size ?? bytes.length,
      ...(under.unread === undefined ? {} : { unread: under.unread }),
      ...(declared.length === 0 ? {} : { declared }),
    },
    profile,
    markdown: new Outline(source),
    faults: readTrace(profile, path, source.text).faults,
    wounds: findWounds(source.text).map((wound) => ({ ...wound, takenFor: wound.encoding })),
    plan,
    understood,
    receipt: readReceipt(under.receipt, `${path}.receipt.ndjson`, understood),
    workspace,
  };
}

/** What the session reads: YAML with the whole parser where the lines are not sure. */
function readTrace(profile: Profile, path: string, text: string): DocumentTrace {
  const reader = createTraceReader(profile);
  const subject = { path, role: "artifact", template: false } as const;
  const trace = reader.read(subject, text);
  return reader.sure ? trace : reader.readInDepth(subject, text, readYamlInDepth);
}

function readReceipt(
  text: string | undefined,
  path: string,
  understood: ReturnType<typeof understandPlan>,
): ReceiptFacts {
  const subjects = new Map(unitsOf(understood).map((unit) => [unit.key, unit.subject]));
  const lines: ReceiptLine[] = [];
  const problems: { line: number; message: string }[] = [];
  for (const [index, raw] of (text ?? "").split("\n").entries()) {
    if (raw.trim() === "") continue;
    try {
      const line = JSON.parse(raw) as ReceiptLine;
      if (line.unit === undefined) throw new Error("no unit");
      lines.push(line.subject === "<current>" ? { ...line, subject: subjects.get(line.unit) ?? "" } : line);
    } catch (error) {
      problems.push({ line: index + 1, message: String(error) });
    }
  }
  return { path, present: text !== undefined, lines, problems };
}

/** `line rule` of each finding. */
export function placesOf(findings: readonly Finding[]): readonly string[] {
  return findings.map((one) => `${one.range.start.line} ${one.rule}`);
}

/** Holders of an id among paths, as the index of a workspace gives them. */
export function holdersOf(paths: readonly string[]): readonly IdHolder[] {
  return paths.map((path) => {
    const part = /_part(\d+)_/.exec(path)?.[1];
    return { path, ...(part === undefined ? {} : { part: Number(part) }) };
  });
}
