import { createHash, createHmac } from "node:crypto";
import type { Hash } from "#model/ports";
import { createSourceFromText, type Source } from "#model/source";
import { aidoc16 } from "#profile/aidoc-16";
import type { RuleName } from "#rules/codes";
import type { Rule, RuleContext, RuleDefinition } from "#rules/rule";
import { defineRule } from "#rules/rule";

/** Digests as the host makes them. */
export const hash: Hash = {
  sha256: (bytes) => createHash("sha256").update(bytes).digest("hex"),
  hmacSha256: (key, text) => createHmac("sha256", key).update(text).digest("hex"),
};

/** A context with nothing but a text. */
export function contextOf(text: string | Source, more: Partial<RuleContext> = {}): RuleContext {
  const source = typeof text === "string" ? createSourceFromText("docs/IPLAN/a.md", text) : text;
  return {
    source,
    document: { path: source.path, template: false, named: true, size: source.bytes.length },
    profile: aidoc16,
    ...more,
  };
}

/** A rule that reports every occurrence of a word. */
export function wordRule(code: RuleName, word: string, more: Partial<RuleDefinition<never>> = {}): Rule {
  return defineRule({
    code,
    severity: "warning",
    title: `No ${word}`,
    summary: `The text does not say ${word}.`,
    needs: [],
    check({ source }, report) {
      for (let at = source.text.indexOf(word); at >= 0; at = source.text.indexOf(word, at + 1)) {
        report({ message: `${word} stands here. Take it out.`, at: { start: at, end: at + word.length } });
      }
    },
    ...more,
  });
}
