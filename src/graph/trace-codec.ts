import type { DocumentTrace, TraceFault, TraceRole, TraceRows } from "#model/trace";

/** Form of the bytes; grows when rows or columns change their meaning, so that older bytes are not read. */
const form = 3;
const magic = 0x49_50_54_31;
const headWords = 4;

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
 * Traces as pieces of bytes: a head of four words (magic, form, length of the text, number of words), the text (heads and strings as
 * JSON), then the rows of all documents as words. Equal strings are written once. Rows are the traces' own, not copies.
 */
export function* encodeTraces(traces: readonly DocumentTrace[]): Generator<Uint8Array> {
  const numbers = new Map<string, number>();
  let words = 0;
  for (const trace of traces) {
    for (const text of trace.strings) if (!numbers.has(text)) numbers.set(text, numbers.size);
    words += rowsIn(trace).reduce((sum, rows) => sum + rows.length, lengths + trace.strings.length);
  }
  const shared: Shared = { form, strings: [...numbers.keys()], heads: traces.map(headOf) };
  const text = new TextEncoder().encode(JSON.stringify(shared));
  yield bytesOf(Int32Array.of(magic, form, text.length, words));
  yield text;
  yield new Uint8Array(-text.length & 3);
  for (const trace of traces) {
    const rows = rowsIn(trace);
    const texts = new Int32Array(lengths + trace.strings.length);
    texts.set([trace.strings.length, ...rows.map(({ length }) => length)]);
    for (const [index, each] of trace.strings.entries()) texts[lengths + index] = numbers.get(each) ?? 0;
    yield bytesOf(texts);
    for (const one of rows) yield bytesOf(one instanceof Int32Array ? one : new Int32Array(one));
  }
}

/** Numbers before the rows of a document: how many strings, tags, definitions and mentions. */
const lengths = 4;

function rowsIn({ tags, definitions, mentions }: DocumentTrace): readonly TraceRows[] {
  return [tags, definitions, mentions];
}

function bytesOf(words: Int32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}

/** The traces that were written; undefined for bytes of another form, cut ones and longer ones. Damage is told by whoever keeps them. */
export function decodeTraces(bytes: Uint8Array): readonly DocumentTrace[] | undefined {
  if (bytes.length % 4 !== 0 || bytes.length < headWords * 4) return undefined;
  // Why: `slice` of what Node reads is no copy, so that its buffer would be that of the whole file.
  const all = new Int32Array(new Uint8Array(bytes).buffer);
  const [found, written, size = -1, words = -1] = all;
  const textWords = Math.ceil(size / 4);
  if (found !== magic || written !== form || size < 0 || headWords + textWords + words !== all.length) return undefined;
  const shared = readShared(bytes.subarray(headWords * 4, headWords * 4 + size));
  return shared === undefined ? undefined : readTraces(shared, all.subarray(headWords + textWords));
}

function headOf(trace: DocumentTrace): Head {
  const { strings: _strings, tags: _tags, definitions: _definitions, mentions: _mentions, ...head } = trace;
  return head;
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
    const [texts = 0, tags = 0, definitions = 0, mentions = 0] = rows.subarray(at, at + lengths);
    const firstTag = at + lengths + texts;
    const end = firstTag + tags + definitions + mentions;
    if (end > rows.length) return undefined;
    const table = Array.from(rows.subarray(at + lengths, firstTag), (number) => strings[number]);
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
