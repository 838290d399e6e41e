/** One variable as `declare -p` prints it. */
export interface Declaration {
  readonly name: string;
  /** Attribute letters, empty for none: `x` exported, `r` read-only, `a` array, `A` associative, `n` reference … */
  readonly flags: string;
  /** The whole `declare …` command, without its line break. */
  readonly text: string;
}

const head = /declare -([-a-zA-Z]+) ([^\s=]+)/y;

/** Offset after a quoted run that opens at `at` and closes with `quote`; a backslash takes the next character with it. */
function skipQuoted(text: string, at: number, quote: string): number {
  let i = at;
  while (i < text.length && text[i] !== quote) i += text[i] === "\\" ? 2 : 1;
  return i + 1;
}

/** Offset after the value that begins at `at`: a quoted word, an array in parentheses, or a bare word. */
function skipValue(text: string, at: number): number {
  let i = at;
  let depth = 0;
  while (i < text.length) {
    const char = text[i];
    if (char === '"') i = skipQuoted(text, i + 1, '"');
    else if (char === "$" && text[i + 1] === "'") i = skipQuoted(text, i + 2, "'");
    else if (char === "'") i = text.indexOf("'", i + 1) + 1 || text.length;
    else if (char === "\n" && depth === 0) return i;
    else {
      if (char === "(") depth += 1;
      if (char === ")") depth -= 1;
      i += char === "\\" ? 2 : 1;
    }
  }
  return i;
}

/** Reads what `declare -p` printed; lines that are no declaration are passed over. */
export function readDeclarations(text: string): Declaration[] {
  const found: Declaration[] = [];
  let at = 0;
  while (at < text.length) {
    head.lastIndex = at;
    const match = head.exec(text);
    if (match === null) {
      at = text.indexOf("\n", at) + 1 || text.length;
      continue;
    }
    const end = text[head.lastIndex] === "=" ? skipValue(text, head.lastIndex + 1) : head.lastIndex;
    found.push({ name: match[2] ?? "", flags: (match[1] ?? "").replace("-", ""), text: text.slice(at, end) });
    at = end + 1;
  }
  return found;
}

/** The elements of an array declaration in order, each still quoted for bash. */
export function elements(declaration: Declaration): string[] {
  const at = declaration.text.indexOf("=(");
  if (at < 0) return [];
  const body = declaration.text;
  const found: string[] = [];
  let i = at + 2;
  while (i < body.length && body[i] !== ")") {
    const equals = body.indexOf("]=", i);
    if (equals < 0) break;
    const end = body[equals + 2] === "$" ? skipQuoted(body, equals + 4, "'") : skipQuoted(body, equals + 3, '"');
    found.push(body.slice(equals + 2, end));
    i = end + 1;
  }
  return found;
}

/** The values of a declaration as the program sees them: one, those of an array, or none. */
export function valuesOf(declaration: Declaration): string[] {
  const array = elements(declaration);
  const equals = declaration.text.indexOf("=");
  const quoted = array.length > 0 ? array : equals < 0 ? [] : [declaration.text.slice(equals + 1)];
  return quoted.map(unquoted);
}

const controls: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  E: "\u001b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** The value of a word that bash quoted itself: `"…"`, `$'…'` or bare. */
function unquoted(word: string): string {
  if (word.startsWith('"')) return word.slice(1, -1).replace(/\\(["$`\\])/g, "$1");
  if (!word.startsWith("$'")) return word;
  return word.slice(2, -1).replace(/\\(?:([0-7]{1,3})|(.))/gs, (_, octal: string | undefined, char: string) => {
    return octal === undefined ? (controls[char] ?? char) : String.fromCharCode(Number.parseInt(octal, 8));
  });
}
