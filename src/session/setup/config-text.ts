import { type ConfigKey, configKeys } from "../config-schema.ts";

/** What is known of the settings when the file is written first. */
export interface ConfigChoices {
  readonly profile: string;
  readonly docs: string;
  /** Globs of source files where they differ from the default. */
  readonly sources?: readonly string[];
  /** Path of the schema as the file's editor finds it. */
  readonly schema: string;
  /** Remarks about the choice of the profile. */
  readonly remarks: readonly string[];
}

/** The text of a first configuration file: what was found is set, everything else is shown with its default. */
export function configText({ profile, docs, sources, schema, remarks }: ConfigChoices): string {
  const chosen: Readonly<Record<string, string>> = {
    profile,
    docs,
    // Why: a list of one word a line is read without loading the YAML library.
    ...(sources === undefined ? {} : { sources: sources.map((glob) => `\n  - "${glob}"`).join("") }),
  };
  const parts = Object.entries<ConfigKey>(configKeys).map(([key, { summary, example }]) => {
    const value = chosen[key];
    const notes = key === "profile" ? remarks.map((remark) => `# ${remark}\n`).join("") : "";
    const line = value === undefined ? `# ${key}: ${example}` : `${key}:${value.startsWith("\n") ? "" : " "}${value}`;
    return `# ${summary}\n${notes}${line}\n`;
  });
  return `# yaml-language-server: $schema=${schema}\n# Settings of iplan. Every key may be left out; what is commented out is an example or a default.\n\n${parts.join("\n")}`;
}
