/**
 * Letters and digits as ranges for a character class: ASCII, and the blocks of scripts beyond it without punctuation, symbols and
 * emoji. Surrogates count as none, so that glyphs do not read as letters.
 */
export const letters: string = String.raw`0-9A-Za-z\u00AA\u00B5\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF\u2C00-\u2DFF\u3005-\u3007\u3021-\uA4CF\uA500-\uD7FF\uF900-\uFDFF\uFE70-\uFEFE\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFFDC`;
