import { BlockTape, kindNumber, mark } from "./block-tape.ts";
import { ContainerStack } from "./container-stack.ts";
import { DefinitionReader } from "./definitions.ts";
import { frontMatterEnd } from "./front-matter.ts";
import { htmlEnds, htmlSearchStart, htmlStart, htmlType } from "./html-blocks.ts";
import { atxLevel, BreakReader, closesFence, fenceLength, isFenceMarker, setextLevel } from "./leaf-starts.ts";
import { LineCursor } from "./line-cursor.ts";
import { MarkerReader } from "./list-marker.ts";
import { delimiterColumns, headerColumns, pushRow } from "./table-rows.ts";

/** What the last line left open. */
const leaf = { none: 0, paragraph: 1, code: 2, table: 3, fence: 4, html: 5 } as const;
type Leaf = (typeof leaf)[keyof typeof leaf];

const byteOrderMark = 0xfeff;
const greaterThan = 62;
const lessThan = 60;
const hash = 35;
const tilde = 126;
const openBracket = 91;
const codeIndent = 4;

/**
 * Scans a document line by line into a tape of blocks. Each line passes three gates: which open containers it
 * continues, which it opens, and which leaf the rest of it continues or starts.
 */
export class BlockScanner {
  readonly tape: BlockTape;
  readonly #text: string;
  readonly #line: LineCursor;
  readonly #stack = new ContainerStack();
  readonly #breaks = new BreakReader();
  readonly #marker = new MarkerReader(this.#breaks);
  readonly #definitions: DefinitionReader;
  #leaf: Leaf = leaf.none;
  /** Number of the open leaf on the tape. */
  #block = 0;
  /** End of the open leaf's last line. */
  #end = 0;
  /** Whether the paragraph's last line may be the header row of a table. */
  #headable = false;
  #fenceIndent = 0;
  #fenceLength = 0;
  #fenceMarker = 0;
  #htmlType = 0;
  /** Whether the line before was blank, where it ended, and how many quotes it was in. */
  #blankSeen = false;
  #blankEnd = 0;
  #blankQuotes = 0;

  constructor(text: string) {
    this.#text = text;
    this.tape = new BlockTape(text.length);
    this.tape.push(kindNumber.document, 0, -1);
    this.#definitions = new DefinitionReader(text, this.tape);
    this.#line = new LineCursor(text, this.#skipFrontMatter());
  }

