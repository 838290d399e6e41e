/** The open quotes and list items, outermost first, in parallel arrays: any depth, no recursion. */
export class ContainerStack {
  /** Number of the open quote or item on the tape. */
  readonly blocks: number[] = [];
  /** Number of the item's list, -1 for a quote. */
  readonly lists: number[] = [];
  /** Columns an item's content is indented by. */
  readonly sizes: number[] = [];
  /** What makes items siblings: the bullet, or the sign after the number; 0 for a quote. */
  readonly markers: number[] = [];
  /** Furthest end seen in the quote or item. */
  readonly ends: number[] = [];
  /** Quotes up to and with this one. */
  readonly quotes: number[] = [];
  /** Whether it holds a block already. */
  readonly filled: boolean[] = [];
  /** Item that starts with a blank line: 1, and 2 once a further blank line came before any text. */
  readonly emptiness: number[] = [];
  /** Depths of quotes, outermost first. */
  readonly quoteDepths: number[] = [];

  get depth(): number {
    return this.blocks.length;
  }

  isQuote(depth: number): boolean {
    return this.markers[depth] === 0;
  }

  quotesAt(depth: number): number {
    return depth < 0 ? 0 : (this.quotes[depth] ?? 0);
  }

  pushQuote(block: number, end: number): void {
    this.quoteDepths.push(this.depth);
    this.#push(-1, 0, 1);
    this.blocks[this.depth - 1] = block;
    this.ends[this.depth - 1] = end;
  }

  /** Pushes a list; its item is started next. */
  pushItem(list: number, marker: number): void {
    this.#push(list, marker, 0);
  }

  /** Puts a new item in the place at `level`. */
  startItem(level: number, block: number, size: number, end: number, empty: boolean): void {
    this.blocks[level] = block;
    this.sizes[level] = size;
    this.ends[level] = end;
    this.filled[level] = false;
    this.emptiness[level] = empty ? 1 : 0;
  }

  pop(): void {
    if (this.markers.at(-1) === 0) this.quoteDepths.pop();
    this.quotes.pop();
    this.blocks.pop();
    this.lists.pop();
    this.markers.pop();
    this.sizes.pop();
    this.ends.pop();
    this.filled.pop();
    this.emptiness.pop();
  }

  #push(list: number, marker: number, quote: number): void {
    this.quotes.push(this.quotesAt(this.depth - 1) + quote);
    this.blocks.push(0);
    this.lists.push(list);
    this.markers.push(marker);
    this.sizes.push(0);
    this.ends.push(0);
    this.filled.push(false);
    this.emptiness.push(0);
  }
}
