import type { Span } from "#model/source";
import type {
  AnyBlock,
  Block,
  BlockKind,
  FenceBlock,
  HeadingBlock,
  HtmlBlock,
  IndentedCodeBlock,
  ItemBlock,
  ListBlock,
  ParagraphBlock,
  TableCellBlock,
  TableRowBlock,
  TaskMark,
} from "./block.ts";
import { blockKinds } from "./block.ts";
import { type BlockTape, mark } from "./block-tape.ts";
import { fenceInfo, headingContent, isWholeComment } from "./leaf-spans.ts";
import { readTaskMark } from "./task-mark.ts";

/** The views over one tape; each block has at most one, made when it is first asked for. */
export class BlockViews {
  readonly text: string;
  readonly tape: BlockTape;
  readonly #views: (BlockView | undefined)[] = [];

  constructor(text: string, tape: BlockTape) {
    this.text = text;
    this.tape = tape;
  }

  /** The block of this number. */
  view(block: number): AnyBlock {
    let view = this.#views[block];
    if (view === undefined) {
      const kind = blockKinds[this.tape.kind(block)] ?? "document";
      view = new viewClasses[kind](this, block, kind);
      this.#views[block] = view;
    }
    return view as unknown as AnyBlock;
  }
}

class BlockView implements Block {
  readonly kind: BlockKind;
  readonly start: number;
  readonly end: number;
  protected readonly views: BlockViews;
  protected readonly block: number;
  #children: readonly AnyBlock[] | undefined;

  constructor(views: BlockViews, block: number, kind: BlockKind) {
    this.views = views;
    this.block = block;
    this.kind = kind;
    this.start = views.tape.start(block);
    this.end = views.tape.end(block);
  }

  get parent(): AnyBlock | undefined {
    const parent = this.views.tape.parent(this.block);
    return parent < 0 ? undefined : this.views.view(parent);
  }

  get children(): readonly AnyBlock[] {
    if (this.#children !== undefined) return this.#children;
    const { tape } = this.views;
    const children: AnyBlock[] = [];
    const after = tape.skip(this.block);
    for (let child = this.block + 1; child < after; child = tape.skip(child)) children.push(this.views.view(child));
    this.#children = children;
    return children;
  }

  protected has(bit: number): boolean {
    return this.views.tape.has(this.block, bit);
  }
}

class LinesView extends BlockView {
  #lines: readonly Span[] | undefined;

  get lines(): readonly Span[] {
    if (this.#lines !== undefined) return this.#lines;
    const { tape } = this.views;
    const first = tape.firstLine(this.block);
    const count = tape.lineCount(this.block);
    const lines: Span[] = [];
    for (let line = first; line < first + count; line++) {
      lines.push({ start: tape.lineStart(line), end: tape.lineEnd(line) });
    }
    this.#lines = lines;
    return lines;
  }

  /** Columns of blanks that a tab cut in two leaves before each line. */
  get paddings(): readonly number[] {
    const { tape } = this.views;
    const first = tape.firstLine(this.block);
    return this.lines.map((_, index) => tape.linePadding(first + index));
  }
}

class HeadingView extends BlockView implements Omit<HeadingBlock, "kind"> {
  get level(): HeadingBlock["level"] {
    return this.views.tape.fact(this.block) as HeadingBlock["level"];
  }

  get setext(): boolean {
    return this.has(mark.setext);
  }

  get content(): Span {
    const { tape, text } = this.views;
    const last = tape.firstLine(this.block) + tape.lineCount(this.block) - 1;
    return headingContent(text, this.start, this.setext ? tape.lineEnd(last) : this.end, this.setext ? 0 : this.level);
  }
}

class FenceView extends LinesView implements Omit<FenceBlock, "kind"> {
  get info(): Span {
    return fenceInfo(this.views.text, this.start, this.end);
  }

  get marker(): "`" | "~" {
    return this.has(mark.tilde) ? "~" : "`";
  }

  get closed(): boolean {
    return this.has(mark.closed);
  }
}

class IndentedCodeView extends LinesView implements Omit<IndentedCodeBlock, "kind"> {}

class ParagraphView extends LinesView implements Omit<ParagraphBlock, "kind"> {}

class HtmlView extends LinesView implements Omit<HtmlBlock, "kind"> {
  get comment(): boolean {
    return isWholeComment(this.views.text, this.start, this.end);
  }
}

class ListView extends BlockView implements Omit<ListBlock, "kind"> {
  get ordered(): boolean {
    return this.has(mark.ordered);
  }

  get first(): number | undefined {
    return this.ordered ? this.views.tape.fact(this.block) : undefined;
  }

  get tight(): boolean {
    return !this.has(mark.loose);
  }
}

class ItemView extends BlockView implements Omit<ItemBlock, "kind"> {
  #task: TaskMark | undefined | null = null;

  get marker(): Span {
    return { start: this.start, end: this.views.tape.fact(this.block) };
  }

  get task(): TaskMark | undefined {
    if (this.#task === null) {
      const first = this.children.find((child) => child.kind !== "definition");
      this.#task = first?.kind === "paragraph" ? readTaskMark(this.views.text, first.start, first.end) : undefined;
    }
    return this.#task;
  }
}

class TableRowView extends BlockView implements Omit<TableRowBlock, "kind"> {
  get header(): boolean {
    return this.has(mark.header);
  }
}

class TableCellView extends BlockView implements Omit<TableCellBlock, "kind"> {
  get content(): Span {
    const { tape } = this.views;
    return { start: tape.firstLine(this.block), end: tape.lineCount(this.block) };
  }
}

const viewClasses: Readonly<Record<BlockKind, typeof BlockView>> = {
  document: BlockView,
  "front-matter": BlockView,
  heading: HeadingView,
  paragraph: ParagraphView,
  "thematic-break": BlockView,
  fence: FenceView,
  "indented-code": IndentedCodeView,
  html: HtmlView,
  definition: BlockView,
  list: ListView,
  item: ItemView,
  quote: BlockView,
  table: BlockView,
  "table-row": TableRowView,
  "table-cell": TableCellView,
};
