import type { BlockKind } from "./block.ts";
import { blockKinds } from "./block.ts";

/** Numbers of block kinds, as they stand on the tape. */
export const kindNumber: Readonly<Record<BlockKind, number>> = Object.fromEntries(
  blockKinds.map((kind, number) => [kind, number]),
) as Record<BlockKind, number>;

/** Marks a block carries on the tape besides its kind. */
export const mark = { setext: 1, closed: 2, tilde: 4, ordered: 8, loose: 16, header: 32 } as const;

/** Numbers in one block's row. */
export const blockWidth = 8;

/**
 * Columns of one block on the tape: the kind in the lowest eight bits of the head, marks above them. `first` and `count` name its lines;
 * `fact` is the level, number or place its kind needs.
 */
export const blockColumn = { head: 0, start: 1, end: 2, parent: 3, skip: 4, fact: 5, first: 6, count: 7 } as const;

/** The blocks of a document in preorder and the lines of their text, as flat numbers: what scanning writes and views read. */
export class BlockTape {
  /** `blockWidth` numbers a block. Why: open to who reads all of it, as code that was not compiled yet pays for each call. */
  cells: Int32Array;
  /** Two numbers a line: its start times four with the padding added, and its end. */
  lines: Uint32Array;
  #size = 0;
  #lineSize = 0;

  constructor(length: number) {
    this.cells = new Int32Array(blockWidth * Math.max(16, length >> 5));
    this.lines = new Uint32Array(2 * Math.max(16, length >> 5));
  }

  /** Forgets everything, to be written anew. */
  clear(): void {
    this.#size = 0;
    this.#lineSize = 0;
  }

  /** Number of blocks. */
  get size(): number {
    return this.#size;
  }

  /** Number of text lines kept. */
  get lineSize(): number {
    return this.#lineSize;
  }

  /** Adds a block that starts at `start`, and returns its number. Its end and skip are set when it closes. */
  push(kind: number, start: number, parent: number): number {
    const at = this.#size * blockWidth;
    if (at === this.cells.length) {
      const grown = new Int32Array(this.cells.length * 2);
      grown.set(this.cells);
      this.cells = grown;
    }
    const cells = this.cells;
    cells[at] = kind;
    cells[at + blockColumn.start] = start;
    cells[at + blockColumn.end] = start;
    cells[at + blockColumn.parent] = parent;
    cells[at + blockColumn.skip] = this.#size + 1;
    cells[at + blockColumn.fact] = 0;
    cells[at + blockColumn.first] = this.#lineSize;
    cells[at + blockColumn.count] = 0;
    return this.#size++;
  }

  /** Forgets all blocks from `size` on. */
  truncate(size: number): void {
    this.#size = size;
  }

  /** Adds a line of the last block: `padding` blanks left of a tab cut in two, then the text from `start` to `end`. */
  pushLine(start: number, end: number, padding: number): void {
    const at = this.#lineSize * 2;
    if (at === this.lines.length) {
      const grown = new Uint32Array(this.lines.length * 2);
      grown.set(this.lines);
      this.lines = grown;
    }
    this.lines[at] = start * 4 + padding;
    this.lines[at + 1] = end;
    this.#lineSize++;
  }

  /** Adds a line without padding to a block that holds lines alone, the last of the tape. */
  addLine(block: number, start: number, end: number): void {
    this.pushLine(start, end, 0);
    const at = block * blockWidth + blockColumn.count;
    this.cells[at] = (this.cells[at] as number) + 1;
  }

  kind(block: number): number {
    return this.#cell(block, blockColumn.head) & 0xff;
  }

  setKind(block: number, kind: number): void {
    const at = block * blockWidth;
    this.cells[at] = ((this.cells[at] ?? 0) & ~0xff) | kind;
  }

  has(block: number, bit: number): boolean {
    return ((this.#cell(block, blockColumn.head) >> 8) & bit) !== 0;
  }

  add(block: number, bit: number): void {
    const at = block * blockWidth;
    this.cells[at] = (this.cells[at] ?? 0) | (bit << 8);
  }

  start(block: number): number {
    return this.#cell(block, blockColumn.start);
  }

  end(block: number): number {
    return this.#cell(block, blockColumn.end);
  }

  /** Closes a block: its end, and the number of the block after all it holds. */
  close(block: number, end: number): void {
    const at = block * blockWidth;
    this.cells[at + blockColumn.end] = end;
    this.cells[at + blockColumn.skip] = this.#size;
  }

  parent(block: number): number {
    return this.#cell(block, blockColumn.parent);
  }

  /** The number of the block after this one and all it holds. */
  skip(block: number): number {
    return this.#cell(block, blockColumn.skip);
  }

  fact(block: number): number {
    return this.#cell(block, blockColumn.fact);
  }

  setFact(block: number, fact: number): void {
    this.cells[block * blockWidth + blockColumn.fact] = fact;
  }

  /** For a table cell: the span of its content. */
  setContent(block: number, start: number, end: number): void {
    this.cells[block * blockWidth + blockColumn.first] = start;
    this.cells[block * blockWidth + blockColumn.count] = end;
  }

  firstLine(block: number): number {
    return this.#cell(block, blockColumn.first);
  }

  lineCount(block: number): number {
    return this.#cell(block, blockColumn.count);
  }

  setLines(block: number, first: number, count: number): void {
    this.cells[block * blockWidth + blockColumn.first] = first;
    this.cells[block * blockWidth + blockColumn.count] = count;
  }

  lineStart(line: number): number {
    return Math.floor((this.lines[line * 2] ?? 0) / 4);
  }

  linePadding(line: number): number {
    return (this.lines[line * 2] ?? 0) & 3;
  }

  lineEnd(line: number): number {
    return this.lines[line * 2 + 1] ?? 0;
  }

  #cell(block: number, offset: number): number {
    return this.cells[block * blockWidth + offset] ?? 0;
  }
}
