import type { ShellCommand, SimpleCommand } from "#model/shell-syntax";
import { everyCommand } from "../shell/every-command.ts";
import { invokedBy } from "../shell/handed-script.ts";
import type { Invocation } from "../shell/invocation.ts";
import { judgeScriptText } from "./handed.ts";
import { type Scene, type Sight, blind, either, placeIn } from "./strength.ts";

/** A call of a function that the plan defines, in this block or in an earlier one. */
export function functionCall(
  scene: Scene,
  command: SimpleCommand,
  { program, wrappers, args }: Invocation,
): Sight | undefined {
  const known = wrappers.length === 0 ? scene.facts.functions.get(program) : undefined;
  if (known === undefined) return undefined;
  if (scene.depth > 8) return blind;
  const isElsewhere = known.text !== scene.text;
  const sight = scene.judge.command(
    {
      ...scene,
      text: known.text,
      fixed: isElsewhere ? placeIn(scene, command) : scene.fixed,
      args,
      depth: scene.depth + 1,
    },
    known.body,
  );
  const status = either(sight.status, sight.ends);
  const leaves = holds(known.body, "exit");
  return {
    status,
    ends: scene.errexit ? status : leaves ? sight.ends : "never",
    checks: sight.checks.map((check) => ({ ...check, span: placeIn(scene, command) })),
    ...(leaves && sight.passes !== undefined ? { passes: sight.passes, passing: sight.passing ?? [] } : {}),
  };
}

/** True when a call of this program stands anywhere in a command. */
function holds(command: ShellCommand, program: string): boolean {
  let found = false;
  everyCommand({ start: 0, end: 0, statements: [{ start: 0, end: 0, command, background: false }] }, (each) => {
    if (invokedBy(each)?.program === program) found = true;
  });
  return found;
}

/** A name that stands for another text: an alias, or a command that `hash -p` points elsewhere. */
export function aliasCall(scene: Scene, command: SimpleCommand, { program, wrappers }: Invocation): Sight | undefined {
  const [first, ...rest] = command.words;
  const text = wrappers.length === 0 && first?.raw === program ? scene.facts.aliases.get(program) : undefined;
  if (text === undefined) return undefined;
  const aliases = new Map(scene.facts.aliases);
  aliases.delete(program);
  const inner = { ...scene, facts: { ...scene.facts, aliases } };
  const words = [text.replace(/^\/(?:usr\/)?bin\//, ""), ...rest.map((word) => word.raw)].join(" ");
  return judgeScriptText(inner, command, { text: words, errexit: scene.errexit, same: true });
}

/** `"$@"` inside of a function: what it was called with. */
export function argumentsCall(scene: Scene, command: SimpleCommand): Sight | undefined {
  const [first, ...rest] = command.words;
  if (first === undefined || !/^"?\$[@*]"?$/.test(first.raw) || scene.args === undefined || scene.args.length === 0)
    return undefined;
  const words = [...scene.args, ...rest];
  const sight = scene.judge.command({ ...scene, args: undefined }, { ...command, words });
  const text = words.map((word) => word.raw).join(" ");
  return { ...sight, checks: sight.checks.map((check) => ({ ...check, text })) };
}
