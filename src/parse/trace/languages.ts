/** Something that begins with `open` and ends with `close`; without `close`, with the line. */
export interface LexForm {
  readonly open: string;
  readonly close?: string;
  /** Only comments and docstrings are read. */
  readonly is: "comment" | "text";
  /** A backslash takes the next sign along. */
  readonly escapes?: boolean;
  /** The closing sign written twice is one sign of the text. */
  readonly doubles?: boolean;
  /** It ends with its line at the latest. */
  readonly oneLine?: boolean;
  /** One inside another must be closed too. */
  readonly nests?: boolean;
  /** Only at the beginning of a line or behind a blank. */
  readonly atWord?: boolean;
  /** Only at the beginning of a line. */
  readonly atLine?: boolean;
  /** A comment when it is a statement of its own. */
  readonly isDocstring?: boolean;
}

/** Forms that no pair of signs tells. */
export type LexCustom =
  | "regex"
  | "template"
  | "heredoc"
  | "rustRaw"
  | "cppRaw"
  | "quote"
  | "csharpRaw"
  | "swiftRaw"
  | "percent";

/** How to tell comments from everything else in one language. */
export interface SourceLanguage {
  readonly name: string;
  readonly endings: readonly string[];
  /** Tried in this order. */
  readonly forms: readonly LexForm[];
  /** Tried before the forms. */
  readonly custom?: readonly LexCustom[];
  /** Code stands only between these, as in a page of PHP. */
  readonly between?: readonly [open: string, close: string];
}

const slashes: LexForm = { open: "//", is: "comment" };
const stars: LexForm = { open: "/*", close: "*/", is: "comment" };
const nestedStars: LexForm = { ...stars, nests: true };
const hash: LexForm = { open: "#", is: "comment" };
const dashes: LexForm = { open: "--", is: "comment" };
const double: LexForm = { open: '"', close: '"', is: "text", escapes: true, oneLine: true };
const single: LexForm = { open: "'", close: "'", is: "text", escapes: true, oneLine: true };
const wide = (form: LexForm): LexForm => ({ ...form, oneLine: false });
const rawTicks: LexForm = { open: "`", close: "`", is: "text" };
const tripleDouble: LexForm = { open: '"""', close: '"""', is: "text", escapes: true };
const tripleSingle: LexForm = { open: "'''", close: "'''", is: "text", escapes: true };
const plainTriple: LexForm = { ...tripleDouble, escapes: false };
const docs = (form: LexForm): LexForm => ({ ...form, isDocstring: true });
const cComments: readonly LexForm[] = [slashes, stars];

const script: Pick<SourceLanguage, "forms" | "custom"> = {
  forms: [...cComments, double, single],
  custom: ["template", "regex"],
};

/** The languages whose comments are read; the ending of a file's name tells which. A file of any other is not read. */
export const sourceLanguages: readonly SourceLanguage[] = [
  { name: "TypeScript", endings: ["ts", "tsx", "mts", "cts"], ...script },
  { name: "JavaScript", endings: ["js", "jsx", "mjs", "cjs"], ...script },
  {
    name: "Python",
    endings: ["py", "pyi"],
    forms: [hash, docs(tripleDouble), docs(tripleSingle), docs(double), docs(single)],
  },
  { name: "Java", endings: ["java"], forms: [...cComments, tripleDouble, double, single] },
  { name: "Go", endings: ["go"], forms: [...cComments, rawTicks, double, single] },
  { name: "Rust", endings: ["rs"], forms: [slashes, nestedStars, wide(double)], custom: ["rustRaw", "quote"] },
  {
    name: "C#",
    endings: ["cs"],
    forms: [
      ...cComments,
      { open: '@"', close: '"', is: "text", doubles: true },
      { open: '@$"', close: '"', is: "text", doubles: true },
      double,
      single,
    ],
    custom: ["csharpRaw"],
  },
  {
    name: "shell",
    endings: ["sh", "bash", "zsh", "ksh", "bats"],
    forms: [
      { ...hash, atWord: true },
      { open: "\\", close: "", is: "text" },
      { open: "$'", close: "'", is: "text", escapes: true },
      wide({ ...single, escapes: false }),
      wide(double),
    ],
    custom: ["heredoc"],
  },
  { name: "Kotlin", endings: ["kt", "kts"], forms: [slashes, nestedStars, plainTriple, double, single] },
  { name: "C", endings: ["c", "h"], forms: [...cComments, double], custom: ["quote"] },
  {
    name: "C++",
    endings: ["cpp", "cc", "cxx", "hpp", "hh", "hxx"],
    forms: [...cComments, double],
    custom: ["cppRaw", "quote"],
  },
  {
    name: "Ruby",
    endings: ["rb", "rake"],
    forms: [
      { open: "=begin", close: "\n=end", is: "comment", atLine: true },
      { ...hash, atWord: true },
      wide(double),
      wide(single),
      { ...rawTicks, escapes: true },
    ],
    custom: ["heredoc", "percent", "regex"],
  },
  {
    name: "PHP",
    endings: ["php"],
    forms: [...cComments, { ...hash, atWord: true }, wide(double), wide(single), rawTicks],
    custom: ["heredoc"],
    between: ["<?php", "?>"],
  },
  { name: "Swift", endings: ["swift"], forms: [slashes, nestedStars, tripleDouble, double], custom: ["swiftRaw"] },
  {
    name: "Scala",
    endings: ["scala", "sc"],
    forms: [slashes, nestedStars, plainTriple, double],
    custom: ["quote"],
  },
  {
    name: "SQL",
    endings: ["sql"],
    forms: [dashes, stars, wide({ ...single, escapes: false }), wide({ ...double, escapes: false })],
  },
  { name: "Terraform", endings: ["tf", "tfvars"], forms: [hash, ...cComments, double], custom: ["heredoc"] },
];
