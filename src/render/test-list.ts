import { relativePath } from "#model/relative-path";
import { escapeControls } from "./escape.ts";
import type { ShownImpact } from "./impact-page.ts";

/**
 * Paths of tests for another tool, as they are named from a folder of the workspace: one a line, or each ended by a NUL.
 * A path that begins with a dash would be an option there, so it begins with `./`.
 */
export function renderTestList(tests: readonly ShownImpact[], folder: string, ended: boolean): string {
  return tests
    .map(({ path }) => (folder === "" ? path : relativePath(`${folder}/`, path)))
    .map((path) => (path.startsWith("-") ? `./${path}` : path))
    .map((path) => (ended ? `${path}\0` : `${escapeControls(path)}\n`))
    .join("");
}
