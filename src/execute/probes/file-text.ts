import type { DirectoryEntry } from "#model/ports";
import { candidatesOf } from "./path.ts";
import type { ProbeScene } from "./probe.ts";

/** Largest file that is read whole. */
const mostBytes = 16_777_216;
/** Most files that are looked at below a directory. */
const mostFiles = 20_000;
/** Directories of tools, not of the project. */
const passedOver: ReadonlySet<string> = new Set([".git", ".iplan", "node_modules"]);

/** A file or directory inside the workspace. */
export interface FoundInside {
  readonly path: string;
  readonly kind: "file" | "directory";
  readonly size: number;
}

/** The file or directory a name stands for, links followed; undefined when there is none inside the workspace. */
export function findInside(name: string, scene: ProbeScene): FoundInside | undefined {
  const root = scene.files.realPath(scene.root) ?? scene.root;
  for (const candidate of candidatesOf(name, scene)) {
    const path = scene.files.realPath(candidate);
    // Why: what lies outside of the workspace is nothing that a sentence of the plan may have read.
    if (path === undefined || !(path === root || path.startsWith(`${root}/`))) continue;
    const stat = scene.files.stat(path);
    if (stat?.kind === "file" || stat?.kind === "directory") return { path, kind: stat.kind, size: stat.size };
  }
  return undefined;
}

/** The text of a file, decoded as UTF-8; undefined when it is too large to be read. */
export function textOf(found: FoundInside, scene: ProbeScene): string | undefined {
  if (found.size > mostBytes) return undefined;
  const bytes = scene.files.read(found.path);
  return bytes === undefined ? undefined : new TextDecoder("utf-8").decode(bytes);
}

/** Files of a directory and below it, links not followed; undefined when they are too many. */
export function filesBelow(directory: FoundInside, scene: ProbeScene): readonly FoundInside[] | undefined {
  const waiting = [directory.path];
  const found: FoundInside[] = [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of scene.files.list(next)) {
      const path = `${next}/${entry.name}`;
      if (isPassedOver(entry)) continue;
      if (entry.kind === "directory") waiting.push(path);
      if (entry.kind === "file") found.push({ path, kind: "file", size: scene.files.stat(path)?.size ?? 0 });
      if (found.length > mostFiles) return undefined;
    }
  }
  return found;
}

function isPassedOver({ kind, name }: DirectoryEntry): boolean {
  return kind === "directory" && passedOver.has(name);
}
