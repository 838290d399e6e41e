import type { ShellCommand, ShellWord } from "#model/shell-syntax";
import type { Range } from "#model/source";
import type { UnderstoodBlock, UnderstoodPlan } from "#model/understanding";
import { gitCommits, type GitCommitCommand } from "#plan/commit-steps";
import { heredocText } from "#plan/shell/heredoc-text";

/** The message a plan wrote for its commit, or why what it wrote is none. */
export type CommitTemplate = { readonly text: string } | { readonly unusable: string };

/** The last message the plan wrote: in a section or fence called `Commit message`, else in its last `git commit`. */
export function commitTemplate(understood: UnderstoodPlan): CommitTemplate | undefined {
  const told = messageFence(understood);
  const found = told ?? lastOf(understood.steps.flatMap((step) => step.blocks.flatMap(messagesOf)));
  if (found === undefined || "unusable" in found) return found;
  const text = found.text.trim();
  if (text === "") return { unusable: "the plan's commit message is empty" };
  return isTemplateText(text) ? { unusable: "the plan's commit message is not filled in" } : { text };
}

function lastOf(found: readonly CommitTemplate[]): CommitTemplate | undefined {
  return found.findLast((each) => "text" in each) ?? found.at(-1);
}

const title = /^commit message(?: template)?$/i;

function messageFence({ plan, blocks }: UnderstoodPlan): CommitTemplate | undefined {
  const sections = plan.sections.filter((section) => title.test(section.title.trim()));
  const inside = blocks.find(
    ({ block }) =>
      title.test(block.label?.text.trim() ?? "") ||
      sections.some(({ range }) => within(block.range.start.offset, range)),
  );
  if (inside === undefined) return undefined;
  const commands = messagesOf(inside);
  return commands.length > 0 ? lastOf(commands) : { text: inside.block.text };
}

function within(offset: number, { start, end }: Range): boolean {
  return start.offset <= offset && offset < end.offset;
}

function messagesOf(block: UnderstoodBlock): readonly CommitTemplate[] {
  return gitCommits(block).flatMap((each) => messageOf(each, block.block.text) ?? []);
}

function messageOf({ command, words }: GitCommitCommand, text: string): CommitTemplate | undefined {
  const paragraphs: (string | undefined)[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    const written = word?.literal ?? word?.raw ?? "";
    if (/^-[a-z]*m$/.test(written) || written === "--message") paragraphs.push(textOf(words[++at], text));
    else if (/^-F$|^--file$/.test(written)) paragraphs.push(fileText(words[++at]?.literal ?? "", command, text));
    else if (written.startsWith("--file=")) paragraphs.push(fileText(written.slice(7), command, text));
    else if (written.startsWith("--message=")) paragraphs.push(word?.literal?.slice(10));
  }
  if (paragraphs.length === 0) return undefined;
  if (paragraphs.some((each) => each === undefined)) return { unusable: "only bash knows the plan's commit message" };
  return { text: paragraphs.join("\n\n") };
}

function fileText(name: string, command: ShellCommand, text: string): string | undefined {
  return name === "-" || name === "/dev/stdin" ? bodyOf(command, text) : undefined;
}

/** The value of a word: its own, or that of the here-document in `"$(cat <<'EOF' … )"`. */
function textOf(word: ShellWord | undefined, text: string): string | undefined {
  if (word === undefined || word.literal !== undefined) return word?.literal;
  const [script, ...others] = word.substitutions;
  const [statement, ...more] = script?.statements ?? [];
  if (statement === undefined || others.length + more.length > 0 || word.variables.length > 0) return undefined;
  if (!/^"?\$\(\s*cat\b/.test(word.raw) || !/\)"?$/.test(word.raw)) return undefined;
  return bodyOf(statement.command, text);
}

/** A here-document's text; undefined where bash would put something else in it. */
function bodyOf(command: ShellCommand, text: string): string | undefined {
  const redirect = command.redirects.find(({ heredoc }) => heredoc !== undefined);
  const { substitutions = [], variables = [] } = redirect?.heredoc ?? {};
  if (substitutions.length + variables.length > 0) return undefined;
  const body = heredocText(command, text);
  return redirect?.operator === "<<-" ? body?.replace(/^\t+/gm, "") : body;
}

/** Words that stand where something is still to be written. */
function isTemplateText(text: string): boolean {
  const subject = (text.split("\n", 1)[0] ?? "").trim();
  const isBracketed = ["[]", "<>", "{}"].some(
    (pair) => subject.startsWith(pair[0] ?? "") && subject.endsWith(pair[1] ?? ""),
  );
  return isBracketed || /\b[A-Z]{2,20}-N{2,8}\b|\{\{[^{}\n]{0,100}\}\}|<your-[^<>\n]{0,100}>/.test(text);
}
