import type { ShellCommand } from "#model/shell-syntax";
import { everyCommand } from "../shell/every-command.ts";
import { type Scene, type SeenCheck, noteMasked, tells } from "./strength.ts";

/** Under this name checks wait that run in the background. */
export const inBackground = "!";

/** Keeps checks whose failure only sets a variable, until a command asks for it. */
export function keepChecks(scene: Scene, names: readonly string[], checks: readonly SeenCheck[]): void {
  const telling = checks.filter((check) => tells(check.strength));
  for (const name of names) scene.kept.set(name, [...(scene.kept.get(name) ?? []), ...telling]);
}

/** Takes the checks that these variables tell of. */
export function takeChecks(scene: Scene, names: readonly string[]): readonly SeenCheck[] {
  if (scene.kept.size === 0) return [];
  const taken = new Set<SeenCheck>();
  for (const name of names) {
    for (const check of scene.kept.get(name) ?? []) taken.add(check);
    scene.kept.delete(name);
  }
  for (const [name, checks] of scene.kept) {
    const left = checks.filter((check) => !taken.has(check));
    if (left.length === 0) scene.kept.delete(name);
    else scene.kept.set(name, left);
  }
  return [...taken];
}

/** Notes the checks nobody asked for. */
export function noteForgotten(scene: Scene): void {
  for (const [name, checks] of scene.kept) {
    const why =
      name === inBackground
        ? "it runs in the background, and nobody waits for its status"
        : `its failure only sets \`${name}\`, which no command asks for`;
    noteMasked(scene, checks, why, true);
  }
  scene.kept.clear();
}

/** Variables that a command or anything in it sets. */
export function assignedBy(...commands: readonly ShellCommand[]): readonly string[] {
  const names = new Set<string>();
  for (const command of commands) {
    everyCommand({ start: 0, end: 0, statements: [{ start: 0, end: 0, command, background: false }] }, (each) => {
      if (each.kind === "simple")
        for (const { name } of each.words.length === 0 ? each.assignments : []) names.add(name);
      // Why: `(( failed++ ))` and `let failed+=1` name their variable in the middle.
      if (each.kind === "arithmetic") for (const name of counted(each.raw)) names.add(name);
      if (each.kind === "simple" && each.words[0]?.literal === "let")
        for (const word of each.words.slice(1)) for (const name of counted(word.raw)) names.add(name);
    });
  }
  return [...names];
}

function counted(text: string): readonly string[] {
  return [...text.matchAll(/\b([A-Za-z_]\w*)[ \t]*(?:\+\+|--|[-+*]?=(?!=))|(?:\+\+|--)[ \t]*([A-Za-z_]\w*)/g)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
}
