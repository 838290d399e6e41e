import { IplanError } from "#model/errors";
import { argument, type CommandHandler, type CommandInput } from "../command.ts";

/** Every format of `export` with what writes it, loaded when it is asked for. */
const exporters: Readonly<Record<string, () => Promise<CommandHandler>>> = {
  bundle: async () => (await import("./export-bundle.ts")).exportBundle,
  csv: async () => {
    const { exportItems } = await import("./export-items.ts");
    return (context, input) => exportItems(context, input, "csv");
  },
  html: async () => (await import("./export-html.ts")).exportHtml,
  needs: async () => {
    const { exportItems } = await import("./export-items.ts");
    return (context, input) => exportItems(context, input, "needs");
  },
  standard: async () => (await import("./export-standard.ts")).exportStandard,
};

/** Formats that are about the whole workspace: naming a plan would be a mistake. */
const wholeFormats: ReadonlySet<string> = new Set(["csv", "needs"]);

/** `iplan export FORMAT [PLAN]`: what the workspace holds, for others and for other tools. */
export const exportAll: CommandHandler = async (context, input) => {
  const format = argument(input, "format") ?? "";
  const load = Object.hasOwn(exporters, format) ? exporters[format] : undefined;
  if (load === undefined) {
    const formats = Object.keys(exporters).join(", ");
    throw new IplanError("usage/arguments", `There is no format ${format}.`, `Formats are ${formats}.`);
  }
  refuseStray(format, argument(input, "plan"), input.options);
  return (await load())(context, input);
};

/** Options that belong to one format alone. */
const ownOptions: Readonly<Record<string, readonly [format: string, cure: string]>> = {
  seal: ["bundle", "iplan export bundle PLAN --seal KEYFILE"],
  part: ["standard", "iplan export standard PLAN --part iplan-document"],
};

function refuseStray(format: string, plan: string | undefined, options: CommandInput["options"]): void {
  if (plan !== undefined && wholeFormats.has(format))
    throw new IplanError("usage/arguments", `export ${format} is of the whole workspace.`, `iplan export ${format}`);
  for (const [name, [owner, cure]] of Object.entries(ownOptions)) {
    if (options[name] === undefined || format === owner) continue;
    throw new IplanError("usage/arguments", `--${name} is for export ${owner} only.`, cure);
  }
}
