import { type Extension, fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import type { AnyBlock } from "#parse/block";
import { codeOf, scanBlocks } from "#parse/blocks";

/** A block as both sides can say it: one line, children indented below. */
interface Said {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly facts: string;
  readonly children: readonly Said[];
}

interface Node {
  readonly type: string;
  readonly position?: { start: { offset?: number | undefined }; end: { offset?: number | undefined } } | undefined;
  readonly children?: readonly Node[];
  readonly depth?: number;
  readonly lang?: string | null;
  readonly value?: string;
  readonly ordered?: boolean | null;
  readonly start?: number | null;
  readonly spread?: boolean | null;
  readonly ticked?: boolean;
}

const kinds: Readonly<Record<string, string>> = {
  root: "document",
  heading: "heading",
  paragraph: "paragraph",
  thematicBreak: "thematic-break",
  html: "html",
  definition: "definition",
  list: "list",
  listItem: "item",
  blockquote: "quote",
  table: "table",
  tableRow: "table-row",
  tableCell: "table-cell",
};

/** Keeps the paragraph where it starts, and the box on its item. */
const boxes: Extension = {
  exit: {
    taskListCheckValueChecked: tick(true),
    taskListCheckValueUnchecked: tick(false),
  },
};

function tick(ticked: boolean) {
  return function onTick(this: { stack: unknown[] }): void {
    const item = this.stack.at(-2) as { ticked?: boolean };
    item.ticked = ticked;
  };
}

/** What micromark says of a text, a byte order mark counted as the scanner counts it. */
export function judge(text: string): Said {
  const tree = fromMarkdown(text, {
    extensions: [
      gfm(),
      {
        disable: {
          null: [
            "gfmFootnoteDefinition",
            "gfmFootnoteCall",
            "gfmPotentialFootnoteCall",
            "strikethrough",
            "wwwAutolink",
            "protocolAutolink",
            "emailAutolink",
          ],
        },
      },
    ],
    mdastExtensions: [tablesOnly(), boxes],
  });
  return said(tree as Node, text, text.charCodeAt(0) === 0xfeff ? 1 : 0, false);
}

function tablesOnly(): Extension[] {
  return gfmFromMarkdown().filter((extension) => "table" in (extension.enter ?? {}));
}

function said(node: Node, text: string, shift: number, quoted: boolean): Said {
  const inside = quoted || node.type === "blockquote";
  const isCode = node.type === "code";
  const start = (node.position?.start.offset ?? 0) + shift;
  const end = (node.position?.end.offset ?? 0) + shift;
  const kind = isCode ? codeKind(text, start) : (kinds[node.type] ?? node.type);
  const root = node.type === "root";
  const hasBlocks = node.type in kinds && !["heading", "paragraph", "tableCell"].includes(node.type);
  const children = hasBlocks
    ? apart(
        (node.children ?? []).map((child) => said(child, text, shift, inside)),
        text,
      )
    : [];
  return {
    kind,
    start: root ? 0 : start,
    end: root ? text.length : nodeEnd(node, text, end, shift),
    facts: factsOf(node, kind, quoted),
    children,
  };
}

/** micromark starts a setext heading that follows definitions where the first definition starts; here behind them. */
function apart(blocks: readonly Said[], text: string): readonly Said[] {
  return blocks.map((block, index) => {
    const before = blocks[index - 1];
    if (before?.kind !== "definition" || block.kind !== "heading" || block.start >= before.end) return block;
    const skipped = /^[\s>]*/.exec(text.slice(before.end))?.[0].length ?? 0;
    return { ...block, start: before.end + skipped };
  });
}

function codeKind(text: string, start: number): string {
  return /^(?:```|~~~)/.test(text.slice(start, start + 3)) ? "fence" : "indented-code";
}

/**
 * micromark lets some blocks reach into the line after them; here they end with their own last line.
 * A fence or HTML block that is never closed takes its last line end along, and its containers with it; a container
 * that another one ends takes the prefixes of the next line along.
 */
function nodeEnd(node: Node, text: string, end: number, shift: number): number {
  const last = lastLeaf(node);
  if (last?.type === "code" || last?.type === "html") {
    const lastEnd = (last.position?.end.offset ?? 0) + shift;
    const own = withoutLineEnd(text, lastEnd);
    if (end >= lastEnd && (end === lastEnd || node.type === "listItem")) return own;
  }
  if (!containers.has(node.type) || /^$|[\r\n]/.test(text.charAt(end))) return end;
  const prefix = /(?:\r\n|[\r\n])[ \t>]*$/.exec(text.slice(0, end));
  return prefix === null ? end : prefix.index;
}

const containers: ReadonlySet<string> = new Set(["blockquote", "list", "listItem"]);

function lastLeaf(node: Node): Node | undefined {
  let last: Node | undefined = node;
  while (last !== undefined && containers.has(last.type)) last = last.children?.at(-1);
  return last;
}

function withoutLineEnd(text: string, end: number): number {
  if (/[\r\n]/.test(text.charAt(end))) return end;
  return end - (/\r\n$|[\r\n]$/.exec(text.slice(Math.max(0, end - 2), end))?.[0].length ?? 0);
}

/** Of lists in quotes micromark counts blank lines wrongly: whether they are tight is left to the reference implementation. */
function factsOf(node: Node, kind: string, quoted: boolean): string {
  if (node.type === "heading") return `level ${node.depth}`;
  if (kind === "fence" || kind === "indented-code") return JSON.stringify(node.value?.replace(/\r\n?/g, "\n"));
  if (node.type === "listItem") return node.ticked === undefined ? "" : `ticked ${node.ticked}`;
  if (node.type !== "list") return "";
  const loose = node.spread || (node.children ?? []).some((item) => item.spread);
  return `${node.ordered ? `from ${node.start}` : "bullets"}${quoted ? "" : loose ? " loose" : " tight"}`;
}

/** What the scanner says of a text. */
export function scanned(text: string): Said {
  return ours(scanBlocks(text).root, text, false);
}

function ours(block: AnyBlock, text: string, quoted: boolean): Said {
  const inside = quoted || block.kind === "quote";
  return {
    kind: block.kind,
    start: block.start,
    end: block.end,
    facts: ourFacts(block, text, quoted),
    children: block.children.map((child) => ours(child, text, inside)),
  };
}

function ourFacts(block: AnyBlock, text: string, quoted: boolean): string {
  switch (block.kind) {
    case "heading":
      return `level ${block.level}`;
    case "list":
      return `${block.ordered ? `from ${block.first}` : "bullets"}${quoted ? "" : block.tight ? " tight" : " loose"}`;
    case "item":
      return block.task?.form !== "brackets" || !/[ \tx]/i.test(text.charAt(block.task.mark.start))
        ? ""
        : `ticked ${block.task.ticked}`;
    case "fence":
    case "indented-code":
      return JSON.stringify(codeValue(block, text));
    default:
      return "";
  }
}

function codeValue(block: AnyBlock, text: string): string {
  return block.kind === "fence" || block.kind === "indented-code" ? codeOf(text, block).text.replace(/\n$/, "") : "";
}

/** A tree as lines of text, for comparing and for showing. */
export function show(block: Said, depth = 0): string {
  const own = `${"  ".repeat(depth)}${block.kind} ${block.start}-${block.end} ${block.facts}`.trimEnd();
  return [own, ...block.children.map((child) => show(child, depth + 1))].join("\n");
}
