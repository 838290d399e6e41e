import { createSource } from "#model/source";
import type { Profile } from "#profile/profile";
import { parsePlan } from "#parse/iplan/plan";

/** The text of a new plan with the plan it follows among its related artifacts. */
export function followingPlan(text: string, predecessor: string, path: string, profile: Profile): string {
  const { control } = parsePlan(createSource(path, new TextEncoder().encode(text)), profile);
  const related = control?.relatedArtifacts;
  if (related !== undefined) {
    if (related.value?.includes(predecessor) === true) return text;
    const { offset } = related.range.end;
    return `${text.slice(0, offset)}${related.raw.trim() === "" ? "" : ", "}${predecessor}${text.slice(offset)}`;
  }
  const name = profile.plan.fields.find((field) => field.key === "relatedArtifacts")?.names[0];
  const above = control?.parentTasks ?? control?.id;
  if (name === undefined || above === undefined) return text;
  const end = text.indexOf("\n", above.range.end.offset);
  return end < 0 ? text : `${text.slice(0, end)}\n| **${name}** | ${predecessor} |${text.slice(end)}`;
}
