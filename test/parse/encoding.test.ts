import { readFileSync, readdirSync } from "node:fs";
import { findWounds, healText } from "#parse/encoding";
import { charactersOf, wound, wrongEncodings } from "#parse/encoding-tables";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasShared, sharedPath } from "../support/shared.ts";

describe("a wound", () => {
  test.each([
    [
      "a check mark read as Mac Roman",
      "x ‚úÖ y",
      [{ start: 2, end: 5, encoding: "mac-roman", depth: 1, healed: "✅" }],
    ],
    ["a dash read as Windows-1252", "a â€” b", [{ start: 2, end: 5, encoding: "windows-1252", depth: 1, healed: "—" }]],
    ["a dash read as Latin-1", "a â\u0080\u0094 b", [{ start: 2, end: 5, encoding: "latin-1", depth: 1, healed: "—" }]],
    ["an accent in a word", "cafÃ©s", [{ start: 3, end: 5, encoding: "windows-1252", depth: 1, healed: "é" }]],
    ["degrees", "20 Â°C", [{ start: 3, end: 5, encoding: "windows-1252", depth: 1, healed: "°" }]],
    [
      "a byte order mark amid text",
      "ï»¿# Title",
      [{ start: 0, end: 3, encoding: "windows-1252", depth: 1, healed: "\ufeff" }],
    ],
    ["read wrongly twice", "cafÃƒÂ©s", [{ start: 3, end: 7, encoding: "windows-1252", depth: 2, healed: "é" }]],
    [
      "a picture beyond the first plane",
      "\uf8ffü§ñ",
      [{ start: 0, end: 4, encoding: "mac-roman", depth: 1, healed: "🤖" }],
    ],
    ["Cyrillic, short", "Ð´Ð°!", [{ start: 0, end: 4, encoding: "windows-1252", depth: 1, healed: "да" }]],
    [
      "Cyrillic read as Mac Roman",
      "–ø—Ä–∏–≤–µ—Ç",
      [{ start: 0, end: 12, encoding: "mac-roman", depth: 1, healed: "привет" }],
    ],
    ["beside healthy text", "“Café” ‚úÖ «été»", [{ start: 7, end: 10, encoding: "mac-roman", depth: 1, healed: "✅" }]],
    ["a city", "K√∂ln", [{ start: 1, end: 3, encoding: "mac-roman", depth: 1, healed: "ö" }]],
    ["area", "12 m¬≤", [{ start: 4, end: 6, encoding: "mac-roman", depth: 1, healed: "²" }]],
  ] as const)("%s is found and healed", (_title, text, wounds) => {
    expect(findWounds(text)).toEqual(
      wounds.map((each) => ({ ...each, encodings: Array(each.depth).fill(each.encoding) })),
    );
  });

  test("of two encodings one after the other names both", () => {
    const text = wound(wound("✅", "mac-roman"), "windows-1252");
    expect(findWounds(text)).toEqual([
      {
        start: 0,
        end: text.length,
        encoding: "mac-roman",
        depth: 2,
        encodings: ["mac-roman", "windows-1252"],
        healed: "✅",
      },
    ]);
  });

  test("of different encodings in one text each name their own", () => {
    const text = `${wound("✅", "mac-roman")} ${wound("✅", "windows-1252")} ✅ ${wound("→", "latin-1")}`;
    expect(findWounds(text).map((each) => each.encoding)).toEqual(["mac-roman", "windows-1252", "latin-1"]);
    expect(healText(text)).toBe("✅ ✅ ✅ →");
  });

  test("next to a deeper wound stays apart from it", () => {
    const text = `${wound("—", "windows-1252")}${wound(wound("é", "windows-1252"), "windows-1252")}`;
    expect(findWounds(text).map((each) => [each.depth, each.healed])).toEqual([
      [1, "—"],
      [2, "é"],
    ]);
  });

  test("in doubt alone is healed where the document has certain ones of its kind", () => {
    expect(healText("o√π")).toBe("o√π");
    expect(healText("√©t√© o√π «ça»")).toBe("été où «ça»");
    expect(healText("l’été, ‚úÖ, o√π")).toBe("l’été, ✅, o√π");
  });

  test.each([
    ["an overlong form", "À¯ x"],
    ["a surrogate", "í\u00a0\u0080 x"],
    ["beyond Unicode", "ô\u0090\u0080\u0080 x"],
    ["cut off at the end", "x â€"],
    ["a continuation alone", "€ ™ x"],
    ["a private character", "î\u0080\u0080 x"],
  ])("%s is none", (_title, text) => {
    expect(findWounds(text)).toEqual([]);
  });
});

