import { Buffer } from "node:buffer";

/** A fixture with its markers taken out. */
export interface MarkedFixture {
  readonly content: Uint8Array;
  /** `line rule`, one for each marker, in order. */
  readonly expected: readonly string[];
  /** What the first line says: `<!-- fixture: path=… size=… holders=… -->`; that line is taken out too. */
  readonly settings: Readonly<Record<string, string>>;
}

const marker = /(?: ?\{[a-z]+\/[a-z-]+\})+/g;

/** Takes `{family/name}` markers out of a fixture, byte for byte: each promises one finding on its line. */
export function readMarkers(bytes: Uint8Array): MarkedFixture {
  // Why: Latin-1 keeps every byte one character, so damaged fixtures stay damaged.
  let text = Buffer.from(bytes).toString("latin1");
  const head = /^<!-- fixture: (.*) -->\n/.exec(text);
  if (head !== null) text = text.slice(head[0].length);
  const expected: string[] = [];
  const stripped = text.replace(marker, (found: string, offset: number) => {
    const line = text.slice(0, offset).split("\n").length;
    for (const one of found.matchAll(/\{([^}]+)\}/g)) expected.push(`${line} ${one[1]}`);
    return "";
  });
  const settings = Object.fromEntries((head?.[1] ?? "").split(" ").flatMap((part) => pair(part)));
  return { content: Buffer.from(stripped, "latin1"), expected, settings };
}

function pair(part: string): [string, string][] {
  const sign = part.indexOf("=");
  return sign < 0 ? [] : [[part.slice(0, sign), part.slice(sign + 1)]];
}
