import type { Span } from "#model/source";

/** A path that exists on one machine only. */
export interface MachinePath extends Span {
  readonly text: string;
  /** Its first two parts, such as `/home/ann`: paths below one place have one cause. */
  readonly root: string;
}

/** Homes, mounts and local trees of Linux and macOS. */
const folders = ["home", "Users", "root", "opt", "mnt", "media", "Volumes"];

/** The same, and paths of Windows. System paths such as `/usr`, `/etc`, `/tmp` are everywhere. */
const machinePath = new RegExp(
  String.raw`(?<![\w.~/:})\]$-])(?:file:\/\/)?(?:\/(?:${folders.join("|")})\/[\w.@/+-]+|[A-Za-z]:\\[\w.\\@-]+)`,
  "g",
);

/** Without one of which there is no such path. */
const signs: readonly string[] = [":\\", ...folders.map((folder) => `/${folder}/`)];

/** False for a text in which no such path can stand, whatever of it is prose. */
export function mayHoldMachinePath(text: string): boolean {
  return signs.some((sign) => text.includes(sign));
}

/** Machine-specific absolute paths in a text, in order. */
export function findMachinePaths(text: string): readonly MachinePath[] {
  return [...text.matchAll(machinePath)].map((match) => {
    const path = match[0].replace(/[./\\]+$/, "");
    const parts = path.replace("file://", "").split(/[/\\]/);
    return { start: match.index, end: match.index + path.length, text: path, root: parts.slice(0, 3).join("/") };
  });
}
