import { mentionColumn, mentionWidth } from "#model/trace";
import type { Profile } from "#profile/profile";
import type { TraceFacts } from "./facts.ts";

/** A link to a file or heading, as it was written. */
export interface LinkTarget {
  /** Workspace-relative path it leads to; empty for a heading of its own document; undefined when it leads out of the workspace. */
  readonly path: string | undefined;
  /** What stands behind `#`, decoded. */
  readonly anchor?: string;
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

/** Links of a document to files of the workspace and to headings; those to other places are left out. */
export function linkTargets({ graph, path }: TraceFacts): readonly LinkTarget[] {
  const trace = graph.trace(path);
  if (trace === undefined) return [];
  const found: LinkTarget[] = [];
  for (let at = 0; at < trace.mentions.length; at += mentionWidth) {
    const written = trace.strings[trace.mentions[at + mentionColumn.target] ?? -1];
    if (written === undefined || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(written)) continue;
    const start = trace.mentions[at + mentionColumn.start] ?? 0;
    found.push({ ...readTarget(path, written), written, start, end: trace.mentions[at + mentionColumn.end] ?? start });
  }
  return found;
}

/** True for `../REQ/REQ-NNN.md`, `[path]/a.md`, `{slug}.md`, `.../a.md` and `PRD-###.md`: a path that nobody filled in. */
export function isOpenTarget({ written }: LinkTarget, profile: Profile): boolean {
  if (/\{[\w -]+\}|\[[^\]]+\]|<[^<>]+>|\.{3}|…|##/u.test(written)) return true;
  const words = written.split(/[-_./#]/u);
  return profile.ids.placeholders.some((word) => words.includes(word));
}

/** What to say of such a link. */
export function openTargetMessage({ written }: LinkTarget): string {
  return `${written} is a placeholder for a path. Put in the path that is meant, or take the link out.`;
}

/** The cause of a finding about a link, had the document in which it is written another path; other causes stay as they are. */
export function movedCause(cause: string, written: string, from: string, to: string): string {
  const target = readTarget(from, written).path;
  const moved = readTarget(to, written).path;
  if (target === undefined || moved === undefined) return cause;
  // Why: a link without a path leads to a heading of its own document.
  const known = linkCauses.map((one) => `${one}${target || from}`).find((one) => cause.startsWith(one));
  return known === undefined
    ? cause
    : `${cause.slice(0, cause.indexOf(":") + 1)}${moved || to}${cause.slice(known.length)}`;
}

/** How the causes of findings begin that go on with where a link leads. */
const linkCauses = ["target:", "anchor:"];

function readTarget(from: string, written: string): Pick<LinkTarget, "path" | "anchor"> {
  const hash = written.indexOf("#");
  const file = decoded((hash < 0 ? written : written.slice(0, hash)).replace(/\?.*$/, ""));
  const anchor = hash < 0 ? {} : { anchor: decoded(written.slice(hash + 1)) };
  if (file === "") return { path: "", ...anchor };
  return { path: resolvePath(from, file), ...anchor };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Why: a link that begins with a slash leads from the root of the repository, as code hosts read it. */
function resolvePath(from: string, target: string): string | undefined {
  const base = target.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") base.push(part);
    else if (base.pop() === undefined) return undefined;
  }
  return base.join("/");
}
