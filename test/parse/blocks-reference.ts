import { createRequire } from "node:module";
import type { AnyBlock } from "#parse/block";
import { codeOf, scanBlocks } from "#parse/blocks";

/** What is used of the reference implementation's nodes. */
interface ReferenceNode {
  readonly type: string;
  readonly firstChild: ReferenceNode | null;
  readonly next: ReferenceNode | null;
  readonly level: number;
  readonly literal: string | null;
  readonly listType: string;
  readonly listStart: number | null;
  readonly listTight: boolean;
}

interface Reference {
  readonly Parser: new () => { parse(text: string): ReferenceNode };
}

const { Parser } = createRequire(import.meta.url)("commonmark") as Reference;

const kinds: Readonly<Record<string, string>> = {
  document: "document",
  block_quote: "quote",
  list: "list",
  item: "item",
  paragraph: "paragraph",
  heading: "heading",
  code_block: "code",
  html_block: "html",
  thematic_break: "thematic-break",
};

/** The block structure commonmark.js finds: kinds and facts, no ranges, no definitions, no tables. */
export function reference(text: string): string {
  return told(new Parser().parse(text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n")), 0);
}

function told(node: ReferenceNode, depth: number): string {
  const rows = [`${"  ".repeat(depth)}${kinds[node.type]} ${facts(node)}`.trimEnd()];
  const leaf = !["document", "block_quote", "list", "item"].includes(node.type);
  for (let child = leaf ? null : node.firstChild; child !== null; child = child.next) {
    // Why: of definitions before a rule or underline the reference leaves an empty paragraph.
    if (child.type !== "paragraph" || child.firstChild !== null) rows.push(told(child, depth + 1));
  }
  return rows.join("\n");
}

/** The reference drops more of a blank line in an item than its prefix, so blank lines are told as empty. */
function code(literal: string): string {
  return JSON.stringify(literal.replaceAll(/^[ \t]+$/gm, ""));
}

function facts(node: ReferenceNode): string {
  if (node.type === "heading") return `level ${node.level}`;
  if (node.type === "code_block") return code(node.literal ?? "");
  if (node.type !== "list") return "";
  return `${node.listType === "ordered" ? `from ${node.listStart}` : "bullets"} ${node.listTight ? "tight" : "loose"}`;
}

/** The same of the scanner; undefined where it found what the reference does not know. */
export function comparable(text: string): string | undefined {
  const tree = scanBlocks(text);
  if (tree.ofKind("table").length > 0 || tree.ofKind("front-matter").length > 0) return undefined;
  return ours(tree.root, text, 0);
}

function ours(block: AnyBlock, text: string, depth: number): string {
  const kind = block.kind === "fence" || block.kind === "indented-code" ? "code" : block.kind;
  const rows = [`${"  ".repeat(depth)}${kind} ${ourFacts(block, text)}`.trimEnd()];
  for (const child of block.children) if (child.kind !== "definition") rows.push(ours(child, text, depth + 1));
  return rows.join("\n");
}

function ourFacts(block: AnyBlock, text: string): string {
  if (block.kind === "heading") return `level ${block.level}`;
  if (block.kind === "fence" || block.kind === "indented-code") return code(codeOf(text, block).text);
  if (block.kind !== "list") return "";
  return `${block.ordered ? `from ${block.first}` : "bullets"} ${block.tight ? "tight" : "loose"}`;
}
