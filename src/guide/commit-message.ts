import type { UnderstoodPlan } from "#model/understanding";
import { commitTemplate } from "./commit-template.ts";

/** One trailer with the documents that the graph knows for it. */
export interface CommitTrailer {
  readonly name: string;
  readonly ids: readonly string[];
}

/** The message of a plan's commit, and what a person should know of how it came about. */
export interface CommitMessage {
  readonly text: string;
  readonly subject: string;
  readonly trailers: readonly { readonly name: string; readonly value: string }[];
  readonly notes: readonly string[];
}

/** Longest subject that is composed; a plan's own is taken as it is. */
const longestSubject = 72;

/**
 * The message: the plan's own where it wrote one, with the trailers of the graph in place of those it wrote for the same names, and its
 * other trailers behind them. `isRecord`: nothing is committed but the plan and its receipt.
 */
export function commitMessage(
  understood: UnderstoodPlan,
  trailers: readonly CommitTrailer[],
  isRecord: boolean,
): CommitMessage {
  const template = commitTemplate(understood);
  const notes = template !== undefined && "unusable" in template ? [`${template.unusable}; one was composed`] : [];
  const written = template !== undefined && "text" in template ? template.text : undefined;
  const parts = splitMessage(written ?? "", new Set(trailers.map(({ name }) => name.toLowerCase())));
  const body = isRecord ? [recordSubject(understood)] : written === undefined ? composed(understood) : parts.body;
  const own = trailers.flatMap(({ name, ids }) => {
    const asWritten = parts.replaced.get(name.toLowerCase());
    const value = ids.length > 0 ? ids.join(", ") : asWritten;
    return value === undefined ? [] : [{ name, value, proved: ids.length > 0 }];
  });
  const unproved = own.filter(({ proved }) => !proved);
  const last = [...own.map(({ name, value }) => `${name}: ${value}`), ...(isRecord ? [] : parts.trailers)];
  const text = [...body, last.join("\n")].filter((paragraph) => paragraph !== "").join("\n\n");
  return {
    text: `${text}\n`,
    subject: text.split("\n", 1)[0] ?? "",
    trailers: own.map(({ name, value }) => ({ name, value })),
    notes: [
      ...notes,
      ...unproved.map(
        ({ name, value }) => `${name}: ${value} stands as the plan wrote it; its tags lead to no such document`,
      ),
    ],
  };
}

function composed({ plan, id }: UnderstoodPlan): readonly string[] {
  const name = plan.name ?? id;
  const subject = name.length > longestSubject ? `${name.slice(0, longestSubject - 1).trimEnd()}…` : name;
  return [subject, (plan.objective?.text ?? "").replace(/\s+/g, " ").trim()];
}

function recordSubject({ plan, id }: UnderstoodPlan): string {
  return `Record ${id}${plan.name === undefined ? "" : `: ${plan.name}`}`;
}

interface MessageParts {
  readonly body: readonly string[];
  /** Trailer lines that are kept. */
  readonly trailers: readonly string[];
  /** What was written for the names that the graph answers, by name in small letters. */
  readonly replaced: ReadonlyMap<string, string>;
}

const trailerLine = /^[A-Za-z][A-Za-z0-9-]*: \S/;
const namedLine = /^\s{0,8}(?:[-*]\s{1,4})?([A-Za-z][A-Za-z-]{0,40}):\s{1,8}(\S.*)$/;

/** Takes a message apart: paragraphs, the plan's other trailers, and what it wrote for the names of the graph. */
function splitMessage(text: string, names: ReadonlySet<string>): MessageParts {
  const replaced = new Map<string, string>();
  const paragraphs = text.split(/\n[ \t]*\n+/).map((paragraph) => {
    const lines = paragraph.split("\n");
    const kept = lines.filter((line) => !takeNamed(line, names, replaced));
    // Why: a heading over nothing but what was taken says nothing any more.
    const isBare = kept.length < lines.length && kept.every((line) => /^\s*\[?traceability\]?:?\s*$/i.test(line));
    return isBare ? "" : kept.join("\n").trimEnd();
  });
  const body = paragraphs.filter((paragraph) => paragraph.trim() !== "");
  const last = body.at(-1)?.split("\n") ?? [];
  const isBlock = body.length > 1 && last.every((line) => trailerLine.test(line) || /^\s+\S/.test(line));
  return { body: isBlock ? body.slice(0, -1) : body, trailers: isBlock ? last : [], replaced };
}

/** Why: `Tests: all green` is prose; only what names a document is what the graph can say better. */
function takeNamed(line: string, names: ReadonlySet<string>, replaced: Map<string, string>): boolean {
  const [, name = "", value = ""] = namedLine.exec(line) ?? [];
  const key = name.toLowerCase();
  if (!names.has(key) || !/\b[A-Z]{2,}-\d/.test(value)) return false;
  replaced.set(key, value.trim());
  return true;
}
