import { isReserved, isWellNamed, parseDocumentId } from "#profile/dialect";
import { defineRule, type Rule } from "../rule.ts";

/** A plan's file is named as the profile has it. */
export const fileName: Rule = defineRule({
  code: "document/file-name",
  severity: "warning",
  title: "File name",
  summary: "A plan's file is named by id, slug and the time it was made, as the profile has it.",
  needs: ["plan"],
  check({ document, profile, plan }, report) {
    const id = document.id === undefined ? undefined : parseDocumentId(profile, document.id);
    if (document.template || plan.template || (id !== undefined && isReserved(profile, id))) return "not-applicable";
    const name = document.path.slice(document.path.lastIndexOf("/") + 1);
    const { type } = profile.plan;
    if (isWellNamed(profile, type, name)) return;
    const patterns = profile.layers.find((layer) => layer.type === type)?.files ?? [];
    const wanted = patterns.map((pattern) => shown(pattern, type)).join(" or ");
    report({
      message: `The file is named ${name}. Name it ${wanted}.`,
      at: plan.title?.range ?? { start: 0, end: 0 },
    });
  },
});

/** A file name pattern as people read it: `IPLAN-NNN_slug_YYYYMMDD_HHMMSS.md`. */
function shown(pattern: string, type: string): string {
  return pattern
    .replace(/\[[^\]]*\]/g, "")
    .replace("{TYPE}", type)
    .replace("{date}", "YYYYMMDD")
    .replace("{time}", "HHMMSS")
    .replace(/[{}]/g, "");
}
