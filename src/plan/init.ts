import type { Annotation, PlanBlock } from "#model/plan";
import type { ShellParser } from "#model/ports";
import type { Range } from "#model/source";

/** Where the commands of `init=` stand in the document: the entry that decides, of the last annotation that has one. */
export function initRange(annotations: readonly (Annotation | undefined)[]): Range | undefined {
  return annotations
    .flatMap((annotation) => annotation?.entries ?? [])
    .findLast(({ key, value }) => key === "init" && value !== undefined)?.range;
}

/** The block as it runs: the commands of its `init`, then its own text. What lies in the former is placed at the annotation. */
export function withInit(block: PlanBlock, init: string, range: Range): PlanBlock {
  const own = ownStart(init);
  return {
    ...block,
    text: `${init}\n${block.text}`,
    toDocument: (offset) => (offset < own ? range.start.offset : block.toDocument(offset - own)),
    rangeOf: (start, end) => (start < own ? range : block.rangeOf(start - own, Math.max(start, end) - own)),
  };
}

/** Where a block's own text starts behind its `init`; 0 without one. */
export function ownStart(init: string | undefined): number {
  return init === undefined ? 0 : init.length + 1;
}

/** Why commands cannot stand before a block's text; undefined when they are whole. */
export function initProblem(init: string, parser: ShellParser): string | undefined {
  const { statements, errors, incomplete } = parser.parse(`${init}\n:`);
  const last = statements.at(-1);
  const isWhole = errors.length === 0 && !incomplete && statements.length > 1 && last?.start === init.length + 1;
  return isWhole ? undefined : "init wants whole commands of bash";
}
