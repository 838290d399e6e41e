import { riskOrder } from "#model/understanding";
import { ruleNames } from "#rules/codes";
import { assistantsKey, type ConfigKeyName, type WaiverKey } from "./config-keys.ts";

/** A JSON schema, as far as editors need it. */
export interface Schema {
  readonly [name: string]: unknown;
}

/** What a key means and which values it takes. */
export interface ConfigKey {
  /** One sentence, for people. */
  readonly summary: string;
  /** Its default, or an example where it has none, as it is written in the file. */
  readonly example: string;
  readonly schema: Schema;
}

const text: Schema = { type: "string", minLength: 1 };
const texts: Schema = { type: "array", items: text };
const names: Schema = { type: "array", items: { type: "string", pattern: "^[A-Za-z_][A-Za-z0-9_]*$" } };
const severity: Schema = { $ref: "#/definitions/severity" };
const decision: Schema = { $ref: "#/definitions/decision" };
const definitions: Readonly<Record<string, Schema>> = {
  // Why: a bare `off` is `false` to older readers of YAML.
  severity: { enum: ["error", "warning", "info", "off", false] },
  decision: { enum: ["allow", "confirm", "deny"] },
};
const waiver: Readonly<Record<WaiverKey, Schema>> = {
  rule: { ...text, description: "A code such as plan/undeclared-tool; plan/* covers a family." },
  path: { ...text, description: "A glob over paths of the workspace." },
  reason: { type: "string", pattern: "\\S", description: "Without one it covers nothing." },
  expires: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "The last day it holds." },
};

/** The one table of keys: what reads the file, what explains it and what editors are told follow from it. */
export const configKeys: Readonly<Record<ConfigKeyName, ConfigKey>> = {
  profile: {
    summary: "Dialect of the documents: aidoc-16, aidoc-dotted, or the path of a profile of your own.",
    example: "aidoc-16",
    schema: text,
  },
  docs: {
    summary: "Directory below which documents lie; a dot is the whole workspace.",
    example: "docs",
    schema: { type: "string", pattern: "^(?!/)(?!.*\\\\)(?!(?:.*/)?\\.\\.(?:/|$))[^/].*$" },
  },
  sources: {
    summary: "Source files whose tags count, as globs.",
    example: '["src/**", "lib/**", "app/**", "tests/**", "test/**"]',
    schema: texts,
  },
  ignore: {
    summary: "What walks pass over, in the patterns of .gitignore; .gitignore itself is honoured.",
    example: '["drafts/"]',
    schema: texts,
  },
  timeout: {
    summary: "How long a block may run: 500ms, 90s, 5m, 1h; at most a week.",
    example: "10m",
    schema: { type: "string", pattern: "^\\s*\\d{1,9}(?:ms|s|m|h)\\s*$" },
  },
  secrets: {
    summary: "Names of variables whose values are never recorded.",
    example: "[API_KEY]",
    schema: names,
  },
  policy: {
    summary: "What happens to approved commands of each risk: allow, confirm or deny.",
    example: "{ publish: confirm }",
    schema: {
      type: "object",
      additionalProperties: false,
      properties: {
        ...Object.fromEntries(riskOrder.map((risk) => [risk, decision])),
        destructive: { enum: ["confirm", "deny"] },
        [assistantsKey]: { ...names, description: "Variables by which further assistants' programs are known." },
      },
    },
  },
  rules: {
    summary: "Severities of single rules: error, warning, info or off.",
    example: "{ plan/unprovable-outcome: warning }",
    schema: {
      type: "object",
      properties: Object.fromEntries(ruleNames.map((rule) => [rule, severity])),
      additionalProperties: severity,
    },
  },
  waivers: {
    summary: "Findings you decided to live with: rule, place, reason and last day.",
    example: '[{ rule: plan/undeclared-tool, path: "docs/**", reason: "…", expires: "2027-06-30" }]',
    schema: {
      type: "array",
      items: {
        type: "object",
        required: ["rule", "path", "reason"],
        additionalProperties: false,
        properties: waiver,
      },
    },
  },
  reports: {
    summary: "Reports that tools write, as globs.",
    example: '["reports/**/*.xml"]',
    schema: texts,
  },
};

/** The JSON schema of the configuration file. */
export function configSchema(): Schema {
  const properties = Object.entries(configKeys).map(([key, { summary, schema }]) => {
    // Why: a key without a value means its default.
    return [key, { description: summary, anyOf: [schema, { type: "null" }] }] as const;
  });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Settings of iplan",
    type: ["object", "null"],
    additionalProperties: false,
    properties: Object.fromEntries(properties),
    definitions,
  };
}
