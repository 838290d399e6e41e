import type { Span } from "#model/source";
import { findScriptCommands, type ScriptCommand } from "../dead-commands.ts";
import type { MarkdownFacts, WorkspaceFacts } from "../facts.ts";
import { defineRule, type Draft, type Rule } from "../rule.ts";

/** Commands of the framework name scripts that are there. */
export const deadValidator: Rule = defineRule({
  code: "document/dead-validator",
  severity: "warning",
  title: "Validator script that is not there",
  summary: "A document asks for no validator script of the framework that the workspace does not have.",
  needs: ["markdown", "workspace"],
  when: ({ source }) => source.text.includes("scripts/"),
  check({ source, markdown, workspace }, report) {
    if (!source.text.includes("scripts/")) return "not-applicable";
    const { text } = source;
    const commands = places(text, markdown).flatMap((place) =>
      isMention(text.slice(place.start, place.end)) ? [] : findScriptCommands(text, place),
    );
    for (const one of commands) if (!isThere(one, source.path, workspace)) report(draftOf(one, text));
    return undefined;
  },
});

function draftOf(command: ScriptCommand, text: string): Draft {
  const { script, instead, start, end, whole } = command;
  const cure =
    instead === undefined
      ? "iplan reads the tags of the documents itself; take the command out."
      : `Write ${instead} instead.`;
  const fix =
    instead === undefined || !whole
      ? {}
      : {
          fix: {
            title: "write commands of iplan for scripts that are not there",
            edits: [{ start, end, text: instead, expected: text.slice(start, end) }],
          },
        };
  return {
    message: `${script} is not there, so this command checks nothing. ${cure}`,
    at: { start, end },
    // Why: that the framework's scripts are not there is one defect, however many of them are named.
    cause: "dead-validator",
    ...fix,
  };
}

/** True for `scripts/validate.sh` in a sentence, which names the file; `./scripts/validate.sh` runs it. */
function isMention(text: string): boolean {
  return /^(?!\.\/)[^\s`]*$/u.test(text);
}

/** Why: people run such commands in the workspace or beside the document. */
function isThere({ script }: ScriptCommand, path: string, workspace: WorkspaceFacts): boolean {
  const folder = path.split("/").slice(0, -1);
  return [script, resolved(folder, script)].some((one) => workspace.exists(one.replace(/^\.\//, "")));
}

function resolved(folder: readonly string[], script: string): string {
  const parts = [...folder];
  for (const part of script.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** Where commands are written: fences, and code in a sentence. */
function places(text: string, { fences }: MarkdownFacts): readonly Span[] {
  const code = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => ({
    start: match.index + 1,
    end: match.index + match[0].length - 1,
  }));
  const fenced = (at: number): boolean => fences.some(({ start, end }) => at >= start && at < end);
  return [...fences, ...code.filter(({ start }) => !fenced(start))].sort((a, b) => a.start - b.start);
}
