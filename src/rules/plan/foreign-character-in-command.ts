import { invocationOf } from "#plan/shell/invocation";
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

/** Without which there is neither a trap nor a letter of another alphabet. */
const beyondPlain = /[^\n\t -~]/;

/** Letters of other alphabets that look like Latin ones. */
const lookalikes = /^[аеорсухіјѕԁһӏѵԛԝАВЕКМНОРСТХІЈЅαορνικυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ]+$/u;

/** Told by the letters of one run: two alphabets in it, or none but doubles of Latin letters. */
function isDisguised(name: string): boolean {
  return (name.match(/[\p{L}]+/gu) ?? []).some((run) => {
    const foreign = run.replace(/\p{Script=Latin}/gu, "");
    if (foreign === "") return /[\uFF21-\uFF5A]/.test(run);
    return foreign !== run
      ? /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u.test(foreign)
      : lookalikes.test(run);
  });
}

const disguised =
  "A letter of another alphabet stands in the name of this command: it is not the program it looks like.";

/** Commands are typed, not typeset. */
export const foreignCharacterInCommand: Rule = defineRule({
  code: "plan/foreign-character-in-command",
  severity: "error",
  title: "Typeset character in a command",
  summary:
    "Commands hold no typographic quotes, dashes, invisible blanks or carriage returns outside quotes, and no letters of other alphabets in names.",
  needs: ["understood"],
  check({ understood }, report) {
    const blocks = runningBlocks(understood).filter(({ block }) => block.syntax !== undefined);
    if (blocks.length === 0) return "not-applicable";
    for (const { block } of blocks) {
      if (!beyondPlain.test(block.block.text)) continue;
      const commands = block.syntax === undefined ? [] : simpleCommands(block.syntax);
      for (const { command } of commands) {
        const path = invocationOf(command.words)?.path;
        const name = command.words.find(({ raw }) => raw === path);
        if (name === undefined || !isDisguised(name.raw)) continue;
        report({ message: disguised, at: block.block.rangeOf(name.start, name.end), cause: disguised });
      }
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
