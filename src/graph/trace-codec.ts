import type { DocumentTrace, TraceFault, TraceRole } from "#model/trace";

/** Form of the bytes; grows when rows or columns change their meaning, so that older bytes are not read. */
const form = 1;
const magic = 0x49_50_54_31;
const headWords = 6;

/** What of a trace is not rows. */
interface Head {
  readonly path: string;
  readonly role: TraceRole;
  readonly type?: string;
  readonly id?: string;
  readonly part?: number;
  readonly title?: string;
  readonly template: boolean;
  readonly faults: readonly TraceFault[];
}

/** What is written of all documents: their heads and the strings of all, once each. */
interface Shared {
  readonly form: number;
  readonly strings: readonly string[];
  readonly heads: readonly Head[];
}

/**
 * Traces as bytes: a head of six words (magic, form, length of the text, number of words, and two checksums), the text (heads and
 * strings as JSON), then the rows of all documents as words. Equal strings are written once.
 */
export function encodeTraces(traces: readonly DocumentTrace[]): Uint8Array {
  const numbers = new Map<string, number>();
  const rows: Int32Array[] = traces.map((trace) => rowsOf(trace, numbers));
  const shared: Shared = { form, strings: [...numbers.keys()], heads: traces.map(headOf) };
  const text = new TextEncoder().encode(JSON.stringify(shared));
  const words = rows.reduce((sum, each) => sum + each.length, 0);
  const textWords = Math.ceil(text.length / 4);
  const all = new Int32Array(headWords + textWords + words);
  new Uint8Array(all.buffer).set(text, headWords * 4);
  let at = headWords + textWords;
  for (const each of rows) {
    all.set(each, at);
    at += each.length;
  }
  all.set([magic, form, text.length, words]);
  all.set(checksums(all), 4);
  return new Uint8Array(all.buffer);
}

/** The traces that were written; undefined for bytes of another form and for damaged ones. */
export function decodeTraces(bytes: Uint8Array): readonly DocumentTrace[] | undefined {
  if (bytes.length % 4 !== 0 || bytes.length < headWords * 4) return undefined;
  // Why: `slice` of what Node reads is no copy, so that its buffer would be that of the whole file.
  const all = new Int32Array(new Uint8Array(bytes).buffer);
  const [found, written, size = -1, words = -1, first, second] = all;
  const textWords = Math.ceil(size / 4);
  if (found !== magic || written !== form || size < 0 || headWords + textWords + words !== all.length) return undefined;
  const [one, other] = checksums(all);
  if (first !== one || second !== other) return undefined;
  const shared = readShared(bytes.subarray(headWords * 4, headWords * 4 + size));
  return shared === undefined ? undefined : readTraces(shared, all.subarray(headWords + textWords));
}

/** Lengths of strings, tags, definitions and mentions, then the rows themselves. */
function rowsOf(trace: DocumentTrace, numbers: Map<string, number>): Int32Array {
  const { strings, tags, definitions, mentions } = trace;
  const rows = new Int32Array(4 + strings.length + tags.length + definitions.length + mentions.length);
  rows.set([strings.length, tags.length, definitions.length, mentions.length]);
  for (const [index, text] of strings.entries()) {
    let number = numbers.get(text);
    if (number === undefined) numbers.set(text, (number = numbers.size));
    rows[4 + index] = number;
  }
  rows.set(tags, 4 + strings.length);
  rows.set(definitions, 4 + strings.length + tags.length);
  rows.set(mentions, 4 + strings.length + tags.length + definitions.length);
  return rows;
}

function headOf(trace: DocumentTrace): Head {
  const { strings: _strings, tags: _tags, definitions: _definitions, mentions: _mentions, ...head } = trace;
  return head;
}

/** Two sums over all words but the last two of the head: one bit that fell over changes both. */
function checksums(all: Int32Array): readonly [number, number] {
  let [one, other] = [0x811c_9dc5 | 0, 0];
  for (let at = 0; at < all.length; at++) {
    if (at === 4 || at === 5) continue;
    one = Math.imul(one ^ (all[at] ?? 0), 0x0100_0193);
    other = (Math.imul(other, 31) + (all[at] ?? 0) + at) | 0;
  }
  return [one, other];
}

function readShared(text: Uint8Array): Shared | undefined {
  try {
    const shared = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text)) as Shared;
    return shared.form === form ? shared : undefined;
  } catch {
    return undefined;
  }
}

function readTraces({ strings, heads }: Shared, rows: Int32Array): readonly DocumentTrace[] | undefined {
  const traces: DocumentTrace[] = [];
  let at = 0;
  for (const head of heads) {
    const [texts = 0, tags = 0, definitions = 0, mentions = 0] = rows.subarray(at, at + 4);
    const end = at + 4 + texts + tags + definitions + mentions;
    if (end > rows.length) return undefined;
    const firstTag = at + 4 + texts;
    const table = Array.from(rows.subarray(at + 4, firstTag), (number) => strings[number]);
    if (table.includes(undefined)) return undefined;
    traces.push({
      ...head,
      strings: table as readonly string[],
      tags: rows.slice(firstTag, firstTag + tags),
      definitions: rows.slice(firstTag + tags, firstTag + tags + definitions),
      mentions: rows.slice(firstTag + tags + definitions, end),
    });
    at = end;
  }
  return at === rows.length ? traces : undefined;
}
