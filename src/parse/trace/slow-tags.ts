import { tagFlag } from "#model/trace";
import type { Profile } from "#profile/profile";
import type { TagOnLine } from "../tag-line.ts";
import { isBlank } from "./tag-signs.ts";
import type { TagWords } from "./tag-words.ts";
import { none, type TraceBuilder } from "./trace-builder.ts";

const colon = 58;
const openBracket = 91;
const closeBracket = 93;
const openParenthesis = 40;

/** What every tag of a line has in common. */
export interface TagPlace {
  /** Bits of `tagFlag` that the place gives. */
  readonly flags: number;
  /** Tags that lead their line are live here. */
  readonly live: boolean;
  /** Every tag leads, wherever it stands. */
  readonly anywhere: boolean;
  /** The normal form has a blank behind the colon, as everywhere but in Gherkin. */
  readonly spaced: boolean;
}

/** Writes the rows of tags that were read by patterns. */
export class SlowTags {
  readonly #profile: Profile;
  readonly #words: TagWords;
  readonly #builder: TraceBuilder;

  constructor(profile: Profile, words: TagWords, builder: TraceBuilder) {
    this.#profile = profile;
    this.#words = words;
    this.#builder = builder;
  }

  /** Adds a tag of the line, or of what stands for one, that begins at `start`. */
  add(tag: TagOnLine, text: string, start: number, place: TagPlace): void {
    const { pool } = this.#builder;
    const number = (word: string | undefined): number => (word === undefined ? none : pool.internWord(word));
    const name = number(tag.name);
    const bracket = text.charCodeAt(start + tag.start - 1) === openBracket;
    const link =
      bracket &&
      text.charCodeAt(start + tag.end) === closeBracket &&
      text.charCodeAt(start + tag.end + 1) === openParenthesis;
    const untidy =
      text.charCodeAt(start + tag.nameEnd) !== colon ||
      (bracket && !link) ||
      (place.spaced && !isBlank(text.charCodeAt(start + tag.nameEnd + 1)));
    const isNone = this.#profile.tags.none.includes(tag.raw);
    const isPath = !isNone && !tag.raw.startsWith(":") && this.#words.namesPath(name);
    const [path = "", ...parts] = isPath ? tag.raw.split(":") : [];
    const document = isPath ? path : tag.document;
    const element = isPath ? (parts.length === 0 ? undefined : parts.join(":")) : tag.element;
    const continued = !isPath && document !== undefined && element !== tag.raw && !tag.raw.startsWith(document);
    const plain = tag.raw === (element === undefined ? document : `${document}:${element}`);
    const flags =
      place.flags |
      this.#words.nameFlags(name) |
      (place.live && (tag.leads || place.anywhere) ? tagFlag.live : 0) |
      (tag.optional ? tagFlag.optional : 0) |
      (isNone ? tagFlag.none : 0) |
      (continued ? tagFlag.continued : 0) |
      (link ? tagFlag.link : 0) |
      (untidy ? tagFlag.untidy : 0);
    const [type, named, part, raw] = [tag.type, document, element, plain ? undefined : tag.raw].map(number);
    this.#builder.tag(
      type ?? none,
      named ?? none,
      part ?? none,
      raw ?? none,
      start + tag.start,
      start + tag.end,
      flags,
    );
    this.#builder.nameTag(start + tag.nameStart, start + tag.nameEnd);
  }
}
