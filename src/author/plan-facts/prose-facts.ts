import type { Source } from "#model/source";
import type { Profile } from "#profile/profile";
import type { DecisionFacts, RiskFacts } from "./facts.ts";
import { labelled, type OutlineSection, outlineOf } from "./outline.ts";
import { plannedRisks } from "./tasks-facts.ts";

/** Most lines of a decision that are carried into a plan; the rest is read where it stands. */
const mostLines = 3;

/** What an architecture decision settles, and nothing where it has no section that says so. */
export function decisionIn(source: Source, profile: Profile, id: string): readonly DecisionFacts[] {
  const section = outlineOf(source, profile).find(
    ({ title, items }) =>
      /^(?:decision|decision outcome|chosen (?:option|solution))\b/iu.test(title) && items.length > 0,
  );
  const items = (section?.items ?? []).filter(({ kind, indent }) => kind !== "row" && indent === 0);
  const lines = items.map(({ text }) => text).slice(0, mostLines);
  return lines.length === 0 ? [] : [{ title: "Architecture", from: id, items: lines }];
}

/** Bounds that a document of system requirements puts under headings such as `PERF-001: Pickup time`. */
export function boundsIn(source: Source, profile: Profile, id: string): readonly DecisionFacts[] {
  const items = outlineOf(source, profile)
    .filter(({ title }) => /^PERF-\d/u.test(title))
    .flatMap(({ items }) => items.filter(({ kind }) => kind !== "row").map(({ text }) => text));
  return items.length === 0 ? [] : [{ title: "Performance Targets", from: id, items }];
}

const riskTitle = /\b(?:risks?|consequences|what could (?:delay|go wrong)|blockers|trade-?offs)\b/iu;
const badTitle = /\b(?:negative|risks?|trade-?offs|harder)\b/iu;
const goodTitle = /\b(?:positive|benefits|neutral)\b/iu;

/** Risks that a document speaks of: in the form of plans, else the list under a heading on risks or consequences. */
export function risksIn(source: Source, profile: Profile, id: string): readonly RiskFacts[] {
  const planned = plannedRisks(source, profile);
  if (planned.length > 0) {
    return planned.map(({ title, description, mitigation }) => ({
      title,
      ...(description === undefined ? {} : { description }),
      mitigation: mitigation.map(({ text }) => text),
      from: id,
    }));
  }
  return riskSections(outlineOf(source, profile)).flatMap(({ items }) => {
    const bullets = items.filter(({ kind, indent }) => kind === "bullet" && indent === 0);
    const told = bullets.length > 0 ? bullets : items.filter(({ kind }) => kind === "paragraph");
    return told.map(({ text }) => riskOf(text, id));
  });
}

/** The sections on risks; where one of them tells good from bad, the bad alone. */
function riskSections(outline: readonly OutlineSection[]): readonly OutlineSection[] {
  return outline.flatMap((section, index) => {
    if (!riskTitle.test(section.title) || /register|matrix/iu.test(section.title)) return [];
    const after = outline.findIndex((one, at) => at > index && one.level <= section.level);
    const below = outline.slice(index + 1, after < 0 ? undefined : after);
    const bad = below.filter(({ title }) => badTitle.test(title));
    if (bad.length > 0) return bad.filter(({ title }) => !riskTitle.test(title) || title === section.title);
    return [section, ...below.filter(({ title }) => !goodTitle.test(title) && !riskTitle.test(title))];
  });
}

/** Why: a title is one sentence; the whole text stands below it. */
function riskOf(text: string, from: string): RiskFacts {
  const { label, text: rest } = labelled(text);
  if (label !== undefined && rest !== "") return { title: label, description: rest, mitigation: [], from };
  const sentence = /^(.{10,100}?)[.;:](?=\s)/u.exec(text)?.[1];
  if (sentence === undefined) return { title: text.replace(/\.$/u, ""), mitigation: [], from };
  return { title: sentence, description: text, mitigation: [], from };
}

/** What a document's control table calls its status. */
export function statusIn(text: string): string | undefined {
  const row = /^\|[ \t]*\**Status\**[ \t]*\|[ \t]*([^|\n]{1,80}?)[ \t]*\|/mu.exec(text);
  return row?.[1] ?? /^status:[ \t]*["']?([^"'\n]{1,80}?)["']?[ \t]*$/mu.exec(text)?.[1];
}
