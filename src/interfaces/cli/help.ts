import { columns, fold, foldedColumns } from "#render/layout";
import type { Paint } from "#render/paint";
import { type CommandSpec, commandTable, findCommand } from "#session/commands";
import { exitCodesOf } from "#session/exit-codes";

const common: readonly (readonly [string, string])[] = [
  ["--json", "print one JSON document"],
  ["--cwd DIR", "work in another directory"],
  ["--help", "show this page"],
];

/** The help page of one command, or the overview of all. */
export function renderHelp(name: string | undefined, paint: Paint, width: number): string {
  const spec = name === undefined ? undefined : findCommand(name);
  return spec === undefined ? overviewHelp(paint) : commandHelp(spec, paint, width);
}

function overviewHelp(paint: Paint): string {
  const groups = [...new Set(commandTable.map((command) => command.group))];
  const parts = groups.map((group) => {
    const rows = commandTable
      .filter((command) => command.group === group)
      .map((command) => [command.name, command.summary]);
    return `${paint.bold(group)}\n${columns(rows, "  ")}`;
  });
  return [
    "iplan: implementation plans one can trust. Done is computed, never claimed.\n",
    `${paint.bold("usage")}\n  iplan COMMAND [ARGUMENTS] [OPTIONS]\n  iplan            where the workspace stands, and the next command\n`,
    ...parts,
    `${paint.bold("everywhere")}\n${columns([...common, ["--version", "print the version"]], "  ")}`,
    "exit codes: 0 done · 1 findings or a failure · 2 could not do it · 3 nothing was checked · 4 left for people\n            5 approval needed · 6 locked · 7 a decision is needed · 130 interrupted\n",
  ].join("\n");
}

function commandHelp(spec: CommandSpec, paint: Paint, width: number): string {
  const usage = spec.arguments.map((entry) => {
    const word = entry.many === true ? `${entry.name.toUpperCase()}…` : entry.name.toUpperCase();
    return entry.required ? word : `[${word}]`;
  });
  const options = [
    ...spec.options.map(
      (entry) =>
        [`--${entry.name}${entry.value === undefined ? "" : ` ${valueWord(entry.value)}`}`, entry.summary] as const,
    ),
    ...common,
  ];
  return [
    `iplan ${[spec.name, ...usage].join(" ")}: ${spec.summary}\n`,
    `${fold(`${spec.description}${spec.alias === undefined ? "" : ` Also as \`iplan ${spec.alias}\`.`}`, width).join("\n")}\n`,
    ...(spec.arguments.length === 0
      ? []
      : [
          `${paint.bold("arguments")}\n${foldedColumns(
            spec.arguments.map((entry) => [entry.name.toUpperCase(), entry.summary]),
            "  ",
            width,
          )}`,
        ]),
    `${paint.bold("options")}\n${foldedColumns(options, "  ", width)}`,
    `${paint.bold("examples")}\n${foldedColumns(
      spec.examples.map((entry) => [entry.line, paint.dim(entry.does)]),
      "  ",
      width,
    )}`,
    `${paint.bold("exit codes")}\n${foldedColumns(Object.entries(exitCodesOf[spec.name] ?? {}), "  ", width)}`,
  ].join("\n");
}

/** Why: words to choose from are written as they must be given. */
function valueWord(value: string): string {
  return value.includes("|") ? value : value.toUpperCase();
}
