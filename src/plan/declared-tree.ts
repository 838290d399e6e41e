import type { Plan } from "#model/plan";
import type { DeclaredPath } from "./claims/claim-scene.ts";
import { readPath } from "./claims/path-text.ts";

const concrete = /^[\w.@+-]+(?:\/[\w.@+-]+)*$/;

/**
 * The declared file tree as paths of the workspace. Its top line may name the workspace itself, which is told by what else the plan
 * names; where nothing tells, or where a line is not filled in, nothing is declared.
 */
export function declaredTree(plan: Plan): readonly DeclaredPath[] {
  const entries = plan.fileTree.map(({ path, kind }) => ({ path: plainPath(path), kind }));
  const filledIn = entries.every(({ path }) => concrete.test(path) && !path.split("/").includes(".."));
  const [top, ...held] = entries;
  if (top === undefined || !filledIn) return [];
  if (held.length === 0 || !held.every(({ path }) => path.startsWith(`${top.path}/`))) return entries;
  const named = writtenPaths(plan);
  if (isNamed(entries, named)) return entries;
  const inner = held.map(({ path, kind }) => ({ path: path.slice(top.path.length + 1), kind }));
  return isNamed(inner, named) ? inner : [];
}

function isNamed(declared: readonly DeclaredPath[], named: readonly string[]): boolean {
  return declared.some(({ path }) => named.some((each) => each === path || each.startsWith(`${path}/`)));
}

/** Paths that tasks, steps and modules of the plan name under `File:` or in backticks. */
export function writtenPaths(plan: Plan): readonly string[] {
  const tasks = plan.phases.flatMap((phase) => phase.tasks.flatMap(({ files }) => files));
  const steps = plan.steps.flatMap(({ files }) => files);
  const found = [...tasks, ...steps].flatMap(({ text }) => readPath(text) ?? []);
  return [...new Set([...found, ...moduleFiles(plan)].map(plainPath))];
}

/** Files of the declared modules. */
export function moduleFiles(plan: Plan): readonly string[] {
  return plan.modules.flatMap(({ file }) => readPath(file?.text ?? "") ?? []);
}

/** A path without `./` before it and a slash behind it. */
export function plainPath(path: string): string {
  return path.replace(/^(?:\.\/)+/, "").replace(/(?<=.)\/+$/, "");
}
