import { defineRule, type Rule } from "../rule.ts";
import { runningBlocks } from "../running-blocks.ts";
import { simpleCommands } from "../shell-commands.ts";

interface Trap {
  readonly pattern: RegExp;
  readonly message: string;
}

/** What word processors, web pages and Windows put into commands; bash takes each as part of a word. */
const traps: readonly Trap[] = [
  { pattern: /\r/, message: "A carriage return stands in this command. Save the block with LF line ends." },
  {
    pattern: /[\u00A0\u200B\uFEFF]/,
    message: "An invisible blank stands in this word, which bash does not split at. Type a plain blank.",
  },
  { pattern: /^[“”„‘’‚]/, message: "A typographic quote does not quote in bash. Type \" or '." },
  { pattern: /^[–—]/, message: "A dash stands where an option begins. Type - or --." },
];

/** Commands are typed, not typeset. */
export const foreignCharacterInCommand: Rule = defineRule({
  code: "plan/foreign-character-in-command",
  severity: "error",
  title: "Typeset character in a command",
  summary: "Commands hold no typographic quotes, dashes, invisible blanks or carriage returns outside quotes.",
  needs: ["understood"],
  check({ understood }, report) {
    const blocks = runningBlocks(understood).filter(({ block }) => block.syntax !== undefined);
    if (blocks.length === 0) return "not-applicable";
    for (const { block } of blocks) {
      const commands = block.syntax === undefined ? [] : simpleCommands(block.syntax);
      for (const word of commands.flatMap(({ command }) => command.words)) {
        const bare = word.raw.replace(/"[^"]*"|'[^']*'/g, "");
        const trap = traps.find(({ pattern }) => pattern.test(bare));
        if (trap === undefined) continue;
        const at = block.block.rangeOf(word.start, word.end);
        report({ message: trap.message, at, cause: trap.message });
      }
    }
  },
});
