import { iplanDocument } from "./iplan-document.ts";
import type { ElementLevel, LayerProfile, Profile } from "./profile.ts";
import { traceWords } from "./trace-words.ts";

const chain = ["BRD", "PRD", "EARS", "BDD", "ADR", "SYS", "REQ", "SPEC", "TASKS", "IPLAN"] as const;

/** The mandatory types above the named one. */
function above(type: (typeof chain)[number]): readonly string[] {
  return chain.slice(0, chain.indexOf(type));
}

interface Shape {
  readonly element: ElementLevel;
  readonly files: readonly string[];
  readonly extensions?: readonly string[];
  readonly upstream: readonly string[];
  readonly upstreamIfPresent?: readonly string[];
  readonly optional?: boolean;
  readonly directories?: readonly string[];
}

function layer(number: number, type: string, title: string, shape: Shape): LayerProfile {
  return {
    type,
    layer: number,
    title,
    tag: type.toLowerCase(),
    optional: shape.optional ?? false,
    directories: shape.directories ?? [type],
    files: shape.files,
    extensions: shape.extensions ?? (shape.files.length > 0 ? [".md"] : []),
    upstream: shape.upstream,
    upstreamIfPresent: shape.upstreamIfPresent ?? [],
    element: shape.element,
    reference: "document",
  };
}

const page = ["{TYPE}-{NNN}[-{YY}]_{slug}.md"];
const options = ["IMPL", "CTR"];

const documents: readonly LayerProfile[] = [
  layer(1, "BRD", "Business requirements", { element: "required", files: page, upstream: above("BRD") }),
  layer(2, "PRD", "Product requirements", { element: "required", files: page, upstream: above("PRD") }),
  layer(3, "EARS", "Formal requirements", { element: "required", files: page, upstream: above("EARS") }),
  layer(4, "BDD", "Behaviour scenarios", {
    element: "required",
    files: ["{TYPE}-{NNN}[-{YY}]_{slug}.feature"],
    extensions: [".feature"],
    upstream: above("BDD"),
  }),
  layer(5, "ADR", "Architecture decision", { element: "none", files: page, upstream: above("ADR") }),
  layer(6, "SYS", "System requirements", { element: "required", files: page, upstream: above("SYS") }),
  layer(7, "REQ", "Atomic requirement", { element: "recommended", files: page, upstream: above("REQ") }),
  layer(8, "IMPL", "Who does what when", {
    element: "none",
    files: page,
    upstream: [...above("REQ"), "REQ"],
    optional: true,
  }),
  layer(9, "CTR", "Interface contract", {
    element: "recommended",
    files: ["{TYPE}-{NNN}[-{YY}]_{slug}.(md|yaml)"],
    extensions: [".md", ".yaml", ".yml"],
    upstream: [...above("REQ"), "REQ"],
    upstreamIfPresent: ["IMPL"],
    optional: true,
  }),
  layer(10, "SPEC", "Technical specification", {
    element: "recommended",
    files: ["{TYPE}-{NNN}[-{YY}]_{slug}.(yaml|md)"],
    extensions: [".yaml", ".yml", ".md"],
    upstream: above("SPEC"),
    upstreamIfPresent: options,
  }),
  layer(11, "TASKS", "Code generation plan", {
    element: "recommended",
    files: page,
    upstream: above("TASKS"),
    upstreamIfPresent: options,
  }),
  layer(11, "ICON", "Implementation contract", {
    element: "none",
    files: page,
    upstream: above("TASKS"),
    upstreamIfPresent: options,
    optional: true,
  }),
  layer(12, "IPLAN", "Implementation plan", {
    element: "none",
    files: ["{TYPE}-{NNN}[-{YY}]_{slug}_{date}_{time}.md"],
    upstream: above("IPLAN"),
    upstreamIfPresent: options,
  }),
];

const made: readonly LayerProfile[] = [
  {
    ...layer(13, "CODE", "Source code", {
      element: "none",
      files: [],
      upstream: [...chain],
      upstreamIfPresent: options,
      directories: ["src"],
    }),
    reference: "path",
  },
  {
    ...layer(14, "TESTS", "Tests", {
      element: "none",
      files: [],
      upstream: [...chain, "CODE"],
      upstreamIfPresent: options,
      directories: ["tests", "test"],
    }),
    reference: "path",
  },
  {
    ...layer(15, "VALIDATION", "Validation results", {
      element: "none",
      files: [],
      upstream: [...chain, "CODE", "TESTS"],
      upstreamIfPresent: options,
    }),
    reference: "path",
  },
];

const strategy: LayerProfile = {
  type: "STRAT",
  layer: 0,
  title: "Strategy",
  optional: true,
  directories: ["STRAT"],
  files: [],
  extensions: [],
  upstream: [],
  upstreamIfPresent: [],
  element: "none",
  reference: "document",
};

/** The sixteen layers from strategy to validation: the default profile. */
export const aidoc16: Profile = {
  name: "aidoc-16",
  title: "Sixteen layers, ids TYPE-NNN",
  layers: [strategy, ...documents, ...made],
  ids: {
    documents: ["{TYPE}-{NNN}", "{TYPE}-{NNN}-{YY}"],
    elements: [],
    reserved: 0,
    placeholders: ["NNN", "NN", "XXX", "YYY"],
  },
  tags: {
    aliases: [
      { name: "contract", means: "ctr" },
      { name: "contracts", means: "ctr" },
      { name: "test", means: "bdd" },
      { name: "requirement", means: "req" },
    ],
    facts: [
      { name: "impl-status", values: ["pending", "in-progress", "complete", "deprecated"] },
      { name: "icon-role", values: ["provider", "consumer"] },
    ],
    none: ["null"],
    yamlKeys: ["cumulative_tags", "traceability"],
  },
  trace: traceWords,
  plan: iplanDocument,
  templates: { documentTypes: ["template"], nameParts: ["-TEMPLATE"] },
  sizes: {
    bytesPerToken: 4,
    limits: [
      { tokens: 10_000, severity: "info" },
      { tokens: 50_000, severity: "warning" },
      { tokens: 100_000, severity: "error" },
    ],
  },
  readiness: {
    target: 90,
    ceilingWithErrors: 89,
    weights: { encoding: 5, document: 20, plan: 30, tag: 15, trace: 20, link: 5, score: 0, evidence: 5, config: 0 },
    declaredAs: ["{TYPE}-Ready Score", "Ready Score", "Readiness Score"],
    loss: { error: 25, warning: 10, info: 0 },
  },
  severities: {},
};
