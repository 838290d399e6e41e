import type { AnyBlock, BlockKind, BlockOf } from "./block.ts";
import { type BlockTape, kindNumber } from "./block-tape.ts";
import { BlockViews } from "./block-views.ts";
import { keepTape } from "./shared-tape.ts";

export { type CodeText, codeOf } from "./code-text.ts";

/** The blocks of a document. Views are made when asked for, and one block always gives the same view. */
export interface BlockTree {
  readonly root: AnyBlock;
  /** Number of blocks, the document itself included. */
  readonly count: number;
  /** All blocks of a kind in document order. */
  ofKind<Kind extends BlockKind>(kind: Kind): readonly BlockOf<Kind>[];
  /** The innermost block that holds the offset; a block holds both its ends. */
  at(offset: number): AnyBlock;
}

/**
 * Scans Markdown into blocks: CommonMark with GFM tables and task boxes, and front matter. One pass, linear; takes any
 * text and never throws.
 */
export function scanBlocks(text: string): BlockTree {
  return new ScannedTree(text, keepTape(text));
}

/** All blocks under a block in document order, the block itself first. */
export function* walk(block: AnyBlock): Generator<AnyBlock, void, undefined> {
  const stack: AnyBlock[] = [block];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    yield next;
    const { children } = next;
    for (let index = children.length - 1; index >= 0; index--) stack.push(children[index] as AnyBlock);
  }
}

class ScannedTree implements BlockTree {
  readonly #tape: BlockTape;
  readonly #views: BlockViews;

  constructor(text: string, tape: BlockTape) {
    this.#tape = tape;
    this.#views = new BlockViews(text, tape);
  }

  get root(): AnyBlock {
    return this.#views.view(0);
  }

  get count(): number {
    return this.#tape.size;
  }

  ofKind<Kind extends BlockKind>(kind: Kind): readonly BlockOf<Kind>[] {
    const wanted = kindNumber[kind];
    const found: AnyBlock[] = [];
    for (let block = 0; block < this.#tape.size; block++) {
      if (this.#tape.kind(block) === wanted) found.push(this.#views.view(block));
    }
    return found as BlockOf<Kind>[];
  }

  at(offset: number): AnyBlock {
    const tape = this.#tape;
    let found = 0;
    let block = 1;
    let after = tape.size;
    while (block < after) {
      if (offset < tape.start(block)) break;
      if (offset <= tape.end(block) && !(offset === tape.end(block) && startsAt(tape, block, after, offset))) {
        found = block;
        after = tape.skip(block);
        block++;
      } else block = tape.skip(block);
    }
    return this.#views.view(found);
  }
}

/** Whether the sibling after `block` starts where `block` ends, as cells do. */
function startsAt(tape: BlockTape, block: number, after: number, offset: number): boolean {
  const next = tape.skip(block);
  return next < after && tape.start(next) === offset;
}
