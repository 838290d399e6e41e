import { type BlockTape, kindNumber, mark } from "./block-tape.ts";
import { DefinitionReader } from "./definitions.ts";
import { htmlEnds, htmlSearchStart, htmlStart, htmlType } from "./html-blocks.ts";
import { atxLevel, type BreakReader, closesFence, fenceLength, isFenceMarker, setextLevel } from "./leaf-starts.ts";
import type { LineCursor } from "./line-cursor.ts";
import { delimiterColumns, headerColumns, pushRow } from "./table-rows.ts";

/** What the last line left open. From `fence` on a leaf is concrete: no container can start inside it. */
export const leafState = { none: 0, paragraph: 1, code: 2, table: 3, fence: 4, html: 5 } as const;
type LeafState = (typeof leafState)[keyof typeof leafState];

const lessThan = 60;
const hash = 35;
const tilde = 126;
const openBracket = 91;

/** Columns of blanks that make a line code. */
export const codeIndent = 4;

/** The leaf that is being built: what of the rest of a line it takes, and what it becomes. */
export class LeafBuilder {
  /** What is open. */
  state: LeafState = leafState.none;
  /** End of the last line the leaf took. */
  end = 0;
  readonly #text: string;
  readonly #tape: BlockTape;
  readonly #line: LineCursor;
  readonly #breaks: BreakReader;
  readonly #definitions: DefinitionReader;
  /** Number of the leaf on the tape. */
  #block = 0;
  /** Whether the paragraph's last line may be the header row of a table. */
  #headable = false;
  #fenceIndent = 0;
  #fenceLength = 0;
  #fenceMarker = 0;
  #htmlType = 0;

  constructor(text: string, tape: BlockTape, line: LineCursor, breaks: BreakReader) {
    this.#text = text;
    this.#tape = tape;
    this.#line = line;
    this.#breaks = breaks;
    this.#definitions = new DefinitionReader(text, tape);
  }

  get concrete(): boolean {
    return this.state >= leafState.fence;
  }

  /** Starts the leaf that the rest of the line is, under the block `parent`. After a table a lazy line is no header row. */
  start(parent: number, lazyAfterTable: boolean): void {
    const line = this.#line;
    const { code, next, end } = line;
    const text = this.#text;
    this.end = end;
    if (line.indent >= codeIndent) return this.#startCode(parent);
    if (code === hash) {
      const level = atxLevel(text, next, end);
      if (level > 0) return this.#add(kindNumber.heading, level, parent);
    } else if (code === lessThan) {
      const type = htmlStart(text, next, end, false);
      if (type !== htmlType.none) return this.#startHtml(type, parent);
    } else if (isFenceMarker(code)) {
      const length = fenceLength(text, next, end);
      if (length > 0) return this.#startFence(length, parent);
    } else if (isBreakMarker(code) && this.#breaks.test(text, next, end)) {
      return this.#add(kindNumber["thematic-break"], 0, parent);
    }
    this.#startParagraph(parent, !lazyAfterTable);
  }

  /** Takes a line of text that begins with a plain sign, outside of containers and of all leaves but a paragraph. */
  takeText(start: number, end: number): void {
    if (this.state === leafState.none) {
      this.#block = this.#tape.push(kindNumber.paragraph, start, 0);
      this.state = leafState.paragraph;
    }
    this.#headable = true;
    this.#tape.addLine(this.#block, start, end);
    this.end = end;
  }

  /** Takes a heading that begins its line, outside of containers and of all leaves but a paragraph. */
  takeHeading(level: number, start: number, end: number): void {
    this.close();
    const block = this.#tape.push(kindNumber.heading, start, 0);
    this.#tape.setFact(block, level);
    this.#tape.close(block, end);
    this.end = end;
  }

