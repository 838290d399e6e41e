import type { Range, Span } from "#model/source";
import { findDocumentId } from "../find-document-id.ts";
import { type ContextWith, defineRule, type Rule } from "../rule.ts";

interface WrittenId {
  readonly where: string;
  readonly id: string;
  readonly at: Range | Span;
}

/** A plan has one id, wherever it is written. */
export const idContradicts: Rule = defineRule({
  code: "document/id-contradicts",
  severity: "error",
  title: "Contradicting ids",
  summary: "Control table, title, file name and front matter name the same id.",
  needs: ["plan"],
  check(context, report) {
    const [first, ...others] = writtenIds(context);
    if (first === undefined || others.length === 0) return "not-applicable";
    for (const other of others.filter((one) => one.id !== first.id)) {
      report({
        message: `The ${other.where} says ${other.id}, the ${first.where} says ${first.id}. Make them agree.`,
        at: other.at,
      });
    }
  },
});

function writtenIds({ plan, profile, document }: ContextWith<"plan">): readonly WrittenId[] {
  const places: readonly { where: string; text: string | undefined; at: Range | Span | undefined }[] = [
    { where: "control table", text: plan.control?.id?.raw, at: plan.control?.id?.range },
    { where: "title", text: plan.title?.text, at: plan.title?.range },
    { where: "file name", text: document.id, at: plan.title?.range ?? { start: 0, end: 0 } },
    { where: "front matter", text: plan.frontMatter?.title?.value, at: plan.frontMatter?.title?.range },
  ];
  return places.flatMap(({ where, text, at }) => {
    const found = text === undefined ? undefined : findDocumentId(profile, text);
    return found === undefined || at === undefined ? [] : [{ where, id: found.id, at }];
  });
}
