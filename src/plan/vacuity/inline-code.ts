import type { SimpleCommand } from "#model/shell-syntax";
import { type CodeLanguage, languages } from "./code-languages.ts";
import { type Scene, type Sight, type Strength, blind, noteBlind, placeIn, textIn } from "./strength.ts";

/** The language of an interpreter or of a `#!` line; undefined for the shell and what is not known. */
export function languageOf(program: string): CodeLanguage | undefined {
  const name = /(?:^|\/|\s)(python|node|ruby|perl|php)[\d.]*(?:\s|$)/.exec(program)?.[1];
  return name === undefined ? undefined : languages[name];
}

/** What code of another language tells by how it ends. */
export function judgeCode(scene: Scene, command: SimpleCommand, language: CodeLanguage, code: string): Sight {
  const { strength, why } = strengthOf(language, code, scene.text.slice(command.start, command.end));
  if (why !== undefined) noteBlind(scene, command, why);
  if (strength === "never") return blind;
  const text = textIn(scene, command).trim();
  const check = {
    text,
    span: placeIn(scene, command),
    strength,
    recognised: strength === "checks",
    kind: "presence" as const,
  };
  return { status: strength, ends: scene.errexit ? strength : "never", checks: [check] };
}

interface CodeSight {
  readonly strength: Strength;
  readonly why?: string;
}

const asks: CodeSight = { strength: "checks" };

function strengthOf(language: CodeLanguage, code: string, call: string): CodeSight {
  const bare = withoutTexts(code);
  const decides = language.decides.test(bare);
  if (language.catches.test(bare) && !decides) return { strength: "weak", why: "its code catches the failure" };
  if (language.muted?.test(call) === true) return { strength: "never", why: "with this option it does not check" };
  if (!decides && printsAnswer(language, bare))
    return { strength: "weak", why: "its code prints its answer and ends well either way" };
  if (decides || importsOwn(language, code)) return asks;
  const calls = [...bare.matchAll(/\b([A-Za-z_]\w*[?!]?)[ \t]*\(/g)].map((match) => match[1] ?? "");
  const words =
    language.commands === undefined ? [] : [...bare.matchAll(language.commands)].map((match) => match[1] ?? "");
  const open = [...calls, ...words].filter((name) => !language.harmless.has(name));
  if (open.length > 0) return asks;
  return { strength: "never", why: "its code prints or starts something and ends well whatever comes of it" };
}

function printsAnswer({ answers }: CodeLanguage, code: string): boolean {
  if (answers.whole !== undefined && holdsInOrder(code, answers.whole)) return true;
  return code.split("\n").some((line) => holdsInOrder(line, answers.line));
}

/** True when each pattern is found behind the one before it. */
function holdsInOrder(text: string, patterns: readonly RegExp[]): boolean {
  let rest = text;
  for (const pattern of patterns) {
    const match = pattern.exec(rest);
    if (match === null) return false;
    rest = rest.slice(match.index + match[0].length);
  }
  return true;
}

/** Code without comments and the texts in quotes, which name nothing it does. */
function withoutTexts(code: string): string {
  return code
    .replace(/"""[\s\S]*?"""|'''[\s\S]*?'''/g, '""')
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, '""')
    .replace(/(?:^|\s)#.*$|\/\/.*$/gm, "");
}

/** True when the code loads a module that is not part of the language: it fails where that is missing. */
function importsOwn(language: CodeLanguage, code: string): boolean {
  for (const match of code.matchAll(language.imports)) {
    const names = (match[1] ?? match[2] ?? "").split(",");
    for (const name of names) {
      const root =
        name
          .trim()
          .replace(/^node:/, "")
          .split(/[\s.](?!\/)/)[0] ?? "";
      if (root !== "" && !language.builtin.has(root)) return true;
      if (/^\.{0,2}\//.test(name.trim())) return true;
    }
  }
  return false;
}
