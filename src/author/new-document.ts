import { IplanError } from "#model/errors";
import type { Profile } from "#profile/profile";
import { planTemplate } from "./templates/iplan.ts";

/** What a new document is made from. */
export interface NewDocumentRequest {
  readonly title: string;
  readonly author: string;
  /** Local time of writing: `2026-03-01 14:05:09 CET`. */
  readonly now: string;
  /** Ids of the type that are taken, on whatever branch. */
  readonly taken: readonly string[];
  /** Workspace-relative directories in which plans already lie. */
  readonly directories: readonly string[];
  readonly docs: string;
}

/** A document to be written. */
export interface NewDocument {
  readonly id: string;
  /** Workspace-relative. */
  readonly path: string;
  readonly text: string;
}

/** The next plan: number, path and text. Throws `usage/arguments` for a title that names nothing. */
export function newPlan(request: NewDocumentRequest, profile: Profile): NewDocument {
  const slug = slugOf(request.title);
  if (slug === "")
    throw new IplanError(
      "usage/arguments",
      "The title has no letter or digit.",
      "Give a title such as --title 'Rate limiter'.",
    );
  const type = profile.plan.type;
  const id = `${type}-${String(nextNumber(request.taken)).padStart(digits(profile), "0")}`;
  const directory = request.directories[0] ?? joined(request.docs, type);
  const stamp = request.now
    .replace(/[^\d ]/g, "")
    .split(" ")
    .slice(0, 2)
    .join("_");
  const name = isTimed(profile) ? `${id}_${slug}_${stamp}.md` : `${id}_${slug}.md`;
  const text = planTemplate(
    { id, title: oneLineTitle(request.title), now: request.now, author: request.author },
    profile,
  );
  return { id, path: joined(directory, name), text };
}

function joined(directory: string, name: string): string {
  return directory === "" || directory === "." ? name : `${directory}/${name}`;
}

function oneLineTitle(title: string): string {
  return title
    .replace(/[\u0000-\u001F\u007F]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** Letters that are not taken apart into a plain one and a mark, as they are spelled without them. */
const spelled: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  þ: "th",
  ð: "d",
};

function slugOf(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/[\u0300-\u036F]/g, "")
    .replace(/[ßæœøłđþð]/giu, (letter) => spelled[letter.toLowerCase()] ?? letter);
  const words = plain.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join("_").slice(0, 60).replace(/_$/, "");
}

function nextNumber(taken: readonly string[]): number {
  const numbers = taken.map((id) => Number(/-(\d+)/.exec(id)?.[1] ?? 0));
  return Math.max(0, ...numbers) + 1;
}

function digits(profile: Profile): number {
  return profile.ids.documents.some((pattern) => pattern.includes("{NNN}")) ? 3 : 2;
}

function isTimed(profile: Profile): boolean {
  const files = profile.layers.find((layer) => layer.type === profile.plan.type)?.files ?? [];
  return files.some((pattern) => pattern.includes("{date}"));
}
