/** 1 for signs that end a value, 2 for those a value may hold but which are of interest: `:` and `@`. */
export const endsValue: Uint8Array = flagsOf(" \t\n\v\f\r,;`|()[]{}\"'<>", ":@");
/** Signs a tag's name is made of. */
export const nameSigns: Uint8Array = flagsOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");
export const blanks: Uint8Array = flagsOf(" \t");
/** What may stand behind a value. */
export const afterValue: Uint8Array = flagsOf(" \t`");
/** What may stand between two values by mistake, instead of a comma, or begin such a word; dashes are beyond ASCII. */
export const mayGoOn: Uint8Array = flagsOf(";:&+.aAoOtTuU\u0080");
/** What may stand between a name and its first value. */
export const marks: Uint8Array = flagsOf(" \t`*");
/** Signs an element's name is made of. */
export const elementSigns: Uint8Array = flagsOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
/** Signs that may stand before a line's first tag. */
export const isBefore: Uint8Array = flagsOf(" \t>|*+`-");
/** Signs that may stand between two tags of a line. */
export const isBetween: Uint8Array = flagsOf(" \t`|,;");
/** Signs in front of `@` that make it part of a word, such as an e-mail address. */
export const joins: Uint8Array = flagsOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.%+-");

/** True when no blank follows the colon at `at`. */
export function isTight(codes: Uint8Array, place: number): boolean {
  return codes[place] === 58 && !isBlank(codes[place + 1] as number);
}

/** True for the letters of ASCII. */
export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** True for a space and a tab. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** True for signs that end a sentence and no value. */
export function isStop(code: number): boolean {
  return code === 46 || code === 58;
}

/** True when nothing but the signs stands between two places. */
export function onlyHolds(codes: Uint8Array, from: number, to: number, signs: Uint8Array): boolean {
  for (let place = from; place < to; place++) if (signs[codes[place] as number] !== 1) return false;
  return true;
}

/** Why: with a place for what is beyond ASCII, which has none of the flags. */
function flagsOf(signs: string, others = ""): Uint8Array {
  const flags = new Uint8Array(129);
  for (const sign of signs) flags[sign.charCodeAt(0)] = 1;
  for (const sign of others) flags[sign.charCodeAt(0)] = 2;
  return flags;
}
