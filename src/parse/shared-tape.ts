import { BlockScanner } from "./block-scanner.ts";
import { BlockTape } from "./block-tape.ts";

// Why: a document is scanned for what it traces to and right after it as what it is; its blocks are the same both times.
let shared = new BlockTape(0);
let scanned: string | undefined;

/** The tape of a text, which holds until another text is scanned. */
export function borrowTape(text: string): BlockTape {
  if (text === scanned) return shared;
  scanned = undefined;
  new BlockScanner(text, shared).scan();
  scanned = text;
  return shared;
}

/** The tape of a text for who keeps it. */
export function keepTape(text: string): BlockTape {
  if (text !== scanned) return new BlockScanner(text).scan();
  const kept = shared;
  shared = new BlockTape(0);
  scanned = undefined;
  return kept;
}