/** Sentences of many languages with the quotation marks, dashes and spaces their writers use. */
const healthy: readonly string[] = [
  "plain text, nothing else",
  "« Ça » l’été, naïve café… «déjà\u00a0» — « voilà\u00a0! » l’œuvre, «Ça», Noël\u00a0: 25\u00a0°C, 30\u00a0€, à\u00a0«\u00a0lui\u00a0»",
  "„Spaß“ und ‚Maß‘ – Größe: „Übermaß“, »Straße«, Fuß… §\u00a05 Öl",
  "“Está” – ¿qué? ¡Olé! «ñandú» 3.º 2.ª “José”, “mamá…”",
  "“É” a maçã, NÃO “MAÇÃ”, à\u00a0— avó… “cá”",
  "Příliš žluťoučký kůň úpěl „ďábelské ódy“, víš“ BÍŠ PŘÍŠTÍ",
  "Zażółć gęślą jaźń „źdźbło”, ŻÓŁĆ",
  "hâlâ…” İstanbul’da “ığdır” çağrı",
  "Ștefan „ține” apă – hotărâ",
  "”Även så” – smörgåsbord, Å och Ö: 5 Å, 2 Å³, à\u00a03\u00a0kr",
  "Æ Ø Å “blåbær”, «ærø», på\u00a0…",
  "«L’àvia», l·l, «è», perché… «più\u00a0»",
  "Árvíztűrő tükörfúrógép „főző”",
  "Þórður “þú” ðað”… það, Æð",
  "Ελληνικά «λόγος» – ά",
  "Привет, «мир» — „да“…",
  "Україна «їжак» – ґ",
  "Հայերեն «բառ»",
  "שלום “עולם” – נ׳",
  "مرحبا «بالعالم»، ٣",
  "日本語「テスト」、。…—",
  "中文“引号”——……《书》",
  "한국어 ‘말’ “글”",
  "ภาษาไทย “คำ”",
  "हिन्दी “शब्द” – नमस्ते",
  "Tiếng Việt “được” – ưu, Ê…",
  "√π ≈ 1.77, √ ≥ →, −∞ < x ≤ ∞, ∂x/∂y, ∑∏∫, ¬p ∧ ¬π, 2×½, ±3, µm, ≈π, ÷π",
  "├── src │ └── ▓█ ┌─┐ ═ ✓ ✅ ⚠️ ❌ ☐ ☑ 🤖 👈 ⏸️ ⏳ 🟡",
  "© 2025 Œuvre™ ® – Nestlé® “Citroën™”, NESTLÉ®, CAFÉ¶ Überschrift¶",
  "À Á Â Ã Ä Å Æ Ç È É, `[À-ÖØ-öø-ÿ]`, «É» “Ã” ‘ñ’, ÅÄÖŠŽ, ÝŸ",
  "œàâçéèî ÀÂÇ, ŒÉ",
  "price: 5\u00a0€–10\u00a0€, 50\u00a0%…, £5, ¥9, ‰ †note ‡",
];

describe("healthy text", () => {
  test.each(healthy)("%s is left alone", (text) => {
    expect(findWounds(text)).toEqual([]);
  });

  test("of all languages at once is left alone", () => {
    expect(findWounds(healthy.join("\n"))).toEqual([]);
  });
});

