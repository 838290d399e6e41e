import { mentionKind } from "#model/trace";
import { sectionOf } from "#profile/dialect";
import { normalWords } from "#profile/normal-words";
import type { PlanSection } from "#profile/plan-words";
import type { Profile } from "#profile/profile";
import { healText } from "../encoding.ts";
import { plainWords } from "../plain-words.ts";

/** What the title of a heading or label says of what stands under it. */
interface TitleMeaning {
  readonly key: PlanSection | undefined;
  /** One of `mentionKind`, -1 when the title says nothing of mentions. */
  readonly mentions: number;
}

const nothing: TitleMeaning = { key: undefined, mentions: -1 };

/** Tells what titles mean. Most titles are known to mean nothing by their first word. */
export class HeadingWords {
  readonly #profile: Profile;
  readonly #mentions: ReadonlyMap<string, number>;
  readonly #firstWords: ReadonlySet<string>;
  /** By first letter, a bit for each length of first words. Why: most words are known to be none without looking them up. */
  readonly #lengths: Int32Array = new Int32Array(32);

  constructor(profile: Profile) {
    this.#profile = profile;
    this.#mentions = new Map(
      profile.trace.sections.flatMap(({ key, titles }) =>
        titles.map((title) => [normalWords(title), mentionKind[key]] as const),
      ),
    );
    const titles = [...profile.plan.sections, ...profile.trace.sections].flatMap((section) => section.titles);
    this.#firstWords = new Set(titles.map((title) => /^[^\s&/'’]*/u.exec(normalWords(title))?.[0] ?? ""));
    for (const word of this.#firstWords) {
      const letter = letterOf(word.charCodeAt(0));
      this.#lengths[letter] = (this.#lengths[letter] as number) | lengthBit(word.length);
    }
  }

  /** The meaning of the title from `start` to `end`. */
  meaning(text: string, start: number, end: number): TitleMeaning {
    if (!this.#mayMean(text, start, end)) return nothing;
    const title = text.slice(start, end);
    const words = plainWords(/[^\u0000-\u007f]/.test(title) ? healText(title) : title);
    const mentions = this.#mentions.get(normalWords(words)) ?? -1;
    return { key: sectionOf(this.#profile, words), mentions };
  }

  /** False when the first word begins no title that is known. */
  #mayMean(text: string, start: number, end: number): boolean {
    let from = start;
    while (from < end && isBefore(text.charCodeAt(from))) from++;
    let to = from;
    while (to < end && isWord(text.charCodeAt(to))) to++;
    if (to < end && text.charCodeAt(to) >= 128) return true;
    if (to === from) return to < end;
    const lengths = this.#lengths[letterOf(text.charCodeAt(from))] as number;
    return (lengths & lengthBit(to - from)) !== 0 && this.#firstWords.has(text.slice(from, to).toLowerCase());
  }
}

/** The same for a letter in both cases. */
function letterOf(code: number): number {
  return code & 31;
}

function lengthBit(length: number): number {
  return 1 << Math.min(length, 31);
}

/** Blanks, marks, digits and stops, as they may stand before a title. */
function isBefore(code: number): boolean {
  return code === 32 || code === 9 || code === 35 || code === 42 || code === 46 || code === 96 || isDigit(code);
}

function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || isDigit(code);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
