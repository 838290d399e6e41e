/** What a reader of XML is told, in the order of the text. */
export interface XmlListener {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close(name: string): void;
  /** Text inside an element, possibly in several pieces; of one element not necessarily all of it. */
  text?(text: string): void;
  /** What is not read, or not as it should be, in one sentence. */
  note(sentence: string): void;
}

/** A longer tag is damage. */
const longestTag = 8 * 1024 * 1024;
const deepest = 1000;

/**
 * Reads XML that comes in pieces. Only the five entities of XML and character numbers are replaced: what a document type declares is
 * neither expanded nor fetched. Damage ends the reading; what came before stays told.
 */
export class XmlStream {
  readonly #listener: XmlListener;
  readonly #open: string[] = [];
  #pending = "";
  #started = false;
  #broken = false;

  constructor(listener: XmlListener) {
    this.#listener = listener;
  }

  push(piece: string): void {
    if (this.#broken) return;
    const text = this.#pending === "" ? piece : this.#pending + piece;
    let at = 0;
    while (at < text.length && !this.#broken) {
      const next = text.charCodeAt(at) === 60 ? this.#markup(text, at) : this.#characters(text, at);
      if (next < 0) break;
      at = next;
    }
    this.#pending = this.#broken ? "" : text.slice(at);
    if (this.#pending.length > longestTag) this.#break("It has a tag without an end.");
  }

  /** True when the text had one element that was closed, and everything in it. */
  get isWhole(): boolean {
    return this.#started && !this.#broken && this.#open.length === 0 && this.#pending.trim() === "";
  }

  #break(sentence: string): void {
    this.#broken = true;
    this.#pending = "";
    this.#listener.note(sentence);
  }

  #characters(text: string, at: number): number {
    const end = text.indexOf("<", at);
    // Why: a text may go on in the next piece, in the middle of an entity.
    if (end < 0 && text.length - at < 65_536) return -1;
    const stop = end < 0 ? text.length : end;
    if (this.#open.length > 0)
      this.#listener.text?.(unescaped(text.slice(at, Math.min(stop, at + 65_536)), this.#listener));
    return stop;
  }

  /** The place after the markup at this place; -1 when its end has not come yet. */
  #markup(text: string, at: number): number {
    if (text.startsWith("<!--", at)) return after(text, "-->", at + 4);
    if (text.startsWith("<?", at)) return after(text, "?>", at + 2);
    if (text.startsWith("<![CDATA[", at)) return this.#literal(text, at);
    if (text.startsWith("<!", at) && text.length > at + 9) return this.#declaration(text, at);
    if (text.startsWith("<!", at)) return -1;
    const end = endOfTag(text, at);
    if (end < 0) return -1;
    this.#tag(text.slice(at + 1, end));
    return end + 1;
  }

  #literal(text: string, at: number): number {
    const end = text.indexOf("]]>", at);
    if (end < 0) return -1;
    if (this.#open.length > 0) this.#listener.text?.(text.slice(at + 9, Math.min(end, at + 65_536)));
    return end + 3;
  }

  #declaration(text: string, at: number): number {
    const open = text.indexOf("[", at);
    const end = text.indexOf(">", at);
    if (end < 0) return -1;
    const isInternal = open >= 0 && open < end;
    const stop = isInternal ? /\]\s{0,1000}>/u.exec(text.slice(open)) : undefined;
    if (isInternal && (stop === null || stop === undefined)) return -1;
    // Why: a document type that is only named, as istanbul does, asks for nothing.
    if (isInternal) this.#listener.note("It declares entities, which are neither expanded nor fetched.");
    return isInternal && stop ? open + stop.index + stop[0].length : end + 1;
  }

  #tag(inside: string): void {
    if (inside.startsWith("/")) return this.#closed(inside.slice(1).trim());
    const isEmpty = inside.endsWith("/");
    const name = /^[^\s/<>"'=]{1,200}/u.exec(inside)?.[0];
    if (name === undefined) return this.#break("It has a tag without a name.");
    if (this.#open.length >= deepest) return this.#break(`Its elements lie deeper than ${deepest}.`);
    this.#started = true;
    const local = localName(name);
    this.#listener.open(local, attributesOf(inside.slice(name.length), this.#listener));
    if (isEmpty) this.#listener.close(local);
    else this.#open.push(local);
  }

  #closed(name: string): void {
    const local = localName(name);
    if (this.#open.at(-1) !== local) return this.#break(`It closes <${local.slice(0, 80)}>, which is not open there.`);
    this.#open.pop();
    this.#listener.close(local);
  }
}

function after(text: string, end: string, from: number): number {
  const at = text.indexOf(end, from);
  return at < 0 ? -1 : at + end.length;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The `>` that ends a tag: one outside of quotes. */
function endOfTag(text: string, at: number): number {
  let quote = "";
  for (let index = at + 1; index < text.length; index++) {
    const sign = text[index] ?? "";
    if (quote !== "") {
      const end = text.indexOf(quote, index);
      if (end < 0) return -1;
      index = end;
      quote = "";
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === ">") return index;
  }
  return -1;
}

const attributeForm = /([^\s=/"'<>]{1,200})\s{0,100}=\s{0,100}(?:"([^"]*)"|'([^']*)')/gu;

function attributesOf(text: string, listener: XmlListener): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(attributeForm)) {
    found.set(localName(match[1] ?? ""), unescaped(match[2] ?? match[3] ?? "", listener));
  }
  return found;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescaped(text: string, listener: XmlListener): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[A-Za-z_][\w.-]{0,60});/giu, (written, name: string) => {
    if (name.startsWith("#")) return characterOf(name.slice(1)) ?? written;
    const known = Object.hasOwn(entities, name) ? entities[name] : undefined;
    if (known === undefined) listener.note(`The entity &${name}; is left as it is written.`);
    return known ?? written;
  });
}

function characterOf(number: string): string | undefined {
  const code = /^x/iu.test(number) ? Number.parseInt(number.slice(1), 16) : Number(number);
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : String.fromCodePoint(code);
}
