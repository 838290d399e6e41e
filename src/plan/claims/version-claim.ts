import type { VersionBound } from "#model/plan";
import type { ClaimPattern, ClaimScene } from "./claim-scene.ts";

const version = String.raw`v?(\d{1,4}(?:\.\d{1,4}){0,3})`;
const form = new RegExp(
  String.raw`^(?:(?:should (?:be|show|print)|expected|version)?:? ?)(?:([A-Za-z][A-Za-z.+#-]{0,30})(?: version)?:? (?:is )?)?(at least |>= ?|≥ ?|> ?|== ?|= ?)?${version}(\.[xX*]|\+| or (?:later|newer|higher|above|greater)| and (?:later|above|up))?(?: (?:is )?installed)?$`,
  "i",
);
const runner = String.raw`(?:(?:npx|pnpx|bunx)(?: --?[\w-]+)*|(?:pnpm|npm) exec(?: --)?|yarn(?: exec| run)?|(?:poetry|uv|pipenv|pdm|hatch|bundle) (?:run|exec)|python3? -m) `;
const asking = new RegExp(
  String.raw`^(?:${runner})?(?:\S+\/)?([\w.+-]+) (?:--version|-V|-v|version|-version)(?: 2>&1)?$`,
);

/** `python --version  # Should be 3.11+`, and `Node 20 or later` where a command of the step tells it. */
export const versionClaim: ClaimPattern = {
  name: "version",
  isCued: (text) => /\d/.test(text),
  fit(text, scene) {
    const match = form.exec(text);
    if (match === null) return undefined;
    const [, tool, operator, number = "", more] = match;
    const command = commandFor(tool, scene);
    if (command === undefined) return undefined;
    return {
      claims: [{ kind: "version", command, bounds: boundsOf(number, operator?.trim(), more) }],
      why: `\`${command}\` tells the version it names`,
    };
  },
};

function commandFor(tool: string | undefined, { command, probes }: ClaimScene): string | undefined {
  const own = asking.exec(command?.trim() ?? "");
  if (own !== null) return tool === undefined || isSame(tool, own[1] ?? "") ? command?.trim() : undefined;
  if (tool === undefined || command !== undefined) return undefined;
  const fitting = probes.filter((probe) => isSame(tool, probe.tool));
  return fitting.length === 1 ? fitting[0]?.command : undefined;
}

const aliases: Readonly<Record<string, string>> = {
  "node.js": "node",
  nodejs: "node",
  python3: "python",
  pip3: "pip",
  postgresql: "psql",
  postgres: "psql",
  golang: "go",
  typescript: "tsc",
  rust: "rustc",
};

function isSame(one: string, other: string): boolean {
  return normal(one) === normal(other);
}

function normal(tool: string): string {
  const name = tool.toLowerCase();
  return aliases[name] ?? name;
}

function boundsOf(number: string, operator: string | undefined, more: string | undefined): readonly VersionBound[] {
  if (operator === ">") return [{ operator: ">", version: number }];
  if (operator === "at least" || operator === ">=" || operator === "≥") return [{ operator: ">=", version: number }];
  if (more !== undefined && !/^\.[xX*]$/.test(more)) return [{ operator: ">=", version: number }];
  if (number.split(".").length >= 3) return [{ operator: "=", version: number }];
  // Why: who writes 3.11 means any 3.11.x.
  return [
    { operator: ">=", version: number },
    { operator: "<", version: following(number) },
  ];
}

function following(number: string): string {
  const parts = number.split(".").map(Number);
  const last = parts.pop() ?? 0;
  return [...parts, last + 1].join(".");
}
