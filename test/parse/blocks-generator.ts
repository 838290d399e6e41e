import * as fc from "fast-check";

const prefixes = [
  ["", 8],
  ["> ", 4],
  [">", 1],
  [">\t", 1],
  [" > ", 1],
  ["- ", 4],
  ["-", 1],
  ["-   ", 1],
  ["-\t", 1],
  ["-     ", 1],
  ["* ", 1],
  ["+ ", 1],
  ["1. ", 2],
  ["2. ", 1],
  ["10) ", 1],
  ["1)", 1],
  [" ", 2],
  ["  ", 3],
  ["   ", 2],
  ["    ", 2],
  ["     ", 1],
  ["\t", 2],
  ["  \t", 1],
] as const;

const text = [
  "a",
  "b c",
  "x  ",
  "\\",
  "&amp;",
  "`a|b` c",
  "# h",
  "## h ##",
  "#",
  "####### x",
  "===",
  "---",
  "--",
  "***",
  "- - -",
  "___",
];
const fences = ["```", "```js", "~~~", "~~~~ x y", "````", "``` a`b", "    code"];
const tables = [
  "a | b",
  "| a | b |",
  "| - | - |",
  "|-|",
  "|---|",
  ":-",
  ":-|-:",
  "| a",
  "||",
  "|",
  "a \\| b | c",
  "`a|b` | c",
  "|a|b|c|",
];
const html = [
  "<div>",
  "</div>",
  "<b>",
  "<b a='x'>",
  "<!-- c -->",
  "<!--",
  "-->",
  "<?x",
  "?>",
  "<!X",
  "<script>",
  "</script>",
  "<pre",
];
const definitions = ["[a]: b", "[a]:", "b 'title'", '[a]: <b> "t"', '"t', 't"', "[a]: b 'x", "[a\\]b]: c"];
const tasks = ["[ ] task", "[x] done", "[X]", "[ ]", "[ ]a"];
const markers = ["2. b", "1. b", "-", "*", "- [ ] a", "> q"];
const blank = ["", "", "", "   ", "\t"];

const body = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...text) },
  { weight: 4, arbitrary: fc.constantFrom(...blank) },
  { weight: 3, arbitrary: fc.constantFrom(...tables) },
  { weight: 2, arbitrary: fc.constantFrom(...fences) },
  { weight: 2, arbitrary: fc.constantFrom(...definitions) },
  { weight: 2, arbitrary: fc.constantFrom(...markers) },
  { weight: 1, arbitrary: fc.constantFrom(...html) },
  { weight: 1, arbitrary: fc.constantFrom(...tasks) },
);

const prefix = fc.oneof(...prefixes.map(([value, weight]) => ({ weight, arbitrary: fc.constant(value) })));

const line = fc.tuple(fc.array(prefix, { maxLength: 3 }), body).map(([before, content]) => before.join("") + content);

const lineEnd = fc.oneof(
  { weight: 6, arbitrary: fc.constant(["\n"]) },
  { weight: 1, arbitrary: fc.constant(["\r\n"]) },
  { weight: 1, arbitrary: fc.constant(["\r", "\n", "\r\n"]) },
);

/**
 * Markdown of mixed containers, tabs, fences, tables and lazy lines. It never starts with what could be front matter;
 * it ends with a line end, or with a letter, or not: what micromark says of a last line of blanks is no judgment.
 */
export const markdown: fc.Arbitrary<string> = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 8 }), lineEnd, fc.boolean())
  .map(([lines, ends, open]) => {
    const joined = lines.map((content, index) => content + (ends[index % ends.length] ?? "\n")).join("");
    const bare = joined.replace(/(?:\r\n|[\r\n])$/, "");
    const whole = open && /[a-z]$/.test(bare) ? bare : joined;
    return whole.startsWith("---") ? `\n${whole}` : whole;
  });
