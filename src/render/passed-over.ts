import { escapeControls } from "./escape.ts";
import { counted } from "./layout.ts";

/** Why something in a workspace was not read although it may be meant. */
export type PassedOverReason =
  | "outside"
  | "nowhere"
  | "loop"
  | "elsewhere"
  | "unreadable"
  | "too-large"
  | "no-file"
  | "name";

/** Something that was not read, and is no finding. */
export interface PassedOver {
  /** Workspace-relative, with forward slashes. */
  readonly path: string;
  readonly reason: PassedOverReason;
}

const words: Readonly<Record<PassedOverReason, string>> = {
  outside: "a link out of the workspace",
  nowhere: "a link to nothing",
  loop: "a link back to itself",
  elsewhere: "a link to what is not read",
  unreadable: "cannot be read",
  "too-large": "source above 4 MB",
  "no-file": "no file that can be read, such as a pipe or a device",
  name: "its name is not UTF-8; rename it",
};

/** Paths that are named; the others are counted. */
const mostNamed = 5;

/** What was not read, in a few lines; nothing when all was. */
export function renderPassedOver(passed: readonly PassedOver[]): string {
  if (passed.length === 0) return "";
  const named = passed.slice(0, mostNamed).map((one) => `  ${wordsOfPassedOver(one)}\n`);
  const more = passed.length - named.length;
  const rest = more > 0 ? `  and ${more} more: iplan check --json\n` : "";
  return `${counted(passed.length, "path")} ${passed.length === 1 ? "was" : "were"} passed over:\n${named.join("")}${rest}`;
}

/** A path and why it was passed over. */
export function wordsOfPassedOver({ path, reason }: PassedOver): string {
  return `${escapeControls(path)}: ${words[reason]}`;
}
