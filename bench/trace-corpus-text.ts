import type { CorpusArtifact, CorpusDocument } from "./trace-corpus.ts";

/** The text of a generated document, as its type is written. */
export function corpusText(document: CorpusDocument): string {
  return (writers[document.type] ?? writePage)(document);
}

const writers: Readonly<Record<string, (document: CorpusDocument) => string>> = {
  BDD: writeFeature,
  SPEC: writeSpecification,
  IPLAN: writePlan,
  CODE: writeCode,
  TESTS: writeTests,
};

const words = "The gate takes an order, looks at its limits and answers before the book moves on.";

/** `@brd: BRD-001:FR-001, BRD-002:FR-003` for each tag. */
function tagLines({ tags }: CorpusArtifact): readonly string[] {
  return [...tags].map(([tag, values]) => `@${tag}: ${values.join(", ")}`);
}

function writePage(document: CorpusDocument): string {
  const parts = document.artifacts.map((artifact) => {
    const heading = artifact.name === "" ? "## Decision" : `### ${artifact.name}: ${artifact.title}`;
    return [heading, words, tagLines(artifact).join("\n")].filter((part) => part !== "").join("\n\n");
  });
  return `${[`# ${document.id}: ${document.title}`, ...parts].join("\n\n")}\n`;
}

function writeFeature(document: CorpusDocument): string {
  const scenarios = document.artifacts.map((artifact) => {
    const tags = [...artifact.tags].flatMap(([tag, values]) => values.map((value) => `@${tag}:${value}`));
    const steps = ["Given an order", "When it is checked", "Then it is answered"].map((step) => `    ${step}\n`);
    return `  ${tags.join(" ")}\n  Scenario: ${artifact.title}\n${steps.join("")}`;
  });
  return `Feature: ${document.title}\n\n${scenarios.join("\n")}`;
}

function writeSpecification(document: CorpusDocument): string {
  const operations = document.artifacts.map(({ name, title, tags }) => {
    const map = [...tags].map(([tag, values]) => `      ${tag}: "${values.join(", ")}"\n`);
    return `  - id: ${name}\n    description: ${title}\n    cumulative_tags:\n${map.join("")}`;
  });
  return `id: ${document.id}\ntitle: ${document.title}\noperations:\n${operations.join("")}`;
}

/** Ten steps, each with a block that acts and one that verifies. */
function writePlan(document: CorpusDocument): string {
  const steps = Array.from({ length: 10 }, (_, index) => {
    const folder = `build/part-${index + 1}`;
    const fence = (text: string): string => `\`\`\`bash\n${text}\n\`\`\``;
    const head = `**Step ${index + 1}: Make part ${index + 1}**`;
    return [head, fence(`mkdir -p ${folder}`), "Verification:", fence(`test -d ${folder}`)].join("\n\n");
  });
  const tags = document.artifacts.flatMap(tagLines).join("\n");
  const parts = ["## Execution Steps", ...steps, "## Traceability Tags", `\`\`\`\n${tags}\n\`\`\``];
  return `${[`# ${document.id}: ${document.title}`, ...parts].join("\n\n")}\n`;
}

function writeCode(document: CorpusDocument): string {
  const tags = document.artifacts.flatMap(tagLines).map((line) => ` * ${line}\n`);
  return `/**\n * ${document.title}\n *\n${tags.join("")} */\nexport const part = "${document.title}";\n`;
}

function writeTests(document: CorpusDocument): string {
  const tags = document.artifacts.flatMap(tagLines).map((line) => `// ${line}\n`);
  return `${tags.join("")}import { part } from "../src/part.ts";\n\nif (part === "") throw new Error("empty");\n`;
}
