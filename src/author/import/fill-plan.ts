import type { PlanSection } from "#profile/plan-words";
import type { Profile } from "#profile/profile";
import { SourceLines } from "./source-lines.ts";

/** Texts of sections by their key; what stands below the heading of one is replaced by it. */
export type SectionTexts = Readonly<Partial<Record<PlanSection, string>>>;

/** A new plan with other texts in some of its sections; a section that it does not have is written behind the others. */
export function fillPlan(text: string, profile: Profile, texts: SectionTexts): string {
  const lines = text.split("\n");
  const sections = new SourceLines({ path: "", text }).sections();
  const titleOf = (key: string): string =>
    profile.plan.sections.find((section) => section.key === key)?.titles[0] ?? key;
  const filled = Object.entries(texts).map(([key, body]) => {
    const section = sections.find(({ title }) => title === titleOf(key));
    return { title: titleOf(key), body: body.trim(), section };
  });
  const placed = filled.flatMap(({ section, body }) => (section === undefined ? [] : [{ section, body }]));
  for (const { section, body } of placed.sort((a, b) => b.section.heading.number - a.section.heading.number)) {
    lines.splice(section.heading.number, section.lines.length, "", body, "");
  }
  const added = filled
    .filter(({ section }) => section === undefined)
    .map(({ title, body }) => `\n## ${title}\n\n${body}\n`);
  return `${lines.join("\n").trimEnd()}\n${added.join("")}`;
}
