import type { Range } from "#model/source";
import { layerOf } from "#profile/dialect";
import { type ContextWith, defineRule, type Report, type Rule } from "../rule.ts";

/** Front matter says the same as the document. */
export const frontMatterContradicts: Rule = defineRule({
  code: "document/front-matter-contradicts",
  severity: "warning",
  title: "Front matter contradicts the document",
  summary: "Type, layer, parent and complexity of the front matter agree with the document and its control table.",
  needs: ["plan"],
  check(context, report) {
    if (context.plan.frontMatter === undefined) return "not-applicable";
    checkKind(context, report);
    checkControl(context, report);
  },
});

function checkKind({ plan, profile }: ContextWith<"plan">, report: Report): void {
  const { artifactType, layer } = plan.frontMatter ?? {};
  const { type } = profile.plan;
  const number = layerOf(profile, type)?.layer;
  if (artifactType?.value !== undefined && artifactType.value !== type) {
    report({
      message: `artifact_type is ${artifactType.raw}, but this is a plan. Write ${type}.`,
      at: artifactType.range,
    });
  }
  if (layer !== undefined && number !== undefined && layer.value !== number) {
    report({
      message: `layer is ${layer.raw}, but a plan stands on layer ${number}. Write ${number}.`,
      at: layer.range,
    });
  }
}

function checkControl({ plan }: ContextWith<"plan">, report: Report): void {
  const { frontMatter, control } = plan;
  const parents = control?.parentTasks?.value;
  const written = frontMatter?.parentTasks?.value;
  if (
    parents !== undefined &&
    parents.length > 0 &&
    written !== undefined &&
    !parents.some((id) => written.includes(id))
  ) {
    differ(report, "parent_tasks", written, parents.join(", "), frontMatter?.parentTasks?.range);
  }
  const complexity = control?.complexity?.value;
  const claimed = frontMatter?.complexity?.value;
  if (complexity !== undefined && claimed !== undefined && complexity !== claimed) {
    differ(report, "complexity", String(claimed), String(complexity), frontMatter?.complexity?.range);
  }
}

function differ(report: Report, key: string, here: string, there: string, at: Range | undefined): void {
  if (at === undefined) return;
  report({ message: `${key} is ${here} here and ${there} in the control table. Make them agree.`, at });
}
