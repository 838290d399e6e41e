import type { Finding, RelatedPlace } from "#model/finding";
import type { Span } from "#model/source";

/** Gives the text of a document; undefined for one that there is not. */
export type TextOf = (path: string) => string | undefined;

/** How the text at a finding has to do with its message. */
type Cover = (covered: string, message: string, before: string) => boolean;

/** Something that the message names stands in the covered text, or the other way round. */
const named: Cover = (covered, message) => {
  const text = plain(covered);
  if (text !== "" && plain(message).includes(text)) return true;
  return namesIn(message).some((name) => text.includes(name) || (text.length > 2 && name.includes(text)));
};

/** A word of the covered text stands in the message. */
const worded: Cover = (covered, message) => {
  const said = new Set(wordsIn(message));
  return wordsIn(covered).some((word) => said.has(word));
};

/** The whole document is meant: its first heading, its own id or its first line is covered, or the start of a file without text. */
const whole: Cover = (covered, _message, before) =>
  covered === ""
    ? before === ""
    : /^[A-Z]+-\d+(?:-\d+)?$/u.test(covered) || !/^#{1,6} /mu.test(afterFrontMatter(before));

/** A value that goes on with the document of the value before it (`PRD-009:US-001, US-002`): that document stands before it. */
const continued: Cover = (covered, message, before) => {
  const line = before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1);
  return named(covered, message, before) || (covered !== "" && named(line, message, ""));
};

/** The first value of the tag that the message begins with: the tag's name stands before it. */
const ofTag: Cover = (covered, message, before) => {
  const tag = /^@([\w-]+)/u.exec(message)?.[1] ?? "?";
  if (covered === "") return false;
  return named(covered, message, before) || before.toLowerCase().includes(tag) || whole(covered, message, before);
};

/** Any text that is not blank: the message speaks of what it is, and does not repeat it. */
const filled: Cover = (covered) => /\S/u.test(covered);
const anything: Cover = () => true;

/** Rules whose finding covers something else than what the message names. */
const covers: Readonly<Record<string, Cover>> = {
  "trace/tag-missing": whole,
  "trace/optional-tag-missing": whole,
  "trace/orphan": whole,
  "trace/ancestor-differs": ofTag,
  "trace/back-link-missing": filled,
  "trace/uncovered": worded,
  "trace/document-missing": continued,
  "trace/source-tag": continued,
  "document/gherkin-syntax": anything,
  "document/yaml-syntax": anything,
  "document/pair-disagrees": (covered, message, before) =>
    ofTag(covered, message, before) || message.includes("here alone nothing"),
  "tag/fact-value": (covered, message) => covered !== "" && message.includes(covered),
  "trace/current-state": worded,
  "trace/damaged-lock": filled,
  "tag/contradicts": worded,
};

/** What is wrong with the places of findings: where they do not lie in their document, or do not cover what they name. */
export function misplaced(findings: readonly Finding[], textOf: TextOf): readonly string[] {
  return findings.flatMap((finding) => {
    const text = textOf(finding.path) ?? "";
    const say = (what: string): string =>
      `${finding.rule} ${finding.path}:${finding.range.start.line} ${what}: ${finding.message}`;
    const span = { start: finding.range.start.offset, end: finding.range.end.offset };
    const outside = isOutside(span, text) ? ["lies outside"] : wronglyCounted(finding, text);
    return [
      ...outside,
      ...(outside.length > 0 || coversIt(finding, text, span) ? [] : [`covers ${JSON.stringify(cut(text, span))}`]),
      ...(finding.related ?? []).flatMap((place) => wrongRelated(place, textOf)),
      ...wrongEdits(finding, textOf),
    ].map(say);
  });
}

const judged = /^(?:tag|trace|link)\/|^document\/(?:gherkin|yaml|pair)/u;

function coversIt({ rule, message }: Finding, text: string, span: Span): boolean {
  if (!judged.test(rule) && covers[rule] === undefined) return true;
  return (covers[rule] ?? named)(cut(text, span), message, text.slice(0, span.start));
}

function cut(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

function isOutside({ start, end }: Span, text: string): boolean {
  return start < 0 || start > end || end > text.length;
}

/** Line and column are those of the offset. */
function wronglyCounted({ range }: Finding, text: string): readonly string[] {
  return [range.start, range.end].flatMap(({ offset, line, column }) => {
    const lines = text.slice(0, offset).split(/\r\n|\n|\r(?!\n)/u);
    const isBetween = text[offset - 1] === "\r" && text[offset] === "\n";
    const counted = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
    return isBetween || (counted.line === line && counted.column === column)
      ? []
      : [`is said to be at ${line}:${column} but is at ${counted.line}:${counted.column}`];
  });
}

function wrongRelated({ path, range, message }: RelatedPlace, textOf: TextOf): readonly string[] {
  const text = textOf(path);
  const span = { start: range.start.offset, end: range.end.offset };
  if (text === undefined) return [`has a related place in ${path}, which is not there`];
  if (isOutside(span, text)) return [`has a related place outside of ${path} (${message})`];
  return [];
}

/** Edits replace what they expect, and lie in order in the documents they name. */
function wrongEdits({ fix }: Finding, textOf: TextOf): readonly string[] {
  return (fix?.documents ?? []).flatMap(({ path, edits }) => {
    const text = textOf(path);
    if (text === undefined) return [`edits ${path}, which is not there`];
    return edits.flatMap((edit) => {
      if (isOutside(edit, text)) return [`edits outside of ${path}`];
      const isWrong = edit.expected !== undefined && cut(text, edit) !== edit.expected;
      const isNothing = cut(text, edit) === edit.text;
      return [
        ...(isWrong ? [`expects ${edit.expected} in ${path} where ${cut(text, edit)} is`] : []),
        ...(isNothing ? [`changes nothing in ${path}`] : []),
      ];
    });
  });
}

function afterFrontMatter(text: string): string {
  return text.replace(/^\uFEFF?---\r?\n[^]*?\n---\r?\n/u, "");
}

/** What stands in quotes or looks like an id, tag, path or file. */
function namesIn(message: string): readonly string[] {
  const quoted = [...message.matchAll(/"([^"]+)"|`([^`]+)`|«([^»]+)»/gu)].map(([, a, b, c]) => a ?? b ?? c ?? "");
  const tokens = message.split(/[\s(),;→]+/u).map((token) => token.replace(/[.:,!?…]+$/u, ""));
  const formal = tokens.filter((token) => /[\d/_#@:]/u.test(token) || /^[A-Z][A-Z-]+/u.test(token));
  const parts = formal.flatMap((token) => [token, ...token.split(/[:/]/u), token.replace(/^@/u, "")]);
  return [...quoted, ...parts].map(plain).filter((name) => name.length > 1);
}

function plain(text: string): string {
  return text.toLowerCase().replace(/…$/u, "").replace(/\s+/gu, " ").trim();
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