  /** Goes on with an open fence or HTML block; false when a blank line ends it before. */
  continueConcrete(): boolean {
    const line = this.#line;
    if (this.state === leafState.html) return this.#continueHtml();
    if (line.indent < codeIndent && line.code === this.#fenceMarker && this.#closesFence()) {
      this.end = line.end;
      this.#tape.add(this.#block, mark.closed);
      this.close();
      return true;
    }
    if (this.#isNoLine()) return true;
    line.eatColumns(this.#fenceIndent);
    this.#pushLine();
    return true;
  }

  /** Goes on with an open leaf that is not concrete, on a line that is not blank; false when the line is none of its. */
  continue(lazy: boolean): boolean {
    switch (this.state) {
      case leafState.paragraph:
        return this.#continueParagraph(lazy);
      case leafState.code:
        return !lazy && this.#continueCode();
      case leafState.table:
        return !lazy && this.#continueTable();
      default:
        return false;
    }
  }

  /** A blank line: it may belong to indented code, and ends all else. */
  passBlank(lazy: boolean): void {
    if (this.state === leafState.code && !lazy) this.#continueCode();
    else this.close();
  }

  close(): void {
    if (this.state === leafState.none) return;
    const block = this.state === leafState.paragraph ? this.#resolveDefinitions() : this.#block;
    if (block >= 0) this.#tape.close(block, this.end);
    this.state = leafState.none;
  }

  #continueHtml(): boolean {
    const line = this.#line;
    if (line.blank && this.#htmlType >= htmlType.basic) {
      this.close();
      return false;
    }
    if (this.#isNoLine()) return true;
    this.#pushLine();
    if (htmlEnds(this.#htmlType, this.#text, line.next, line.end)) this.close();
    return true;
  }

  #closesFence(): boolean {
    const line = this.#line;
    return closesFence(this.#text, line.next, line.end, this.#fenceMarker, this.#fenceLength);
  }

  /** Why: a last line of nothing but container markers, with no line end, is no line; so says micromark. */
  #isNoLine(): boolean {
    return this.#line.end === this.#text.length && this.#line.offset() === this.#text.length;
  }

  /** Puts what is left of the line on the tape, with its leading blanks. */
  #pushLine(): void {
    const line = this.#line;
    const offset = line.offset();
    this.#tape.pushLine(offset, line.end, line.padding);
    this.#coverLines(line.end);
  }

  #coverLines(end: number): void {
    const first = this.#tape.firstLine(this.#block);
    this.#tape.setLines(this.#block, first, this.#tape.lineSize - first);
    this.end = end;
  }

  #continueCode(): boolean {
    const line = this.#line;
    if (line.indent >= codeIndent) {
      line.eatColumns(codeIndent);
      this.#pushLine();
      return true;
    }
    if (!line.blank) return false;
    this.#tape.pushLine(line.end, line.end, 0);
    return true;
  }

  #continueTable(): boolean {
    const line = this.#line;
    if (line.indent >= codeIndent || this.#startsLeaf(false)) return false;
    pushRow(this.#tape, this.#text, this.#block, line.next, line.end, false);
    this.end = line.end;
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
    this.#tape.pushLine(line.next, line.end, 0);
    this.#coverLines(line.end);
    return true;
  }

  /** Turns the paragraph, its last line a header row and this line the delimiter row, into a table. */
  #makeTable(): boolean {
    const tape = this.#tape;
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
      this.end = tape.lineEnd(head - 1);
      this.close();
    }
    this.#block = tape.push(kindNumber.table, start, parent);
    this.state = leafState.table;
    pushRow(tape, this.#text, this.#block, start, end, true);
    this.end = line.end;
    return true;
  }

  /** Turns the paragraph into a setext heading; false when it holds nothing but definitions. */
  #makeHeading(level: number): boolean {
    const tape = this.#tape;
    const block = this.#resolveDefinitions();
    this.state = leafState.none;
    if (block < 0) return false;
    tape.setKind(block, kindNumber.heading);
    tape.setFact(block, level);
    tape.add(block, mark.setext);
    this.end = this.#line.end;
    tape.close(block, this.end);
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

  /** Adds a leaf of one line. */
  #add(kind: number, fact: number, parent: number): void {
    const line = this.#line;
    const block = this.#tape.push(kind, line.next, parent);
    this.#tape.setFact(block, fact);
    this.#tape.close(block, line.end);
  }

  #startCode(parent: number): void {
    const line = this.#line;
    this.#block = this.#tape.push(kindNumber["indented-code"], line.offset(), parent);
    this.state = leafState.code;
    line.eatColumns(codeIndent);
    this.#pushLine();
  }

  #startHtml(type: number, parent: number): void {
    const line = this.#line;
    this.#block = this.#tape.push(kindNumber.html, line.offset(), parent);
    this.state = leafState.html;
    this.#htmlType = type;
    this.#pushLine();
    if (htmlEnds(type, this.#text, htmlSearchStart(type, line.next), line.end)) this.close();
  }

  #startFence(length: number, parent: number): void {
    const line = this.#line;
    this.#block = this.#tape.push(kindNumber.fence, line.next, parent);
    this.state = leafState.fence;
    this.#fenceIndent = line.indent;
    this.#fenceLength = length;
    this.#fenceMarker = line.code;
    if (line.code === tilde) this.#tape.add(this.#block, mark.tilde);
  }

  #startParagraph(parent: number, headable: boolean): void {
    const line = this.#line;
    this.#block = this.#tape.push(kindNumber.paragraph, line.next, parent);
    this.state = leafState.paragraph;
    this.#headable = headable;
    this.#tape.pushLine(line.next, line.end, 0);
    this.#coverLines(line.end);
  }

  /** Splits the definitions off the paragraph's start; returns the number of what is left, -1 for nothing. */
  #resolveDefinitions(): number {
    const tape = this.#tape;
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