  /** Scans the whole document. */
  scan(): BlockTape {
    const line = this.#line;
    while (line.advance()) this.#scanLine();
    this.#closeLeaf();
    this.#closeContainers(0);
    this.tape.close(0, this.#text.length);
    return this.tape;
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
    const matched = this.#matchContainers();
    if (this.#leaf >= leaf.fence && matched === stack.depth && this.#continueConcrete()) return;
    const opened = this.#openContainers(matched);
    const lazy = !opened && matched < stack.depth;
    if (this.#line.blank) {
      this.#passBlank(matched, opened, lazy);
      return;
    }
    if (opened || !this.#continueLeaf(lazy)) {
      const afterTable = lazy && this.#leaf === leaf.table;
      this.#closeLeaf();
      if (lazy) this.#closeContainers(matched);
      this.#startLeaf();
      if (afterTable) this.#headable = false;
    }
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
    const interrupts = matched === this.#stack.depth && (this.#leaf === leaf.paragraph || this.#leaf === leaf.code);
    let opened = false;
    while (line.indent < codeIndent) {
      const code = line.code;
      if (code === greaterThan) {
        if (!opened) this.#clear(matched);
        this.#openQuote();
      } else if (code !== -1 && this.#marker.read(this.#text, line.next, line.end, interrupts)) {
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
    this.#closeLeaf();
    this.#closeContainers(depth);
  }

  #openQuote(): void {
    const line = this.#line;
    const block = this.#attach(kindNumber.quote, line.next);
    this.#eatQuoteMarker();
    this.#stack.pushQuote(block, line.end);
  }

  #openList(): void {
    const { tape } = this;
    const start = this.#line.next;
    const { number, sign } = this.#marker;
    const list = this.#attach(kindNumber.list, start);
    tape.setFact(list, number);
    if (number >= 0) tape.add(list, mark.ordered);
    this.#stack.pushItem(0, list, sign, 0, 0);
    this.#startItem(this.#stack.depth - 1);
  }

  #openSibling(level: number): void {
    const stack = this.#stack;
    this.#clear(level + 1);
    const list = stack.lists[level] ?? 0;
    if (this.#blankSeen && this.#blankQuotes === stack.quotesAt(level)) this.tape.add(list, mark.loose);
    this.tape.close(stack.blocks[level] ?? 0, stack.ends[level] ?? 0);
    this.#startItem(level);
  }

  /** Starts an item of the list at `level` with the marker just read, and eats the marker. */
  #startItem(level: number): void {
    const line = this.#line;
    const stack = this.#stack;
    const { end } = this.#marker;
    const item = this.tape.push(kindNumber.item, line.next, stack.lists[level] ?? 0);
    this.tape.setFact(item, end);
    const size = line.indent + end - line.next;
    line.eat(end, line.nextColumn + end - line.next);
    const padding = line.blank || line.indent > codeIndent ? 1 : line.indent;
    stack.blocks[level] = item;
    stack.sizes[level] = size + padding;
    stack.ends[level] = line.end;
    stack.filled[level] = false;
    stack.emptiness[level] = line.blank ? 1 : 0;
    line.eatColumns(padding);
  }

  /** Adds a block to the innermost container; a blank line between two blocks of an item makes its list loose. */
  #attach(kind: number, start: number): number {
    const stack = this.#stack;
    const level = stack.depth - 1;
    if (level < 0) return this.tape.push(kind, start, 0);
    const list = stack.lists[level] ?? -1;
    if (this.#blankSeen && list >= 0 && stack.filled[level] && this.#blankQuotes === stack.quotesAt(level)) {
      this.tape.add(list, mark.loose);
    }
    stack.filled[level] = true;
    return this.tape.push(kind, start, stack.holder);
  }

  #passBlank(matched: number, opened: boolean, lazy: boolean): void {
    const stack = this.#stack;
    const line = this.#line;
    if (opened) {
      this.#blankSeen = false;
      return;
    }
    if (this.#leaf === leaf.code && !lazy) this.#continueCode();
    else this.#closeLeaf();
    if (lazy) this.#closeContainers(matched);
    const level = stack.depth - 1;
    if (stack.emptiness[level] === 1) stack.emptiness[level] = 2;
    this.#blankSeen = true;
    this.#blankEnd = line.end;
    this.#blankQuotes = stack.quotesAt(level);
  }

  #closeContainers(depth: number): void {
    const stack = this.#stack;
    while (stack.depth > depth) {
      const level = stack.depth - 1;
      let end = stack.ends[level] ?? 0;
      const list = stack.lists[level] ?? -1;
      this.tape.close(stack.holder, end);
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

  #raise(end: number): void {
    const { ends } = this.#stack;
    const level = ends.length - 1;
    if (level >= 0 && (ends[level] ?? 0) < end) ends[level] = end;
  }

