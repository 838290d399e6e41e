import { Parser } from "commonmark";
import MarkdownIt from "markdown-it";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { parse, postprocess, preprocess } from "micromark";
import { gfm } from "micromark-extension-gfm";
import { bundle } from "./build.mjs";
import { documents } from "./documents.mjs";

/** Milliseconds of the fastest of several rounds within the budget; at least one round. */
function fastest(read, texts, budget) {
  const until = performance.now() + budget;
  let best = Number.POSITIVE_INFINITY;
  do {
    const begun = performance.now();
    for (const text of texts) read(text);
    best = Math.min(best, performance.now() - begun);
  } while (performance.now() < until);
  return best;
}

function blocksOnly() {
  const reader = new MarkdownIt();
  reader.core.ruler.enableOnly(["normalize", "block"]);
  return reader;
}

/** How fast the block scanner reads, and how other readers of Markdown do on the same documents. */
export async function run() {
  const { scanBlocks, walk } = await import(new URL("blocks.mjs", await bundle({ blocks: "src/parse/blocks.ts" })));
  const { origin, texts } = documents();
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const markdownIt = new MarkdownIt();
  const markdownItBlocks = blocksOnly();
  const commonmark = new Parser();
  const readers = {
    "iplan scanBlocks": (text) => scanBlocks(text).count,
    "iplan scanBlocks, every block visited": (text) => {
      let count = 0;
      for (const block of walk(scanBlocks(text).root)) count += block.end > block.start ? 1 : 0;
      return count;
    },
    "markdown-it, blocks only": (text) => markdownItBlocks.parse(text, {}),
    "markdown-it": (text) => markdownIt.parse(text, {}),
    "commonmark.js": (text) => commonmark.parse(text),
    "micromark + gfm, events": (text) =>
      postprocess(
        parse({ extensions: [gfm()] })
          .document()
          .write(preprocess()(text, undefined, true)),
      ),
    "mdast-util-from-markdown + gfm": (text) =>
      fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
  };
  const timed = Object.entries(readers).map(([reader, read]) => [reader, fastest(read, texts, 1500)]);
  const own = timed[0][1];
  return {
    title: `Reading Markdown (${origin}, ${(bytes / 1e6).toFixed(1)} MB)`,
    notes:
      "The other readers also read inline Markdown, but for the row that says blocks only; the scanner reads it when asked.",
    rows: timed.map(([reader, time]) => ({
      reader,
      "MB/s": (bytes / time / 1000).toFixed(bytes / time > 10_000 ? 0 : 1),
      "times the scanner's time": (time / own).toFixed(1),
    })),
  };
}
