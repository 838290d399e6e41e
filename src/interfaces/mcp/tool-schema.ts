import type { CommandInput } from "#session/command";
import { type CommandSpec, findCommand } from "#session/commands";
import type { ToolSpec } from "./tools.ts";

/** A JSON Schema of one member. */
interface MemberSchema {
  readonly type: string;
  readonly description?: string;
  readonly items?: { readonly type: string };
  readonly minimum?: number;
}

/** The JSON Schema of an object, as tools declare it. */
export interface ObjectSchema {
  readonly [key: string]: unknown;
  readonly type: "object";
  readonly properties: Readonly<Record<string, MemberSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties: boolean;
}

/** The command behind a tool. */
export function commandOf(tool: ToolSpec): CommandSpec {
  const spec = findCommand(tool.command);
  if (spec === undefined) throw new Error(`no command ${tool.command}`);
  return spec;
}

/** An option's name as a member: `max-tokens` is `max_tokens`. */
const memberOf = (name: string): string => name.replaceAll("-", "_");

const many: Pick<MemberSchema, "type" | "items"> = { type: "array", items: { type: "string" } };

/** What a tool takes: the arguments and options it offers, with the words of the command table, and the page to answer. */
export function inputSchemaOf(tool: ToolSpec): ObjectSchema {
  const spec = commandOf(tool);
  const named = spec.arguments.filter(({ name }) => tool.arguments.includes(name));
  const members = named.map(({ name, many: isMany, summary }) => {
    return [memberOf(name), { ...(isMany === true ? many : { type: "string" }), description: summary }] as const;
  });
  const options = spec.options
    .filter(({ name }) => tool.options.includes(name))
    .map(({ name, value, many: isMany, summary }) => {
      const plain = { type: value === undefined ? "boolean" : value === "number" ? "integer" : "string" };
      return [memberOf(name), { ...(isMany === true ? many : plain), description: summary }] as const;
    });
  const required = named.filter((argument) => argument.required).map(({ name }) => memberOf(name));
  return {
    type: "object",
    properties: { ...Object.fromEntries([...members, ...options]), page: { type: "integer", minimum: 1 } },
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

/** What every tool answers beside its text. */
export const outputSchema: ObjectSchema = {
  type: "object",
  properties: {
    ok: { type: "boolean" },
    exitCode: { type: "integer" },
    data: { type: "object" },
    findings: { type: "array" },
    page: { type: "integer" },
    pages: { type: "integer" },
    omitted: { type: "object", description: "what was left out, by place" },
  },
  required: ["ok", "exitCode", "page", "pages"],
  additionalProperties: false,
};

/** A tool's arguments as the command takes them. */
export function inputOf(tool: ToolSpec, given: Readonly<Record<string, unknown>>): CommandInput {
  const taken = (names: readonly string[]): Record<string, never> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = given[memberOf(name)];
        return value === undefined || value === "" || value === false ? [] : [[name, textual(value)]];
      }),
    ) as Record<string, never>;
  return { arguments: taken(tool.arguments), options: taken(tool.options) };
}

/** Why: on a command line every value is text. */
function textual(value: unknown): unknown {
  return typeof value === "number" ? String(value) : value;
}
