import { onceFor } from "#model/lazily";
import { type DocumentTrace, tagColumn, tagFlag, tagWidth } from "#model/trace";
import type { Profile } from "#profile/profile";
import type { TraceFacts } from "./facts.ts";

/** What one look at the tags of a document tells of all that are live. Why: nearly always, that no rule on tags has anything to say. */
export interface TagSurvey {
  readonly live: number;
  /** Bits of `tagFlag` that any of them has. */
  readonly flags: number;
  /** Their names, each once. */
  readonly names: readonly string[];
  /** True when each names a document, and one of the type whose name it has. */
  readonly plain: boolean;
}

const nothing: TagSurvey = { live: 0, flags: 0, names: [], plain: true };

/** Looks at the live tags of a document; the last one looked at is known. */
export function surveyTags({ graph, path }: TraceFacts): TagSurvey {
  const trace = graph.trace(path);
  return trace === undefined ? nothing : surveyorOf(graph.profile).of(trace);
}

const surveyorOf = onceFor((profile: Profile) => new TagSurveyor(profile));

const unknown = -2;
const none = -1;
/** A string that no tag of a layer fits. */
const noLayer = -3;

/** Looks at the tags of one document after another. */
class TagSurveyor {
  /** Places of the layers of documents by tag, the first of each, and by type. */
  readonly #tags: ReadonlyMap<string, number>;
  readonly #types: ReadonlyMap<string, number>;
  /** By string of the document that is looked at: the layer that a tag of this name speaks of, and the one that has the type in an id. */
  #named = new Int32Array(64);
  #held = new Int32Array(64);
  #trace: DocumentTrace | undefined;
  #survey: TagSurvey = nothing;

  constructor(profile: Profile) {
    const places = profile.layers.map((layer, place) => ({ layer, place })).toReversed();
    // Why: of a layer that is named by path, and of a tag that is none of a layer, nothing can be told at a glance.
    const known = places.map(
      ({ layer, place }) => [layer.tag ?? "", layer.reference === "path" ? none : place] as const,
    );
    this.#tags = new Map(known);
    this.#types = new Map(profile.layers.map(({ type }, place) => [type, place]));
  }

  of(trace: DocumentTrace): TagSurvey {
    if (this.#trace !== trace) {
      this.#survey = this.#look(trace);
      this.#trace = trace;
    }
    return this.#survey;
  }

  #look({ tags, strings }: DocumentTrace): TagSurvey {
    const [named, held] = this.#forget(strings.length);
    const names: string[] = [];
    let [live, flags, plain] = [0, 0, true];
    for (let at = 0; at < tags.length; at += tagWidth) {
      const own = tags[at + tagColumn.flags] as number;
      if ((own & tagFlag.live) === 0) continue;
      live++;
      flags |= own;
      const name = tags[at + tagColumn.type] as number;
      if (named[name] === unknown) {
        names.push(strings[name] ?? "");
        named[name] = this.#tags.get(strings[name] ?? "") ?? none;
      }
      const document = tags[at + tagColumn.document] as number;
      if (document >= 0 && held[document] === unknown) held[document] = this.#layerIn(strings[document] ?? "");
      if (document < 0 || held[document] !== named[name]) plain = false;
    }
    return { live, flags, names, plain };
  }

  #forget(strings: number): readonly [named: Int32Array, held: Int32Array] {
    if (strings > this.#named.length) {
      this.#named = new Int32Array(strings * 2);
      this.#held = new Int32Array(strings * 2);
    }
    return [this.#named.fill(unknown, 0, strings), this.#held.fill(unknown, 0, strings)];
  }

  /** Place of the layer whose type stands before the number of an id. */
  #layerIn(id: string): number {
    return this.#types.get(typeWordIn(id)) ?? noLayer;
  }
}

/** What stands before the number in an id. */
export function typeWordIn(id: string): string {
  const dash = id.indexOf("-");
  const dot = id.indexOf(".");
  const end = dash < 0 || (dot >= 0 && dot < dash) ? dot : dash;
  return end < 0 ? id : id.slice(0, end);
}
