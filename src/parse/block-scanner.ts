import { BlockTape, kindNumber, mark } from "./block-tape.ts";
import { ContainerStack } from "./container-stack.ts";
import { frontMatterEnd } from "./front-matter.ts";
import { codeIndent, LeafBuilder, leafState } from "./leaf-builder.ts";
import { atxLevel, BreakReader } from "./leaf-starts.ts";
import { LineCursor } from "./line-cursor.ts";
import { MarkerReader } from "./list-marker.ts";

const byteOrderMark = 0xfeff;
const greaterThan = 62;
const hash = 35;
/** Signs of ASCII that begin nothing but text: letters, `@`, quotes, an opening parenthesis. */
const plainSigns = Uint8Array.from({ length: 128 }, (_, code) =>
  /[A-Za-z@"'(]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * Scans a document line by line into a tape of blocks. Each line passes three gates: which open containers it
 * continues, which it opens, and which leaf the rest of it continues or starts.
 */
export class BlockScanner {
  readonly tape: BlockTape;
  readonly #text: string;
  readonly #line: LineCursor;
  readonly #leaf: LeafBuilder;
  readonly #marker: MarkerReader;
  readonly #stack = new ContainerStack();
  /** All lines end with a line feed alone. */
  readonly #feedsOnly: boolean;
  /** Whether the line before was blank, where it ended, and how many quotes it was in. */
  #blankSeen = false;
  #blankEnd = 0;
  #blankQuotes = 0;

  /** With a tape of its own, or on one whose blocks nobody needs any more. */
  constructor(text: string, tape: BlockTape = new BlockTape(text.length)) {
    const breaks = new BreakReader();
    this.#text = text;
    this.#feedsOnly = !text.includes("\r");
    this.tape = tape;
    tape.clear();
    this.tape.push(kindNumber.document, 0, -1);
    this.#line = new LineCursor(text, this.#skipFrontMatter());
    this.#leaf = new LeafBuilder(text, this.tape, this.#line, breaks);
    this.#marker = new MarkerReader(breaks);
  }

  /** Scans the whole document. */
  scan(): BlockTape {
    const line = this.#line;
    this.#passPlain();
    while (line.advance()) {
      this.#scanLine();
      this.#passPlain();
    }
    this.#clear(0);
    this.tape.close(0, this.#text.length);
    return this.tape;
  }

  /**
   * Passes lines as most are outside of containers: blank ones, headings, and text that begins with a plain sign. Why: none of them
   * needs what the gates are for.
   */
  #passPlain(): void {
    const leaf = this.#leaf;
    const text = this.#text;
    if (!this.#feedsOnly || this.#stack.depth > 0 || leaf.state > leafState.paragraph) return;
    let start = this.#line.after;
    for (let end = start; start < text.length; start = end + 1) {
      end = text.indexOf("\n", start);
      if (end < 0) end = text.length;
      const code = text.charCodeAt(start);
      const level = code === hash ? atxLevel(text, start, end) : 0;
      if (end === start) leaf.close();
      else if (level > 0) leaf.takeHeading(level, start, end);
      else if (code >= 128 || plainSigns[code] === 1) leaf.takeText(start, end);
      else break;
      this.#blankSeen = end === start;
      this.#blankEnd = end;
      this.#blankQuotes = 0;
    }
    this.#line.after = start;
  }

  #skipFrontMatter(): number {
    const start = this.#text.charCodeAt(0) === byteOrderMark ? 1 : 0;
    const end = frontMatterEnd(this.#text, start);
    if (end < 0) return start;
    this.tape.close(this.tape.push(kindNumber["front-matter"], start, 0), end);
    return end;
  }

  #scanLine(): void {
    const stack = this.#stack;
    const leaf = this.#leaf;
    const matched = this.#matchContainers();
    if (leaf.concrete && matched === stack.depth && leaf.continueConcrete()) {
      this.#raise(leaf.end);
      this.#blankSeen = false;
      return;
    }
    const opened = this.#openContainers(matched);
    const lazy = !opened && matched < stack.depth;
    if (this.#line.blank) {
      if (opened) this.#blankSeen = false;
      else this.#passBlank(matched, lazy);
      return;
    }
    if (opened || !leaf.continue(lazy)) {
      const lazyAfterTable = lazy && leaf.state === leafState.table;
      leaf.close();
      if (lazy) this.#closeContainers(matched);
      leaf.start(this.#holder(), lazyAfterTable);
    }
    this.#raise(leaf.end);
    this.#blankSeen = false;
  }

  /** Eats the prefixes of open containers; returns how many of them go on. */
  #matchContainers(): number {
    const stack = this.#stack;
    const line = this.#line;
    const depth = stack.depth;
    for (let level = 0; level < depth; level++) {
      if (stack.isQuote(level)) {
        if (line.indent >= codeIndent || line.code !== greaterThan) return level;
        this.#eatQuoteMarker();
        stack.ends[level] = line.end;
        continue;
      }
      const size = stack.sizes[level] ?? 0;
      if (line.blank) {
        line.eatColumns(size);
        // Why: a blank line of no columns continues all items up to the next quote; asking each would be quadratic.
        if (line.indent === 0) return stack.quoteDepths[stack.quotesAt(level)] ?? depth;
        continue;
      }
      if (line.indent < size || stack.emptiness[level] === 2) return level;
      stack.emptiness[level] = 0;
      line.eatColumns(size);
    }
    return depth;
  }

  #eatQuoteMarker(): void {
    const line = this.#line;
    line.eat(line.next + 1, line.nextColumn + 1);
    line.eatColumns(1);
  }

  /** Opens the containers that start on this line; true when there is one. */
  #openContainers(matched: number): boolean {
    const line = this.#line;
    const interrupts = matched === this.#stack.depth && this.#leaf.state === leafState.paragraph;
    let opened = false;
    while (line.indent < codeIndent) {
      const code = line.code;
      if (code === greaterThan) {
        if (!opened) this.#clear(matched);
        this.#openQuote();
      } else if (code !== -1 && this.#marker.read(this.#text, line.next, line.end, interrupts && !opened)) {
        if (!opened && this.#stack.markers[matched] === this.#marker.sign) this.#openSibling(matched);
        else {
          if (!opened) this.#clear(matched);
          this.#openList();
        }
      } else break;
      opened = true;
    }
    return opened;
  }

  /** Closes the leaf and all containers from `depth` on. */
  #clear(depth: number): void {
    this.#leaf.close();
    this.#closeContainers(depth);
  }

  #openQuote(): void {
    const line = this.#line;
    const block = this.tape.push(kindNumber.quote, line.next, this.#holder());
    this.#eatQuoteMarker();
    this.#stack.pushQuote(block, line.end);
  }

  #openList(): void {
    const { tape } = this;
    const { number, sign } = this.#marker;
    const list = tape.push(kindNumber.list, this.#line.next, this.#holder());
    tape.setFact(list, number);
    if (number >= 0) tape.add(list, mark.ordered);
    this.#stack.pushItem(list, sign);
    this.#startItem(this.#stack.depth - 1);
  }

  #openSibling(level: number): void {
    const stack = this.#stack;
    this.#clear(level + 1);
    if (this.#blankSeen && this.#blankQuotes === stack.quotesAt(level)) {
      this.tape.add(stack.lists[level] ?? 0, mark.loose);
    }
    this.tape.close(stack.blocks[level] ?? 0, stack.ends[level] ?? 0);
    this.#startItem(level);
  }

  /** Starts an item of the list at `level` with the marker just read, and eats the marker. */
  #startItem(level: number): void {
    const line = this.#line;
    const { end } = this.#marker;
    const item = this.tape.push(kindNumber.item, line.next, this.#stack.lists[level] ?? 0);
    this.tape.setFact(item, end);
    const width = line.indent + end - line.next;
    line.eat(end, line.nextColumn + end - line.next);
    const padding = line.blank || line.indent > codeIndent ? 1 : line.indent;
    line.eatColumns(padding);
    this.#stack.startItem(level, item, width + padding, line.end, line.blank);
  }

  /** The innermost container, about to get a block; a blank line between two blocks of an item makes its list loose. */
  #holder(): number {
    const stack = this.#stack;
    const level = stack.depth - 1;
    if (level < 0) return 0;
    const list = stack.lists[level] ?? -1;
    if (this.#blankSeen && list >= 0 && stack.filled[level] && this.#blankQuotes === stack.quotesAt(level)) {
      this.tape.add(list, mark.loose);
    }
    stack.filled[level] = true;
    return stack.blocks[level] ?? 0;
  }

  #passBlank(matched: number, lazy: boolean): void {
    const stack = this.#stack;
    this.#leaf.passBlank(lazy);
    this.#raise(this.#leaf.end);
    if (lazy) this.#closeContainers(matched);
    const level = stack.depth - 1;
    if (stack.emptiness[level] === 1) stack.emptiness[level] = 2;
    this.#blankSeen = true;
    this.#blankEnd = this.#line.end;
    this.#blankQuotes = stack.quotesAt(level);
  }

  #closeContainers(depth: number): void {
    const stack = this.#stack;
    for (let level = stack.depth - 1; level >= depth; level--) {
      let end = stack.ends[level] ?? 0;
      const list = stack.lists[level] ?? -1;
      this.tape.close(stack.blocks[level] ?? 0, end);
      if (list >= 0) {
        // Why: a list in a quote reaches to the quote's last blank line, as in micromark.
        const quotes = stack.quotesAt(level);
        if (this.#blankSeen && quotes > 0 && this.#blankQuotes >= quotes) end = Math.max(end, this.#blankEnd);
        this.tape.close(list, end);
      }
      stack.pop();
      this.#raise(end);
    }
  }

  /** The innermost container reaches to `end` at least. */
  #raise(end: number): void {
    const { ends } = this.#stack;
    const level = ends.length - 1;
    if (level >= 0 && (ends[level] ?? 0) < end) ends[level] = end;
  }
}
