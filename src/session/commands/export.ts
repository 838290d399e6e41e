import { IplanError } from "#model/errors";
import { argument, type CommandHandler } from "../command.ts";

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
  refuseStray(format, argument(input, "plan"), input.options["seal"]);
  return (await load())(context, input);
};

function refuseStray(format: string, plan: string | undefined, seal: unknown): void {
  if (plan !== undefined && wholeFormats.has(format))
    throw new IplanError("usage/arguments", `export ${format} is of the whole workspace.`, `iplan export ${format}`);
  if (seal !== undefined && format !== "bundle")
    throw new IplanError("usage/arguments", "Only a bundle can be sealed.", "iplan export bundle PLAN --seal KEYFILE");
}
