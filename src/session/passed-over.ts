import { IplanError } from "#model/errors";
import type { Files } from "#model/ports";
import type { PassedOver, PassedOverReason } from "#render/passed-over";

/** What walks of a workspace passed over although it may be meant, by its path. */
export class PassedOverPaths {
  readonly #reasons = new Map<string, PassedOverReason>();

  add(path: string, reason: PassedOverReason): void {
    if (!this.#reasons.has(path)) this.#reasons.set(path, reason);
  }

  /** Sorted by path. */
  list(): readonly PassedOver[] {
    return [...this.#reasons].map(([path, reason]) => ({ path, reason })).sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}

/** Where a link of a workspace leads. */
export interface LinkEnd {
  /** What is there; `nothing` where it leads nowhere or to itself. */
  readonly kind: "file" | "directory" | "nothing";
  /** Why it is told; undefined when its end lies below `read`, where it is read under its own name. */
  readonly reason: PassedOverReason | undefined;
}

/** Where a link leads, and why that is told. `read` is the folder that is walked, workspace-relative. */
export function linkEnd(files: Files, root: string, path: string, read: string): LinkEnd {
  const real = realPath(files, `${root}/${path}`);
  if (typeof real !== "string") return { kind: "nothing", reason: real.reason };
  const kind = files.stat(real)?.kind === "directory" ? "directory" : "file";
  const top = realPath(files, root);
  if (typeof top !== "string" || !isBelow(real, top)) return { kind, reason: "outside" };
  if (isBelow(`${top}/${path}`, real)) return { kind, reason: "loop" };
  return { kind, reason: isBelow(real, read === "" ? top : `${top}/${read}`) ? undefined : "elsewhere" };
}

function realPath(files: Files, path: string): string | { readonly reason: PassedOverReason } {
  try {
    return files.realPath(path) ?? { reason: "nowhere" };
  } catch (error) {
    // Why: what leads to itself cannot be resolved.
    if (error instanceof IplanError) return { reason: "loop" };
    throw error;
  }
}

function isBelow(path: string, folder: string): boolean {
  return folder === "/" || path === folder || path.startsWith(`${folder}/`);
}