const sentences = fc
  .array(fc.oneof(fc.constantFrom(...healthy), fc.string({ unit: fc.constantFrom(..."aé ß ñ→✅🤖日яλ“”\n") })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => `${parts.join("\n")}\n⚠️ ✅ →`)
  .filter((text) => findWounds(text).length === 0);
const encodings = fc.constantFrom(...wrongEncodings);

describe("healing", () => {
  test("restores any text that was wrongly read as a whole, once", () => {
    fc.assert(fc.property(sentences, encodings, (text, encoding) => healText(wound(text, encoding)) === text));
  });

  test("restores any text that was wrongly read as a whole, twice, by one encoding or two", () => {
    fc.assert(
      fc.property(sentences, encodings, encodings, (text, first, second) => {
        return healText(wound(wound(text, first), second)) === text;
      }),
    );
  });

  test("restores single glyphs amid healthy text of any language", () => {
    const glyphs = fc.constantFrom(..."✅⚠❌☐☑⏳🟡🤖👈→←↑↓≥≤├│└─—–“”‘’…•™€", "⏸️", "⚠️");
    fc.assert(
      fc.property(
        fc.constantFrom(...healthy),
        glyphs,
        encodings,
        fc.constantFrom(...healthy),
        (a, glyph, encoding, b) => {
          return healText(`${a} ${wound(glyph, encoding)} ${b}`) === `${a} ${glyph} ${b}`;
        },
      ),
    );
  });

  test("is exact: the healed text, wrongly read again, is the wound", () => {
    const mixed = fc
      .array(fc.tuple(fc.constantFrom(...healthy, "✅", "é", "— →"), fc.option(encodings), fc.boolean()), {
        maxLength: 8,
      })
      .map((parts) =>
        parts.map(([text, encoding, twice]) => {
          if (encoding === null) return text;
          return twice ? wound(wound(text, encoding), encoding) : wound(text, encoding);
        }),
      );
    fc.assert(
      fc.property(mixed, (parts) => {
        const text = parts.join(" ");
        for (const { start, end, healed, encodings: chain } of findWounds(text)) {
          expect(chain.reduce<string>(wound, healed)).toBe(text.slice(start, end));
        }
      }),
    );
  });

  test("twice is once, for any text", () => {
    const noise = fc.string({ unit: fc.constantFrom(..."Ã©‚úÖâ€”ï»¿ÂÐ¿√∂’é “É\u00a0»x \u0080\u0094"), maxLength: 40 });
    fc.assert(
      fc.property(noise, (text) => {
        const healed = healText(text);
        expect(healText(healed)).toBe(healed);
      }),
      { numRuns: 1000 },
    );
  });

  test("takes linear time on hostile text", () => {
    const texts = ["Ã".repeat(500_000), "Ã©".repeat(250_000), "é\u00a0»".repeat(200_000), "’é √π “".repeat(100_000)];
    for (const text of texts) {
      findWounds(text);
    }
  });
});

describe.skipIf(!hasShared)("the seed document", () => {
  test("has every run restored", () => {
    const text = readFileSync(sharedPath("seed/IPLAN-TEMPLATE.md"), "utf8");
    const wounds = findWounds(text);
    expect(wounds.length).toBe(79);
    expect(wounds.every((each) => each.encoding === "mac-roman" && each.depth === 1)).toBe(true);
    const restored = wounds.map((each) => each.healed).join("");
    expect([...restored].length).toBe(112);
    expect([...new Set(restored)].sort().join("")).toBe([..."←↑→≥│└├─☐⚠✅❌🤖\ufe0f"].sort().join(""));
    expect(findWounds(healText(text))).toEqual([]);
  });
});

test("the tables agree with the platform's decoder where that is to be trusted", () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(charactersOf("mac-roman")).toBe(new TextDecoder("macintosh").decode(all));
  expect(charactersOf("latin-1")).toBe(Buffer.from(all).toString("latin1"));
  const differing = [...charactersOf("windows-1252")].filter((char, byte) => char !== charactersOf("latin-1")[byte]);
  expect(differing.join("")).toBe("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ");
});

test.skipIf(!hasShared)("no document of the corpus has a wound", () => {
  const names = readdirSync(sharedPath("corpus"), { recursive: true, encoding: "utf8" });
  const documents = names.filter((name) => /\.(?:md|yaml|feature)$/u.test(name));
  expect(documents.length).toBeGreaterThan(100);
  for (const name of documents) expect(findWounds(readFileSync(sharedPath("corpus", name), "utf8")), name).toEqual([]);
});
