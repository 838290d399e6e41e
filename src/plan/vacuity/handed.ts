import type { SimpleCommand } from "#model/shell-syntax";
import { heredocText } from "../shell/heredoc-text.ts";
import { type HandedScript, handedScript, shells } from "../shell/handed-script.ts";
import { type Invocation, operands } from "../shell/invocation.ts";
import { judgeCode, languageOf } from "./inline-code.ts";
import { makeRecipe, packageScriptText } from "./project-scripts.ts";
import { type ShellFacts, pathBelow } from "./shell-facts.ts";
import { withSearchPath } from "./learn.ts";
import { type Scene, type Sight, type Strength, either, noteBlind, placeIn, textIn } from "./strength.ts";

/** `bash -c '…'`, `eval`, `bash <<EOF`, and scripts that the plan itself wrote: what the handed text tells. */
export function handed(scene: Scene, command: SimpleCommand, invocation: Invocation): Sight | undefined {
  const script =
    handedScript(command, invocation, (each) => heredocText(each, scene.text)) ??
    writtenScript(scene, command, invocation);
  if (script === undefined) return undefined;
  const isUnread = (shells.has(invocation.program) && isNotExecuted(invocation)) || scene.depth > 6;
  if (script.text === undefined || isUnread) {
    if (isUnread) noteBlind(scene, command, "the shell only reads it");
    const strength: Strength = "weak";
    const check = { text: textIn(scene, command).trim(), span: placeIn(scene, command), strength, recognised: false };
    return { status: strength, ends: scene.errexit ? strength : "never", checks: [check] };
  }
  return judgeScriptText(scene, command, { ...script, text: script.text });
}

/** `bash -n -c '…'` reads and does not execute; `bash -n FILE` is a check of its syntax and is judged elsewhere. */
function isNotExecuted({ values }: Invocation): boolean {
  return values.some((value) => /^-[a-z]*n[a-z]*$/.test(value));
}

/** What a script that is handed on tells from outside. */
export function judgeScriptText(
  scene: Scene,
  command: SimpleCommand,
  script: HandedScript & { readonly text: string },
): Sight {
  const language = languageOf(/^#!\s*(\S+(?:\s+\S+)?)/.exec(script.text)?.[1] ?? "sh");
  if (language !== undefined) return judgeCode(scene, command, language, script.text);
  const inner: Scene = {
    ...scene,
    text: script.text,
    fixed: placeIn(scene, command),
    errexit: script.same ? scene.errexit : script.errexit,
    pipefail: script.same ? scene.pipefail : script.pipefail === true,
    facts: script.same ? scene.facts : inherited(scene.facts),
    depth: scene.depth + 1,
  };
  const sight = scene.judge.script(inner, scene.parser.parse(script.text));
  const status = either(sight.status, sight.ends);
  return { status, ends: scene.errexit ? status : script.same ? sight.ends : "never", checks: sight.checks };
}

/** Why: another shell knows neither functions nor aliases, but finds the same files. */
function inherited(facts: ShellFacts): ShellFacts {
  return { ...facts, functions: new Map(), aliases: new Map(), lists: new Map(), texts: new Map() };
}

/** A script whose text the plan wrote into a file before. */
function writtenScript(scene: Scene, command: SimpleCommand, invocation: Invocation): HandedScript | undefined {
  const facts = command.assignments.reduce(
    (known, { name, value }) => (name === "PATH" && value !== undefined ? withSearchPath(known, value.raw) : known),
    scene.facts,
  );
  if (facts.files.isEmpty && !invocation.args.some(({ raw }) => raw.startsWith("<("))) return undefined;
  const same = invocation.program === "source" || invocation.program === ".";
  const text =
    same || shells.has(invocation.program) ? textOfOperand(facts, invocation) : textOfProgram(facts, invocation);
  if (text === undefined) return undefined;
  return {
    text,
    same,
    errexit: /^#!.*\s-[a-z]*e/.test(text) || invocation.values.some((value) => /^-[a-z]*e[a-z]*$/.test(value)),
  };
}

function textOfOperand(facts: ShellFacts, { args, values }: Invocation): string | undefined {
  if (values.some((value) => /^-[a-z]*[nc][a-z]*$/.test(value))) return undefined;
  const [word] = operands(args, ["-o", "+o", "-O"]);
  const [script] = word?.raw.startsWith("<(") === true ? word.substitutions : [];
  if (script !== undefined) return printedBy(script.statements.map(({ command }) => command));
  return word?.literal === undefined ? undefined : textAt(facts, word.literal);
}

function printedBy(commands: readonly { readonly kind: string }[]): string | undefined {
  const [only, ...more] = commands as readonly SimpleCommand[];
  if (only?.kind !== "simple" || more.length > 0 || only.words[0]?.literal !== "echo") return undefined;
  return only.words.every(({ literal }) => literal !== undefined)
    ? only.words
        .slice(1)
        .map(({ literal }) => literal)
        .join(" ")
    : undefined;
}

function textOfProgram(facts: ShellFacts, invocation: Invocation): string | undefined {
  const { path, program, wrappers } = invocation;
  if (wrappers.includes("npx")) return textAt(facts, `node_modules/.bin/${program}`) ?? searched(facts, program);
  if (path.includes("/")) return textAt(facts, path.replace(/^["']|["']$/g, ""));
  return searched(facts, program) ?? projectScript(facts, invocation);
}

function textAt(facts: ShellFacts, path: string): string | undefined {
  const place = pathBelow(facts.directory, path);
  return place === undefined ? undefined : facts.files.at(place)?.text;
}

function searched(facts: ShellFacts, program: string): string | undefined {
  for (const folder of facts.searchPath) {
    const file = facts.files.at(`${folder}/${program}`);
    if (file !== undefined) return file.text;
  }
  return undefined;
}

function projectScript(facts: ShellFacts, { program, values }: Invocation): string | undefined {
  if (program === "make") return makeRecipe(textAt(facts, "Makefile") ?? textAt(facts, "makefile"), values);
  if (["npm", "yarn", "pnpm", "bun"].includes(program)) return packageScriptText(textAt(facts, "package.json"), values);
  return undefined;
}
