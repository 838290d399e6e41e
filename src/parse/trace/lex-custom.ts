import type { LexCustom } from "./languages.ts";

/** What is remembered of one text, so that nothing is searched for twice. */
export interface LexMemory {
  /** Lines that hold one word and no more, by word: where the words begin. */
  lines?: ReadonlyMap<string, readonly number[]>;
  /** Words of here-documents that begin with the next line. */
  readonly heredocs: string[];
  /** No regular expression ends before here. */
  noRegexBefore: number;
  /** Backticks that nothing closes, as far as they were followed. */
  unclosed: number;
  /** Opening signs of `%q(` that are never closed. */
  readonly open: Set<string>;
}

/** Where what begins at `at` ends; `at` itself when it is not of the form. */
export type CustomForm = (text: string, at: number, memory: LexMemory) => number;

const longestDelimiter = 64;
const beforeRegex = new Set([..."(,=:[!&|?{};+-*%~^<>"].map((sign) => sign.charCodeAt(0)));
const wordsBeforeRegex =
  /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|do|else|yield|await|if|unless|while|when|and|or|not)$/;

/** Signs with which a form begins, and how it is read. */
export const customForms: Readonly<Record<LexCustom, { readonly signs: string; readonly read: CustomForm }>> = {
  regex: { signs: "/", read: readRegex },
  template: { signs: "`", read: readTemplate },
  heredoc: { signs: "<\n", read: readHeredoc },
  rustRaw: { signs: "rb", read: readRustRaw },
  cppRaw: { signs: "RLuU", read: readCppRaw },
  quote: { signs: "'", read: readQuote },
  csharpRaw: { signs: '"$', read: readCsharpRaw },
  swiftRaw: { signs: "#", read: readSwiftRaw },
  percent: { signs: "%", read: readPercent },
};

/** A regular expression between slashes, where a value may begin. */
function readRegex(text: string, at: number, memory: LexMemory): number {
  const next = text.charCodeAt(at + 1);
  if (at < memory.noRegexBefore || next === 47 || next === 42 || !mayBeginValue(text, at)) return at;
  let inClass = false;
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 10) {
      memory.noRegexBefore = end;
      return at;
    }
    if (code === 92) end++;
    else if (code === 91) inClass = true;
    else if (code === 93) inClass = false;
    else if (code === 47 && !inClass) return end + 1;
  }
  memory.noRegexBefore = text.length;
  return at;
}

function mayBeginValue(text: string, at: number): boolean {
  let before = at - 1;
  // Why: `</p>` and `/>` behind a brace end an element of a page.
  if (text.charCodeAt(before) === 60) return false;
  while (before >= 0 && (text.charCodeAt(before) === 32 || text.charCodeAt(before) === 9)) before--;
  if (before < 0 || text.charCodeAt(before) === 10) return true;
  if (text.charCodeAt(before) === 125 && text.charCodeAt(at + 1) === 62) return false;
  return (
    beforeRegex.has(text.charCodeAt(before)) || wordsBeforeRegex.test(text.slice(Math.max(0, before - 10), before + 1))
  );
}

/** So many backticks of one text are followed to its end in vain. */
const mostUnclosed = 8;

/** A text between backticks with code in `${…}`, which may hold further ones. One that nothing closes, as in the words of a page, is a sign. */
function readTemplate(text: string, at: number, memory: LexMemory): number {
  if (memory.unclosed >= mostUnclosed) return at;
  /** Open braces of each `${` around the place. */
  const depths: number[] = [];
  let inText = true;
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (inText) {
      if (code === 92) end++;
      else if (code === 96) {
        if (depths.pop() === undefined) return end + 1;
        inText = false;
      } else if (code === 36 && text.charCodeAt(end + 1) === 123) {
        depths.push(0);
        inText = false;
        end++;
      }
      continue;
    }
    const last = depths.length - 1;
    if (code === 96) {
      // Why: a mark that the text's own end takes away again.
      depths.push(-1);
      inText = true;
    } else if (code === 123) depths[last] = (depths[last] ?? 0) + 1;
    else if (code === 125) {
      if ((depths[last] ?? 0) === 0) {
        depths.pop();
        inText = true;
      } else depths[last] = (depths[last] ?? 0) - 1;
    } else end = Math.max(end, endOfSmallForm(text, end, code, memory) - 1);
  }
  memory.unclosed++;
  return at;
}

/** Where a text in quotes, a comment or a pattern ends, which may hold backticks and braces; `at` where none begins. */
function endOfSmallForm(text: string, at: number, code: number, memory: LexMemory): number {
  if (code === 34 || code === 39) return endOfQuoted(text, at, code);
  if (code !== 47) return at;
  if (text.charCodeAt(at + 1) === 42) return endAfter(text, "*/", at + 2);
  return text.charCodeAt(at + 1) === 47 ? endAfter(text, "\n", at) : readRegex(text, at, memory);
}

