import type { ClaimScene } from "./claim-scene.ts";
import { readPath } from "./path-text.ts";

/** A path that a sentence names, and whether it may be another one of the same name. */
export interface NamedPath {
  readonly path: string;
  readonly ambiguous: boolean;
}

/** Why: who writes `token.py` means the one file of that name that the plan speaks of, wherever it lies. */
export function resolvePath(path: string, scene: ClaimScene): NamedPath {
  if (path.replace(/\/$/, "").includes("/")) return { path, ambiguous: false };
  const { paths } = scene.plan;
  if (paths.includes(path) || paths.includes(path.replace(/\/$/, ""))) return { path, ambiguous: false };
  const ends = paths.filter((each) => each.endsWith(`/${path}`));
  const [only] = ends;
  // Why: an absolute path belongs to one machine; it is not what a sentence of a shared plan may be checked by.
  const usable = ends.length === 1 && only !== undefined && !only.startsWith("/");
  return usable ? { path: only, ambiguous: false } : { path, ambiguous: ends.length > 0 };
}

/** The path a word of a sentence stands for. */
export function namedPath(word: string | undefined, scene: ClaimScene): NamedPath | undefined {
  const path = readPath(word ?? "");
  return path === undefined ? undefined : resolvePath(path, scene);
}

/** A path to a file of JSON or YAML that a word stands for. */
export function structuredPath(word: string | undefined, scene: ClaimScene): NamedPath | undefined {
  const found = namedPath(word, scene);
  return found !== undefined && /\.(?:json|ya?ml)$/i.test(found.path) ? found : undefined;
}
