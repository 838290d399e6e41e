import { titlePlace } from "../title-place.ts";
import { defineRule, planIdOf, type Rule } from "../rule.ts";

/** No two documents hold one id. */
export const duplicateId: Rule = defineRule({
  code: "document/duplicate-id",
  severity: "error",
  title: "Duplicate id",
  summary: "One id belongs to one document; parts of a split plan and the two files of a contract share theirs.",
  needs: ["workspace"],
  check(context, report) {
    const { document, workspace } = context;
    const id = planIdOf(context) ?? document.id;
    if (id === undefined || document.template) return "not-applicable";
    const holders = workspace.holders(id);
    const own = holders.find((holder) => holder.path === document.path);
    const rivals = holders.filter(
      (holder) => !isPair(holder.path, document.path) && !isOtherPart(holder.part, own?.part ?? context.plan?.part),
    );
    if (rivals.length === 0) return;
    const { plan } = context;
    const paths = rivals.map((rival) => rival.path).join(", ");
    report({
      message: `${id} is also the id of ${paths}. Give one of them the next free number.`,
      at: plan?.control?.id?.range ?? plan?.title?.range ?? titlePlace(context),
    });
  },
});

function isOtherPart(part: number | undefined, own: number | undefined): boolean {
  return part !== undefined && own !== undefined && part !== own;
}

/** True for the same document, and for a contract's `.md` and `.yaml`. */
function isPair(path: string, own: string): boolean {
  return path.slice(0, path.lastIndexOf(".")) === own.slice(0, own.lastIndexOf("."));
}