/** Where a text in quotes ends that ends on its line; `at` for none. */
function endOfQuoted(text: string, at: number, quote: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === quote) return end + 1;
    if (code === 10) return at;
    if (code === 92) end++;
  }
  return at;
}

/** `<<EOF`, `<<-EOF`, `<<~EOF`, `<<'EOF'`, `<<<EOF`: the next line begins a text that ends with the word on a line of its own. */
function readHeredoc(text: string, at: number, memory: LexMemory): number {
  if (text.charCodeAt(at) === 10) return endOfHeredocs(text, at, memory);
  const match = stickily(/<<(?:<[ \t]*|[-~]?[ \t]*)(["'`]?)([A-Za-z_]\w{0,63})\1/y, text, at);
  if (match === null || text.charCodeAt(at - 1) === 60) return at;
  memory.heredocs.push(match[2] ?? "");
  return at + match[0].length;
}

function endOfHeredocs(text: string, at: number, memory: LexMemory): number {
  let end = at;
  for (const word of memory.heredocs) {
    memory.lines ??= linesOfOneWord(text);
    const found = firstAfter(memory.lines.get(word) ?? [], end);
    if (found >= 0) end = found + word.length;
  }
  memory.heredocs.length = 0;
  return end;
}

function linesOfOneWord(text: string): ReadonlyMap<string, readonly number[]> {
  const lines = new Map<string, number[]>();
  for (const match of text.matchAll(/^[ \t]{0,200}([A-Za-z_]\w{0,63})[;,)]{0,4}[ \t\r]{0,200}$/gm)) {
    const word = match[1] ?? "";
    const start = match.index + match[0].indexOf(word);
    const known = lines.get(word);
    if (known === undefined) lines.set(word, [start]);
    else known.push(start);
  }
  return lines;
}

/** The first of ascending numbers that is above a bound, -1 for none. */
function firstAfter(numbers: readonly number[], bound: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) > bound) high = middle;
    else low = middle + 1;
  }
  return numbers[low] ?? -1;
}

/** `r"…"`, `r#"…"#`, `br##"…"##`. */
function readRustRaw(text: string, at: number): number {
  if (isWord(text.charCodeAt(at - 1))) return at;
  const match = stickily(/b?r(#{0,64})"/y, text, at);
  if (match === null) return at;
  return endAfter(text, `"${match[1] ?? ""}`, at + match[0].length);
}

/** `R"name(…)name"`. */
function readCppRaw(text: string, at: number): number {
  if (isWord(text.charCodeAt(at - 1))) return at;
  const match = stickily(/(?:u8|u|U|L)?R"([^()\\\s"]{0,16})\(/y, text, at);
  if (match === null) return at;
  return endAfter(text, `)${match[1] ?? ""}"`, at + match[0].length);
}

/** `"""…"""` with three quotes or more. */
function readCsharpRaw(text: string, at: number): number {
  const match = stickily(/\$*("{3,64})/y, text, at);
  return match === null ? at : endAfter(text, match[1] ?? "", at + match[0].length);
}

/** `#"…"#` with one hash or more, on one line or with three quotes on many. */
function readSwiftRaw(text: string, at: number): number {
  const match = stickily(/(#{1,64})("(?:"")?)/y, text, at);
  return match === null ? at : endAfter(text, `${match[2] ?? ""}${match[1] ?? ""}`, at + match[0].length);
}

/** A character in quotes; a quote that begins a lifetime or parts the digits of a number stands alone. */
function readQuote(text: string, at: number): number {
  if (isWord(text.charCodeAt(at - 1)) && !/(?:^|[^\w])(?:b|u8|u|U|L)$/.test(text.slice(Math.max(0, at - 4), at)))
    return at;
  const match = stickily(/'(?:\\[^\n][^'\n]{0,10}|[^\\'\n]{1,2})'/y, text, at);
  return match === null ? at : at + match[0].length;
}

/** `%q(…)`, `%w[…]` and their like. */
function readPercent(text: string, at: number, memory: LexMemory): number {
  const match = stickily(/%[qQwWiIrx]([([{<|!/])/y, text, at);
  if (match === null) return at;
  const open = match[1] ?? "";
  if (memory.open.has(open)) return at;
  const close = { "(": ")", "[": "]", "{": "}", "<": ">" }[open] ?? open;
  let depth = 1;
  for (let end = at + match[0].length; end < text.length; end++) {
    const sign = text.charAt(end);
    if (sign === "\\") end++;
    else if (sign === close && --depth === 0) return end + 1;
    else if (sign === open && open !== close) depth++;
  }
  memory.open.add(open);
  return at;
}

function stickily(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(text);
}

function endAfter(text: string, close: string, from: number): number {
  if (close.length > longestDelimiter + 4) return from;
  const found = text.indexOf(close, from);
  return found < 0 ? text.length : found + close.length;
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}
