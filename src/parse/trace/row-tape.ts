import type { TraceRows } from "#model/trace";

/** Rows of numbers of one width that grow as they are written, used again for every document. */
export class RowTape {
  /** Why: written to directly by what makes rows; taken anew after `add`, as it moves when it grows. */
  cells: Int32Array<ArrayBuffer>;
  #end = 0;
  readonly #width: number;

  /** Why: few places, so that it grows before anything is compiled that takes the cells for constant. */
  constructor(width: number) {
    this.#width = width;
    this.cells = new Int32Array(width * 4);
  }

  /** How many rows there are. */
  get count(): number {
    return this.#end / this.#width;
  }

  /** Where the next row will begin. */
  get end(): number {
    return this.#end;
  }

  /** Adds a row and returns where it begins in `cells`. */
  add(): number {
    const at = this.#end;
    this.#end += this.#width;
    if (this.#end > this.cells.length) {
      const larger = new Int32Array(this.cells.length * 2);
      larger.set(this.cells);
      this.cells = larger;
    }
    return at;
  }

  /** Forgets the rows from a place on. */
  truncate(end: number): void {
    this.#end = end;
  }

  /** Puts the rows into the order of a column; equal ones keep theirs. */
  sort(column: number): void {
    const width = this.#width;
    const rows = Array.from({ length: this.count }, (_, row) => this.cells.slice(row * width, (row + 1) * width));
    rows.sort((one, other) => (one[column] as number) - (other[column] as number));
    for (const [row, cells] of rows.entries()) this.cells.set(cells, row * width);
  }

  /** Puts the rows into `target` from `at` on; the tape is empty afterwards. */
  moveTo(target: TraceRows, at: number): void {
    if (this.#end > 0) target.set(this.cells.subarray(0, this.#end), at);
    this.#end = 0;
  }
}
