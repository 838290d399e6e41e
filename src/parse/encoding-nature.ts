/**
 * Groups of characters, one bit each: letters and signs of living scripts, `rare` for what is unusual by itself, `none` for what no
 * document holds: controls, private and unassigned characters.
 */
export const scripts = {
  latin: 1,
  sign: 2,
  common: 4,
  rare: 8,
  none: 16,
  greek: 32,
  cyrillic: 64,
  armenian: 128,
  hebrew: 256,
  arabic: 512,
  indic: 1024,
  eastAsian: 2048,
} as const;

/** The bit of a group of characters. */
export type Script = (typeof scripts)[keyof typeof scripts];

const ranges: readonly (readonly [last: number, script: keyof typeof scripts])[] = [
  [0x9f, "none"],
  [0xbf, "sign"],
  [0x17f, "latin"],
  [0x191, "rare"],
  [0x192, "latin"],
  [0x19f, "rare"],
  [0x1b0, "latin"],
  [0x217, "rare"],
  [0x21b, "latin"],
  [0x2c5, "rare"],
  [0x2c7, "common"],
  [0x2d7, "rare"],
  [0x2dd, "common"],
  [0x36f, "rare"],
  [0x3ff, "greek"],
  [0x481, "cyrillic"],
  [0x489, "rare"],
  [0x52f, "cyrillic"],
  [0x58f, "armenian"],
  [0x5cf, "rare"],
  [0x5ff, "hebrew"],
  [0x7ff, "arabic"],
  [0x1dff, "indic"],
  [0x1eff, "latin"],
  [0x1fff, "greek"],
  [0x2bff, "common"],
  [0x2e7f, "rare"],
  [0x9fff, "eastAsian"],
  [0xabff, "rare"],
  [0xd7ff, "eastAsian"],
  [0xfaff, "eastAsian"],
  [0xfdff, "arabic"],
  [0xfe0f, "common"],
  [0xfeff, "common"],
  [0xffff, "eastAsian"],
  [0x1afff, "rare"],
  [0x1bfff, "eastAsian"],
  [0x1ffff, "common"],
];

const unassigned = /[\p{Cn}\p{Co}\p{Cc}\p{Cs}]/u;

// Why: a document uses few characters many times, and the question costs more than the answer.
const known = new Map<number, Script>();

/** The group of a character. */
export function scriptOf(codePoint: number): Script {
  let script = known.get(codePoint);
  if (script === undefined) {
    script = findScript(codePoint);
    known.set(codePoint, script);
  }
  return script;
}

function findScript(codePoint: number): Script {
  if (unassigned.test(String.fromCodePoint(codePoint))) return scripts.none;
  return scripts[ranges.find(([last]) => codePoint <= last)?.[1] ?? "eastAsian"];
}

const isLetter = /^\p{L}/u;
const isLower = /^\p{Ll}/u;
const isUpper = /^\p{Lu}/u;
const isDigit = /^\d/u;

const blanksAndDashes = "\u00a0–—•·";
const closers = "’”“‘›»«…™®©°²³¹¶";
const raised = "°²³¹ªº™®©";
const odd = "ˆ˜¨¯´¸¦ƒ¬¤\u00ad";
const wordLetters = "àáèéíóöåüßòùúØÅÖÄÜÓÉÀÈÙ";
const caronLetters = "šžŠŽ";
const beforeCarons = "áéíóúýÁÉÍÓÚÝ";

/**
 * True when the characters of a wound could stand so in healthy text: `é »` closes a French quotation, `ß“` a German one, `’é`
 * follows an elision. `before` and `after` are the neighbours, empty at the borders of the text.
 */
export function looksHealthy(before: string, wounded: string, after: string, isMacRoman: boolean): boolean {
  return isMacRoman ? looksHealthyMac(before, wounded, after) : looksHealthyWestern(before, wounded, after);
}

function looksHealthyWestern(before: string, wounded: string, after: string): boolean {
  const lead = wounded[0] ?? "";
  if (!startsHealthily(before, lead)) return false;
  let previous = lead;
  for (const char of wounded.slice(1)) {
    if (!mayFollow(previous, char) && !isCapital(previous, char, after)) return false;
    previous = char;
  }
  return !(raised.includes(previous) && isLetter.test(after));
}

/** Where a letter may begin: accented capitals do not follow small letters, and few accented letters are words of their own. */
function startsHealthily(before: string, lead: string): boolean {
  const inWord = isLetter.test(before);
  if (lead === "×") return true;
  if (isUpper.test(lead)) {
    if (isLower.test(before)) return false;
    return !("ÂÃ".includes(lead) && !inWord && before !== "\u00a0" && !"“‘«‹„‚\"'(".includes(before));
  }
  return inWord || wordLetters.includes(lead);
}

function mayFollow(previous: string, char: string): boolean {
  if (blanksAndDashes.includes(char)) return true;
  if (blanksAndDashes.includes(previous)) return !odd.includes(char) && char > "\u009f";
  if (caronLetters.includes(char)) return beforeCarons.includes(previous);
  if (previous === "×") return "½¼¾µ".includes(char);
  return closers.includes(char);
}

/** Why: alphabets and words in capitals put them side by side. */
function isCapital(previous: string, char: string, after: string): boolean {
  return "ŠŽŒŸ".includes(char) && isUpper.test(previous) && !isLower.test(after);
}

const quotesAndDashes = "«»‹›“”‘’–—…\u00a0⁄€";
const operands = "πµΩ∂∑∏∫∞∆";
const operators = "√≈∆÷";

function looksHealthyMac(before: string, wounded: string, after: string): boolean {
  const lead = wounded[0] ?? "";
  const char = wounded[1] ?? "";
  if (wounded.length > 2) return false;
  if (quotesAndDashes.includes(lead)) return true;
  if (lead === "¬") return "πµΩ∂".includes(char) && !isLetter.test(before) && !isDigit.test(before);
  if (operators.includes(lead)) return operands.includes(char) && !isAmidLetters(before, after);
  return isLetter.test(lead) && isLetter.test(char) && (!"Œœƒ".includes(lead) || isInAlphabet(after));
}

/** Why: no word has `œà`, but lists of letters do. */
function isInAlphabet(after: string): boolean {
  return after > "\u007f" && isLetter.test(after) && !"Œœƒ".includes(after);
}

/** Why: `√π` is a formula, `K√∂ln` a city; what is left in doubt is decided by the rest of the document. */
function isAmidLetters(before: string, after: string): boolean {
  return isLetter.test(before) && isLetter.test(after);
}
