const beyond = /[^\u0000-\u007f]/;

/** True for a text that holds a character outside of ASCII. Why: forms for letters of all scripts take long to compile, and most texts need none. */
export function isBeyondAscii(text: string): boolean {
  return beyond.test(text);
}
