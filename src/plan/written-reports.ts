import type { UnderstoodBlock } from "#model/understanding";
import { madeFiles } from "./made-files.ts";
import { everyCommand } from "./shell/every-command.ts";
import { invokedBy } from "./shell/handed-script.ts";

/** Options of test runners, linters and measuring tools whose value is the file a report goes to. */
const valued: ReadonlySet<string> = new Set([
  "--test-reporter-destination",
  "--reporter-outfile",
  "--outputFile",
  "--output-file",
  "--outputJson",
  "--output",
  "--output-path",
  "--junitxml",
  "--junit-xml",
  "--junitfile",
  "--jsonfile",
  "--export-json",
  "--summary-export",
  "--benchmark-json",
  "--sarif-output",
  "-o",
]);

/** Options whose value is a format and the file behind a colon: `--format json:FILE`. */
const formatted: ReadonlySet<string> = new Set(["--format", "-f", "--cov-report", "--reporter", "--formatter"]);

/** Paths of reports that the commands of these blocks write by name, as written: options of known tools, and redirections. */
export function writtenReports(blocks: readonly UnderstoodBlock[]): readonly string[] {
  const paths = new Set<string>();
  for (const { syntax } of blocks) {
    if (syntax === undefined) continue;
    for (const path of madeFiles(syntax)) paths.add(path);
    everyCommand(syntax, (command) => {
      const invocation = invokedBy(command);
      if (invocation === undefined) return;
      const { args } = invocation;
      for (const [index, word] of args.entries()) {
        for (const path of targetOf(word.literal, args[index + 1]?.literal)) paths.add(path);
      }
    });
  }
  return [...paths].filter((path) => /^[\w@.+-][\w@./+ -]*$/u.test(path) && !path.split("/").includes(".."));
}

function targetOf(word: string | undefined, next: string | undefined): readonly string[] {
  if (word === undefined || !word.startsWith("-")) return [];
  const equals = word.indexOf("=");
  const name = (equals < 0 ? word : word.slice(0, equals)).replace(/^(--outputFile)\..*$/u, "$1");
  const value = equals < 0 ? next : word.slice(equals + 1);
  if (value === undefined) return [];
  if (valued.has(name)) return [value];
  const colon = value.indexOf(":");
  return formatted.has(name) && colon > 0 ? [value.slice(colon + 1).replace(/^"|"$/gu, "")] : [];
}
