/** Encodings that UTF-8 text is wrongly read as. */
export const wrongEncodings = ["windows-1252", "mac-roman", "latin-1"] as const;

/** An encoding that UTF-8 text was wrongly read as. */
export type WrongEncoding = (typeof wrongEncodings)[number];

/** What people call the encodings. */
export const encodingNames: Readonly<Record<WrongEncoding, string>> = {
  "windows-1252": "Windows-1252",
  "mac-roman": "Mac Roman",
  "latin-1": "Latin-1",
};

/** One sequence of characters that stands for one character in a wrongly decoded text. */
export interface WoundedCharacter {
  readonly codePoint: number;
  /** UTF-16 units it takes in the wounded text; one for each byte. */
  readonly length: number;
}

const ascii = String.fromCharCode(...Array.from({ length: 0x80 }, (_, byte) => byte));
const latin1 = String.fromCharCode(...Array.from({ length: 0x80 }, (_, byte) => byte + 0x80));

// Why: Node decodes the label "windows-1252" as Latin-1 in some versions, so the tables are written out.
const windowsControls = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const macRoman =
  "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø" +
  "¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

const upperHalves: Readonly<Record<WrongEncoding, string>> = {
  "windows-1252": windowsControls + latin1.slice(0x20),
  "mac-roman": macRoman,
  "latin-1": latin1,
};

const bytes = new Map<WrongEncoding, Uint8Array>();

/** The 256 characters of the encoding, in byte order. */
export function charactersOf(encoding: WrongEncoding): string {
  return ascii + upperHalves[encoding];
}

/** The byte from 0x80 on of every UTF-16 unit; 0 for units that the encoding has no such byte for. */
export function bytesOf(encoding: WrongEncoding): Uint8Array {
  let table = bytes.get(encoding);
  if (table === undefined) {
    table = new Uint8Array(0x10000);
    const text = charactersOf(encoding);
    for (let byte = 0x80; byte < 0x100; byte++) table[text.charCodeAt(byte)] = byte;
    bytes.set(encoding, table);
  }
  return table;
}

/** What becomes of a text that is written as UTF-8 and read in the wrong encoding. */
export function wound(text: string, encoding: WrongEncoding): string {
  const table = charactersOf(encoding);
  let result = "";
  for (const byte of new TextEncoder().encode(text)) result += table[byte] ?? "";
  return result;
}

/** Reads the wounded character that begins at `start`; undefined when none does. */
export function readWounded(text: string, start: number, table: Uint8Array): WoundedCharacter | undefined {
  const first = table[text.charCodeAt(start)] ?? 0;
  if (first < 0xc2 || first > 0xf4) return undefined;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  let codePoint = first & (0xff >> (length + 1));
  for (let index = 1; index < length; index++) {
    const unit = text.charCodeAt(start + index);
    const byte = Number.isNaN(unit) ? 0 : (table[unit] ?? 0);
    if ((byte & 0xc0) !== 0x80) return undefined;
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  return isScalar(codePoint, length) ? { codePoint, length } : undefined;
}

/** False for overlong forms, surrogates and what lies beyond Unicode. */
function isScalar(codePoint: number, length: number): boolean {
  const least = length === 2 ? 0x80 : length === 3 ? 0x800 : 0x10000;
  return codePoint >= least && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff);
}
