import type { Span } from "#model/source";

/** A path that exists on one machine only. */
export interface MachinePath extends Span {
  readonly text: string;
  /** Its first two parts, such as `/home/ann`: paths below one place have one cause. */
  readonly root: string;
}

/** Homes, mounts and local trees of Linux, macOS and Windows. System paths such as `/usr`, `/etc`, `/tmp` are everywhere. */
const machinePath =
  /(?<![\w.~/:})\]$-])(?:file:\/\/)?(?:\/(?:home|Users|root|opt|mnt|media|Volumes)\/[\w.@/+-]+|[A-Za-z]:\\[\w.\\@-]+)/g;

/** Machine-specific absolute paths in a text, in order. */
export function findMachinePaths(text: string): readonly MachinePath[] {
  return [...text.matchAll(machinePath)].map((match) => {
    const path = match[0].replace(/[./\\]+$/, "");
    const parts = path.replace("file://", "").split(/[/\\]/);
    return { start: match.index, end: match.index + path.length, text: path, root: parts.slice(0, 3).join("/") };
  });
}
