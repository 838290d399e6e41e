import { IplanError } from "#model/errors";
import { onOneLine } from "./one-line.ts";

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

/**
 * The part of a file name that a title gives: `rate_limiter`. Accents of Latin letters are left out, letters of other scripts stay.
 * Throws `usage/arguments` for a title that names nothing.
 */
export function slugOfTitle(title: string): string {
  const plain = title
    .normalize("NFKD")
    .replace(/([a-z])[\u0300-\u036F]+/giu, "$1")
    .replace(/[ßæœøłđþð]/giu, (letter) => spelled[letter.toLowerCase()] ?? letter);
  const words =
    plain
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  const slug = [...words.join("_")].slice(0, 60).join("").replace(/_$/, "");
  if (slug !== "") return slug;
  throw new IplanError(
    "usage/arguments",
    "The title has no letter or digit.",
    "Give a title such as --title 'Rate limiter'.",
  );
}

/** A title as one line, whatever it holds. */
export function oneLineTitle(title: string): string {
  return onOneLine(title.replace(/\u0085/gu, " ")).trim();
}
