import type { ChainDocument, ProjectFacts } from "../plan-facts/facts.ts";
import { bullets, carried, cell, code, isCarried } from "./plan-text.ts";
import { linkTo, type Seed } from "./seed.ts";

/** Where the documents of the chain stand, and what a person has to say of the code. */
export function currentState({ plan }: Seed): string {
  const told = (plan?.chain ?? []).filter(({ status }) => status !== undefined);
  const documents = told.map(({ id, status }) => `${id}: ${status ?? ""}`);
  const head = documents.length === 0 ? "" : `**Documentation Status**:\n${bullets(documents)}\n`;
  return `${head}**Code Status**: [what is there before this plan begins]\n`;
}

/** What documents above have decided, each group with its source. */
export function decisions(seed: Seed): string {
  const groups = seed.plan?.decisions ?? [];
  if (groups.length === 0) return "**Architecture** (from [ADR-NNN]):\n- [the decision this plan builds on]\n";
  return groups
    .map(({ title, from, items }) => {
      const lines = items.filter((text) => isCarried(text)).map((text) => carried(text));
      return `**${title}** (from ${linkTo(seed, from)}):\n${bullets(lines)}`;
    })
    .join("\n");
}

/** Programs and packages that the project's manifests ask for, and those that the verifications call. */
export function prerequisites({ plan }: Seed): string {
  const project: ProjectFacts = plan?.project ?? { tools: [], runners: [] };
  const called = new Set(project.runners.flatMap(({ tools }) => tools));
  const [asked, packed] = [
    project.tools.filter(({ name }) => isProgram(name, called)),
    project.tools.filter(({ name }) => !isProgram(name, called)),
  ];
  const told = new Set(asked.map(({ name }) => name));
  const tools = [
    ...asked.map(({ name, version, from }) => `\`${name}\`${version === undefined ? "" : ` ${version}`} (${from})`),
    ...[...called].filter((name) => !told.has(name)).map((name) => `\`${name}\``),
    "bash 5+",
  ];
  const files = (plan?.chain ?? []).filter(({ type }) => codeTypes.has(type)).map(({ path }) => `\`${path}\` (read)`);
  return [
    `**Required Tools**:\n${bullets(tools)}`,
    ...(files.length === 0 ? [] : [`**Required Files Access**:\n${bullets(files)}`]),
    ...(packed.length === 0
      ? []
      : [
          `**Environment Setup**:\n${bullets(packed.map(({ name, version, from }) => `The package ${name} of ${from} is installed${version === undefined ? "" : `: ${version}`}`))}`,
        ]),
  ].join("\n");
}

/** Types whose documents tell what code has to be. */
const codeTypes: ReadonlySet<string> = new Set(["TASKS", "ICON", "SPEC", "CTR", "REQ"]);

const languages: ReadonlySet<string> = new Set(["node", "npm", "pnpm", "yarn", "python", "go", "cargo", "java", "mvn"]);

/** Why: a package of a project is no program that one finds on the path. */
function isProgram(name: string, called: ReadonlySet<string>): boolean {
  return languages.has(name) || called.has(name);
}

/** Modules, settings and scenarios, each under a heading of its own; empty where nothing is known. */
export function technicalDetails(
  seed: Seed,
  title: (key: "modules" | "configuration" | "bdd-mapping") => string,
): string {
  const sections = [
    [title("modules"), modules(seed)],
    [title("configuration"), settings(seed)],
    [title("bdd-mapping"), mapping(seed)],
  ].filter(([, text]) => text !== "");
  return sections.map(([head, text]) => `### ${head}\n\n${text}`).join("\n");
}

function modules({ plan }: Seed): string {
  return (plan?.modules ?? [])
    .map((module, index) => {
      const list = (name: string, values: readonly string[]): readonly string[] =>
        values.length === 0 ? [] : [`${name}: ${values.map((value) => code(value)).join(", ")}`];
      const lines = [
        ...(module.file === undefined ? [] : [`File: ${code(module.file)}`]),
        ...(module.purpose === undefined ? [] : [`Purpose: ${carried(module.purpose)}`]),
        ...list("Classes", module.classes),
        ...list("Functions", module.functions),
        ...list("Dependencies", module.dependencies),
      ];
      return `**Module ${index + 1}: ${carried(module.name)}**\n${bullets(lines)}`;
    })
    .join("\n");
}

function settings({ plan }: Seed): string {
  const rows = (plan?.settings ?? []).map(
    (one) =>
      `| ${cell(one.name)} | ${cell(one.type)} | ${cell(one.default)} | ${cell(one.description)} | ${one.from} |\n`,
  );
  return rows.length === 0
    ? ""
    : `| Parameter | Type | Default | Description | Source |\n|---|---|---|---|---|\n${rows.join("")}`;
}

function mapping({ plan }: Seed): string {
  const rows = (plan?.scenarios ?? []).map(
    ({ document, title }) => `| ${document} | ${cell(title)} | [file and function] | [test file and line] |\n`,
  );
  return rows.length === 0
    ? ""
    : `| BDD Document | Scenario | Implementation | Verification Method |\n|---|---|---|---|\n${rows.join("")}`;
}

/** Risks that the documents above speak of; how likely they are, only a person can say. */
export function risks(seed: Seed): string {
  const told = (seed.plan?.risks ?? []).filter(({ title }) => isCarried(title));
  const all =
    told.length > 0
      ? told
      : [{ title: "[What could go wrong]", description: "[how it would show]", mitigation: [], from: "" }];
  return all
    .map(({ title, description, mitigation, from }, index) => {
      const kept = mitigation.filter((text) => isCarried(text)).map((text) => carried(text));
      const description_ = carried(description ?? title);
      return `**Risk ${index + 1}: ${carried(title)}**
- **Description**: ${description_}${from === "" ? "" : ` (from ${from})`}
- **Likelihood**: [high, medium or low]
- **Impact**: [high, medium or low]
- **Mitigation**:
${bullets(kept.length > 0 ? kept : ["[what prevents it]"], "  ")}`;
    })
    .join("\n");
}

/** What the plan is measured by. */
export function criteria({ plan }: Seed): string {
  const asked = (plan?.criteria ?? []).filter((text) => isCarried(text)).map((text) => carried(text));
  return bullets((asked.length > 0 ? asked : ["[A result that can be measured]"]).map((text) => `[ ] ${text}`));
}

/** Documents of the chain that are no direct parent. */
export function relatedDocuments(seed: Seed, parents: ReadonlySet<string>): string {
  const others: readonly ChainDocument[] = (seed.plan?.chain ?? []).filter(({ id }) => !parents.has(id));
  return bullets(others.map(({ id }) => linkTo(seed, id)));
}