  /** Goes on with an open fence or HTML block; false when a blank line ends it before. */
  #continueConcrete(): boolean {
    const line = this.#line;
    this.#blankSeen = false;
    if (this.#leaf === leaf.html) {
      if (line.blank && this.#htmlType >= htmlType.basic) {
        this.#closeLeaf();
        return false;
      }
      this.#pushLine();
      if (htmlEnds(this.#htmlType, this.#text, line.next, line.end)) this.#closeLeaf();
      return true;
    }
    if (line.indent < codeIndent && line.code === this.#fenceMarker && this.#closesFence()) {
      this.#end = line.end;
      this.tape.add(this.#block, mark.closed);
      this.#closeLeaf();
      return true;
    }
    line.eatColumns(this.#fenceIndent);
    this.#pushLine();
    return true;
  }

  #closesFence(): boolean {
    const line = this.#line;
    return closesFence(this.#text, line.next, line.end, this.#fenceMarker, this.#fenceLength);
  }

  /** Puts what is left of the line on the tape, with its leading blanks. */
  #pushLine(): void {
    const line = this.#line;
    const offset = line.offset();
    // Why: a last line of nothing but container markers, with no line end, is no line; so says micromark.
    if (offset === this.#text.length) return;
    this.tape.pushLine(offset, line.end, line.padding);
    this.#coverLines(line.end);
  }

  #coverLines(end: number): void {
    const first = this.tape.firstLine(this.#block);
    this.tape.setLines(this.#block, first, this.tape.lineSize - first);
    this.#end = end;
  }

  #continueLeaf(lazy: boolean): boolean {
    switch (this.#leaf) {
      case leaf.paragraph:
        return this.#continueParagraph(lazy);
      case leaf.code:
        return !lazy && this.#continueCode();
      case leaf.table:
        return !lazy && this.#continueTable();
      default:
        return false;
    }
  }

  #continueCode(): boolean {
    const line = this.#line;
    if (line.indent >= codeIndent) {
      line.eatColumns(codeIndent);
      this.#pushLine();
      return true;
    }
    if (!line.blank) return false;
    this.tape.pushLine(line.end, line.end, 0);
    return true;
  }

  #continueTable(): boolean {
    const line = this.#line;
    if (line.indent >= codeIndent || this.#startsLeaf(false)) return false;
    pushRow(this.tape, this.#text, this.#block, line.next, line.end, false);
    this.#end = line.end;
    return true;
  }

  #continueParagraph(lazy: boolean): boolean {
    const line = this.#line;
    if (line.indent < codeIndent) {
      if (!lazy && this.#headable && this.#makeTable()) return true;
      if (!lazy) {
        const level = setextLevel(this.#text, line.next, line.end);
        if (level > 0) return this.#makeHeading(level);
      }
      if (this.#startsLeaf(true)) return false;
    }
    this.#headable = line.indent < codeIndent;
    this.tape.pushLine(line.next, line.end, 0);
    this.#coverLines(line.end);
    return true;
  }

  /** Turns the paragraph, its last line a header row and this line the delimiter row, into a table. */
  #makeTable(): boolean {
    const { tape } = this;
    const line = this.#line;
    const columns = delimiterColumns(this.#text, line.next, line.end);
    if (columns === 0) return false;
    const head = tape.lineSize - 1;
    const start = tape.lineStart(head);
    const end = tape.lineEnd(head);
    if (headerColumns(this.#text, start, end) !== columns) return false;
    const parent = tape.parent(this.#block);
    const first = tape.firstLine(this.#block);
    if (first === head) tape.truncate(this.#block);
    else {
      tape.setLines(this.#block, first, head - first);
      this.#end = tape.lineEnd(head - 1);
      this.#closeLeaf();
    }
    this.#block = tape.push(kindNumber.table, start, parent);
    this.#leaf = leaf.table;
    pushRow(tape, this.#text, this.#block, start, end, true);
    this.#end = line.end;
    return true;
  }

  /** Turns the paragraph into a setext heading; false when it holds nothing but definitions. */
  #makeHeading(level: number): boolean {
    const { tape } = this;
    const block = this.#resolveDefinitions();
    if (block < 0) {
      this.#leaf = leaf.none;
      return false;
    }
    tape.setKind(block, kindNumber.heading);
    tape.setFact(block, level);
    tape.add(block, mark.setext);
    this.#end = this.#line.end;
    this.#block = block;
    this.#leaf = leaf.fence;
    this.#closeLeaf();
    return true;
  }

  /** Whether a leaf other than a paragraph, table or indented code starts here. */
  #startsLeaf(interrupts: boolean): boolean {
    const line = this.#line;
    const text = this.#text;
    const { code, next, end } = line;
    if (code === hash) return atxLevel(text, next, end) > 0;
    if (code === lessThan) return htmlStart(text, next, end, interrupts) !== htmlType.none;
    if (isFenceMarker(code)) return fenceLength(text, next, end) > 0;
    return isBreakMarker(code) && this.#breaks.test(text, next, end);
  }

  #startLeaf(): void {
    const line = this.#line;
    if (line.indent >= codeIndent) {
      this.#startCode();
      return;
    }
    const { code, next, end } = line;
    const text = this.#text;
    if (code === hash) {
      const level = atxLevel(text, next, end);
      if (level > 0) return this.#addHeading(level);
    } else if (code === lessThan) {
      const type = htmlStart(text, next, end, false);
      if (type !== htmlType.none) return this.#startHtml(type);
    } else if (isFenceMarker(code)) {
      const length = fenceLength(text, next, end);
      if (length > 0) return this.#startFence(length);
    } else if (isBreakMarker(code) && this.#breaks.test(text, next, end)) {
      return this.#addLeaf(kindNumber["thematic-break"], 0);
    }
    this.#startParagraph();
  }

  #addHeading(level: number): void {
    this.#addLeaf(kindNumber.heading, level);
  }

  /** Adds a leaf of one line. */
  #addLeaf(kind: number, fact: number): void {
    const line = this.#line;
    const block = this.#attach(kind, line.next);
    this.tape.setFact(block, fact);
    this.tape.close(block, line.end);
    this.#raise(line.end);
  }

  #startCode(): void {
    const line = this.#line;
    this.#block = this.#attach(kindNumber["indented-code"], line.offset());
    this.#leaf = leaf.code;
    line.eatColumns(codeIndent);
    this.#pushLine();
  }

  #startHtml(type: number): void {
    const line = this.#line;
    this.#block = this.#attach(kindNumber.html, line.offset());
    this.#leaf = leaf.html;
    this.#htmlType = type;
    this.#pushLine();
    if (htmlEnds(type, this.#text, htmlSearchStart(type, line.next), line.end)) this.#closeLeaf();
  }

  #startFence(length: number): void {
    const line = this.#line;
    this.#block = this.#attach(kindNumber.fence, line.next);
    this.#leaf = leaf.fence;
    this.#end = line.end;
    this.#fenceIndent = line.indent;
    this.#fenceLength = length;
    this.#fenceMarker = line.code;
    if (line.code === tilde) this.tape.add(this.#block, mark.tilde);
  }

  #startParagraph(): void {
    const line = this.#line;
    this.#block = this.#attach(kindNumber.paragraph, line.next);
    this.#leaf = leaf.paragraph;
    this.#headable = true;
    this.tape.pushLine(line.next, line.end, 0);
    this.#coverLines(line.end);
  }

  #closeLeaf(): void {
    if (this.#leaf === leaf.none) return;
    const block = this.#leaf === leaf.paragraph ? this.#resolveDefinitions() : this.#block;
    if (block >= 0) this.tape.close(block, this.#end);
    this.#raise(this.#end);
    this.#leaf = leaf.none;
  }

  /** Splits the definitions off the paragraph's start; returns the number of what is left, -1 for nothing. */
  #resolveDefinitions(): number {
    const { tape } = this;
    const block = this.#block;
    if (this.#text.charCodeAt(tape.start(block)) !== openBracket) return block;
    let first = tape.firstLine(block);
    const end = first + tape.lineCount(block);
    const definitions = this.#definitions;
    if (!definitions.read(first, end)) return block;
    const parent = tape.parent(block);
    tape.truncate(block);
    do {
      const definition = tape.push(kindNumber.definition, tape.lineStart(first), parent);
      first = definitions.line;
      tape.close(definition, tape.lineEnd(first - 1));
    } while (first < end && definitions.read(first, end));
    if (first === end) return -1;
    const rest = tape.push(kindNumber.paragraph, tape.lineStart(first), parent);
    tape.setLines(rest, first, end - first);
    return rest;
  }
}

function isBreakMarker(code: number): boolean {
  return code === 42 || code === 45 || code === 95;
}
