import { type GherkinLine, gherkinLine as line } from "./gherkin-lines.ts";

/** What may come next in a feature file: the words say it, the table decides. */
interface GherkinState {
  readonly expects: string;
  /** Text that is none of the others is a description here. */
  readonly describes?: boolean;
  readonly next: Readonly<Partial<Record<GherkinLine, string>>>;
}

const sequel = {
  [line.end]: "done",
  [line.scenario]: "scenario",
  [line.rule]: "rule",
};
const inScenario = { ...sequel, [line.tags]: "examplesTags", [line.examples]: "examples", [line.step]: "step" };
const inBackground = { ...sequel, [line.tags]: "tags", [line.step]: "backgroundStep" };

/**
 * The grammar of Gherkin as states: what each line leads to. Empty lines and comments are allowed everywhere but in quotes. It
 * accepts what `@cucumber/gherkin` accepts.
 */
export const gherkinStates: Readonly<Record<string, GherkinState>> = {
  start: {
    expects: "a tag, `Feature:` or `# language:`",
    next: { [line.end]: "done", [line.tags]: "featureTags", [line.feature]: "feature" },
  },
  language: { expects: "a tag or `Feature:`", next: { [line.tags]: "featureTags", [line.feature]: "feature" } },
  featureTags: { expects: "a tag or `Feature:`", next: { [line.tags]: "featureTags", [line.feature]: "feature" } },
  feature: {
    expects: "`Background:`, `Scenario:` or `Rule:`",
    describes: true,
    next: { ...sequel, [line.background]: "background", [line.tags]: "tags" },
  },
  background: { expects: "a step, `Scenario:` or `Rule:`", describes: true, next: inBackground },
  backgroundStep: {
    expects: "a step, a table, a text in quotes, `Scenario:` or `Rule:`",
    next: { ...inBackground, [line.row]: "backgroundRow", [line.quotes]: "backgroundText" },
  },
  backgroundRow: {
    expects: "a table row, a step, `Scenario:` or `Rule:`",
    next: { ...inBackground, [line.row]: "backgroundRow", [line.quotes]: "backgroundLastText" },
  },
  backgroundText: { expects: "the closing quotes", next: { [line.quotes]: "backgroundAfterText" } },
  backgroundAfterText: {
    expects: "a step, a table, `Scenario:` or `Rule:`",
    next: { ...inBackground, [line.row]: "backgroundLastRow" },
  },
  backgroundLastRow: {
    expects: "a table row, a step, `Scenario:` or `Rule:`",
    next: { ...inBackground, [line.row]: "backgroundLastRow" },
  },
  backgroundLastText: { expects: "the closing quotes", next: { [line.quotes]: "backgroundEnd" } },
  backgroundEnd: { expects: "a step, `Scenario:` or `Rule:`", next: inBackground },
  tags: {
    expects: "a tag, `Scenario:` or `Rule:`",
    next: { [line.tags]: "tags", [line.scenario]: "scenario", [line.rule]: "rule" },
  },
  scenario: { expects: "a step, `Examples:`, `Scenario:` or `Rule:`", describes: true, next: inScenario },
  step: {
    expects: "a step, a table, a text in quotes, `Examples:`, `Scenario:` or `Rule:`",
    next: { ...inScenario, [line.row]: "row", [line.quotes]: "text" },
  },
  row: {
    expects: "a table row, a step, `Examples:`, `Scenario:` or `Rule:`",
    next: { ...inScenario, [line.row]: "row", [line.quotes]: "lastText" },
  },
  text: { expects: "the closing quotes", next: { [line.quotes]: "afterText" } },
  afterText: {
    expects: "a step, a table, `Examples:`, `Scenario:` or `Rule:`",
    next: { ...inScenario, [line.row]: "lastRow" },
  },
  lastRow: {
    expects: "a table row, a step, `Examples:`, `Scenario:` or `Rule:`",
    next: { ...inScenario, [line.row]: "lastRow" },
  },
  lastText: { expects: "the closing quotes", next: { [line.quotes]: "scenarioEnd" } },
  scenarioEnd: { expects: "a step, `Examples:`, `Scenario:` or `Rule:`", next: inScenario },
  examplesTags: {
    expects: "a tag, `Examples:`, `Scenario:` or `Rule:`",
    next: {
      [line.tags]: "examplesTags",
      [line.examples]: "examples",
      [line.scenario]: "scenario",
      [line.rule]: "rule",
    },
  },
  examples: {
    expects: "a table row, `Examples:`, `Scenario:` or `Rule:`",
    describes: true,
    next: { ...sequel, [line.tags]: "examplesTags", [line.examples]: "examples", [line.row]: "examplesRow" },
  },
  examplesRow: {
    expects: "a table row, `Examples:`, `Scenario:` or `Rule:`",
    next: { ...sequel, [line.tags]: "examplesTags", [line.examples]: "examples", [line.row]: "examplesRow" },
  },
  rule: {
    expects: "`Background:`, `Scenario:` or `Rule:`",
    describes: true,
    next: { ...sequel, [line.background]: "background", [line.tags]: "tags" },
  },
};

const done: GherkinState = { expects: "the end of the file", next: {} };

/** The state of a name. */
export function gherkinState(name: string): GherkinState {
  return gherkinStates[name] ?? done;
}

/** States inside a text in quotes, where every line is text. */
export const quotedStates: ReadonlySet<string> = new Set(["text", "lastText", "backgroundText", "backgroundLastText"]);
