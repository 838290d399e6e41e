import type { LayerProfile, Profile } from "#profile/profile";
import { linkPath } from "#model/relative-path";
import type { PlanFacts } from "../plan-facts/facts.ts";

/** A document that a new one comes from. */
export interface SeedSource {
  readonly id: string;
  readonly title?: string;
  /** As it is written in the new document. */
  readonly link: string;
}

/** A tag that a new document carries. */
export interface SeedTag {
  readonly name: string;
  readonly values: readonly string[];
}

/** What is known when a document begins. */
export interface Seed {
  readonly profile: Profile;
  readonly layer: LayerProfile;
  readonly id: string;
  readonly title: string;
  readonly author: string;
  /** Local time in the plain form of documents: `2026-03-01 14:05:09 CET`. */
  readonly now: string;
  /** File name without its ending. */
  readonly stem: string;
  /** Workspace-relative path of the file. */
  readonly path: string;
  readonly tags: readonly SeedTag[];
  /** The nearest layer first. */
  readonly sources: readonly SeedSource[];
  /** What a plan is filled with; absent for other types, and where nothing is known. */
  readonly plan?: PlanFacts;
}

/** The text of one file of a new document. */
export type Template = (seed: Seed) => string;

/** Kinds of elements by the number that dotted ids give them. */
const dottedKinds: Readonly<Record<string, string>> = {
  FR: "01",
  NFR: "02",
  AC: "06",
  US: "09",
  FEATURE: "22",
  BO: "23",
  EVENT: "25",
  STATE: "25",
  UB: "25",
  UBI: "25",
  FUNC: "26",
  PERF: "02",
  SEC: "02",
};

/** The id of an element of the new document in the profile's form: `FR-001`, or `BRD.01.01.01`. */
export function elementId(seed: Seed, word: string, ordinal: number): string {
  const pattern = seed.profile.ids.elements[0];
  const kind = dottedKinds[word];
  if (pattern === undefined || kind === undefined) return `${word}-${String(ordinal).padStart(3, "0")}`;
  const digits = seed.id.slice(seed.id.indexOf("-") + 1);
  return pattern
    .replace("{TYPE}", seed.layer.type)
    .replace(/\{N+\}/u, digits)
    .replace("{TT}", kind)
    .replace("{SS}", String(ordinal).padStart(2, "0"));
}

/** The day of writing: `2026-03-01`. */
export function dayOf(seed: Seed): string {
  return seed.now.slice(0, 10);
}

/** A document of the chain as a link from the new one; its id alone where its place is not known. */
export function linkTo({ plan, path }: Seed, id: string): string {
  const target = plan?.chain.find((document) => document.id === id)?.path;
  return target === undefined ? id : `[${id}](${linkPath(path, target)})`;
}
