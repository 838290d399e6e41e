import { itemsOf, takeTexts } from "./bullets.ts";
import type { ImportedGroup, ImportedRisk } from "./imported-plan.ts";
import { bareText, isInside, type SourceLines, type SourceSection } from "./source-lines.ts";

/** Sections of a design whose bullets bind the work. */
const binding =
  /\b(?:decisions?|architecture|approach|technolog|constraints?|error handling|security|performance|testing|test strategy|goals|principles|data models?|migration|trade-?offs)\b/iu;
const risky = /\brisks?\b/iu;
const grounding = /^(?:overview|context|background|introduction|purpose|summary|current state)\b/iu;

/** What a design says that a plan has a place for. */
export interface DesignFacts {
  readonly context: readonly ImportedGroup[];
  readonly decisions: readonly ImportedGroup[];
  readonly risks: readonly ImportedRisk[];
}

/** Reads a `design.md`: what grounds the work, what was decided, what may go wrong. Diagrams, tables and code stay there. */
export function readDesign(source: SourceLines): DesignFacts {
  const context: ImportedGroup[] = [];
  const decisions: ImportedGroup[] = [];
  const risks: ImportedRisk[] = [];
  for (const section of source.sections()) {
    const title = section.title.replace(/^\d+(?:\.\d+)*\.?\s+/u, "");
    const items = topItems(section);
    const into = grounding.test(title) ? context : binding.test(withParents(source, section)) ? decisions : undefined;
    if (section.level === 1) source.take(section.heading);
    if (items.length === 0) continue;
    if (risky.test(title)) {
      source.take(section.heading);
      for (const text of takeTexts(source, items)) risks.push(riskOf(text));
    } else if (into !== undefined) {
      source.take(section.heading);
      into.push({ title, items: takeTexts(source, items), path: source.path });
    }
  }
  return { context, decisions, risks };
}

/** Items of the first level; what stands below them says how, which stays in the design. */
function topItems(section: SourceSection): ReturnType<typeof itemsOf> {
  const items = itemsOf(section.own);
  const least = Math.min(...items.map(({ indent }) => indent));
  return items.filter(({ indent }) => indent === least);
}

/** A section's title with those of the sections it stands in. */
function withParents(source: SourceLines, section: SourceSection): string {
  const above = source.sections().filter((other) => other.level > 1 && isInside(section, other));
  return [...above, section].map(({ title }) => title).join(" / ");
}

/** `[Risk] Words → Mitigation: words`. */
function riskOf(text: string): ImportedRisk {
  const bare = text.replace(/^\[?Risk\]?\s*:?\s*/iu, "");
  const [title = bare, ...rest] = bare.split(/\s*(?:→|->|=>|\bMitigation:)\s*/u);
  const mitigation = rest
    .join(" ")
    .replace(/^Mitigation:\s*/iu, "")
    .trim();
  return { title: bareText(title), ...(mitigation === "" ? {} : { mitigation: bareText(mitigation) }) };
}

/** What requirements say that a plan has a place for. */
export interface RequirementFacts {
  readonly title?: string;
  readonly introduction: readonly string[];
  readonly criteria: readonly ImportedGroup[];
}

/** Reads a `requirements.md` of Kiro and its like: the introduction, and each requirement's acceptance criteria with their numbers. */
export function readRequirements(source: SourceLines): RequirementFacts {
  const sections = source.sections();
  const introduction: string[] = [];
  const criteria: { title: string; items: string[]; path: string }[] = [];
  for (const section of sections) {
    const [, number, words = ""] = /^(?:Requirement\s+)?(\d+(?:\.\d+)*)\s*[:.]?\s*(.*)$/iu.exec(section.title) ?? [];
    if (section.level === 1 || /^requirements$/iu.test(section.title)) source.take(section.heading);
    if (/^(?:introduction|project description|overview)\b/iu.test(section.title)) {
      source.take(section.heading);
      introduction.push(...takeTexts(source, itemsOf(section.own)));
    } else if (number !== undefined && section.level >= 2) {
      source.take(section.heading);
      const story = itemsOf(section.own).filter(
        ({ marker, text }) => marker === "" && /user story|objective|as an? /iu.test(text),
      );
      const said = takeTexts(source, story).map((text) => text.replace(/^(?:User Story|Objective):\s*/iu, ""));
      const title = [`Requirement ${number}`, words || undefined, ...said]
        .filter((part) => part !== undefined)
        .join(": ");
      const below = sections.filter((other) => isInside(other, section) && /acceptance criteria/iu.test(other.title));
      for (const each of below) source.take(each.heading);
      const items = [section, ...below].flatMap(({ own }) => itemsOf(own).filter(({ marker }) => marker !== ""));
      const texts = takeTexts(source, items);
      criteria.push({ title, items: texts.map((text, index) => `${number}.${index + 1}: ${text}`), path: source.path });
    }
  }
  return { introduction, criteria: criteria.filter(({ items }) => items.length > 0) };
}
