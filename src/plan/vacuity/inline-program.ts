import type { SimpleCommand } from "#model/shell-syntax";
import { inlineCode } from "../shell/handed-script.ts";
import { heredocText } from "../shell/heredoc-text.ts";
import type { Invocation } from "../shell/invocation.ts";
import { judgeCode, languageOf } from "./inline-code.ts";
import type { Scene, Sight } from "./strength.ts";

/** `python -c '…'`, `node <<EOF`: what the code tells. */
export function inlineProgram(scene: Scene, command: SimpleCommand, invocation: Invocation): Sight | undefined {
  const language = languageOf(invocation.program);
  if (language === undefined) return undefined;
  const code = inlineCode(command, invocation, (each) => heredocText(each, scene.text));
  return code === undefined ? undefined : judgeCode(scene, command, language, code);
}
