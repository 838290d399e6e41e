import type { ClaimPattern, ClaimScene, PlannedRun } from "./claim-scene.ts";

const told =
  /^(?:the )?(?:(?:python|node|javascript|typescript) )?(?:modules? |packages? )?(\x60[^\x60]{1,100}\x60(?:(?:, | and |, and )\x60[^\x60]{1,100}\x60){0,9}) (?:modules? |packages? )?(?:is|are|can be) (?:importable|imported)(?: (?:cleanly|successfully|without (?:any )?errors?))?$/i;
const interpreters: ReadonlySet<string> = new Set(["python", "python2", "python3", "node", "bun", "deno", "ruby"]);

/** `` `requests` is importable ``, where the plan runs a command that imports just that, such as `python -c "import requests"`. */
export const importClaim: ClaimPattern = {
  name: "import",
  isCued: (text) => /import/i.test(text),
  fit(text, scene) {
    const list = told.exec(text)?.[1];
    if (list === undefined) return undefined;
    const modules = [...list.matchAll(/\x60([^\x60]+)\x60/g)].map((match) => match[1] ?? "");
    const runs = modules.map((module) => importing(module, scene));
    if (runs.some((run) => run === undefined)) return undefined;
    const commands = [...new Set(runs.flatMap((run) => run?.text ?? []))];
    return {
      claims: commands.map((command) => ({ kind: "exit", command, status: 0 }) as const),
      why: "the plan runs a command that imports it",
    };
  },
};

function importing(module: string, { runs, plan }: ClaimScene): PlannedRun | undefined {
  return [...runs, ...plan.runs].find((run) => interpreters.has(run.program) && importsIn(run.values).includes(module));
}

/** Names that inline code imports: `import a, b.c as d`, `from a import b`, `import('a')`, `require("a")`. */
function importsIn(values: readonly string[]): readonly string[] {
  const at = values.findIndex((value) => /^(?:-c|-e|--eval|-p|--print|-pe|eval)$/.test(value));
  const code = at < 0 ? "" : (values[at + 1] ?? "");
  // Why: code that catches failures succeeds without the module.
  if (/\b(?:try|except|catch|rescue)\b/.test(code)) return [];
  const plain = [...code.matchAll(/(?:^|[;\n])\s*import ([\w.]+(?: as \w+)?(?:\s*,\s*[\w.]+(?: as \w+)?){0,20})/g)];
  const from = [...code.matchAll(/(?:^|[;\n])\s*from ([\w.]+) import\b/g)];
  const called = [...code.matchAll(/\b(?:import|require)\(\s*["']([^"']+)["']\s*\)|\bimport\s+["']([^"']+)["']/g)];
  return [
    ...plain.flatMap((match) => (match[1] ?? "").split(",").map((each) => each.trim().split(" ")[0] ?? "")),
    ...from.map((match) => match[1] ?? ""),
    ...called.map((match) => match[1] ?? match[2] ?? ""),
  ];
}
