import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { planDocument, planPath } from "../support/plan-document.ts";
import { callWatched, createMaliciousWorld, type MaliciousWorld, smallPlan } from "./malicious-world.ts";
import { receipt } from "./malicious-tricks.ts";

/** What moves the cursor, sets a title, clears, colours, reorders, hides or rings. */
const harm =
  "\u001b]0;owned\u0007\u001b[2J\u001b[31m\u009b5m\u0090x\u009c\u202eTXET\u2066\u2028\b\b\u007f\u200b\r\u{e0041}";

/** Control characters but line breaks, and characters that reorder or hide text. */
const raw =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|\udb40[\udc00-\udc7f]/u;

const calls: readonly (readonly string[])[] = [
  [],
  ["check"],
  ["check", "--score"],
  ["check", "--json"],
  ["show", planPath()],
  ["show", planPath(), "--explain"],
  ["show", planPath(), "--json"],
  ["status"],
  ["status", "--brief"],
  ["status", "--json"],
  ["next"],
  ["next", "--json"],
  ["doctor", "--plan", planPath()],
  ["doctor", "--json"],
  ["trust", planPath()],
  ["trust", planPath(), "--json"],
  ["run", planPath(), "--dry-run"],
];

function expectClean(world: MaliciousWorld, words: readonly string[]): void {
  const { stdout, stderr, inTime } = callWatched(world, words, {}, false);
  const found = raw.exec(stdout + stderr);
  const around =
    found === null ? "" : JSON.stringify((stdout + stderr).slice(Math.max(0, found.index - 60), found.index + 20));
  expect([words.join(" "), inTime, around]).toEqual([words.join(" "), true, ""]);
}

const hostile: Readonly<Record<string, (world: MaliciousWorld) => void>> = {
  "titles, steps, outcomes, deliverables and prerequisites": (world) =>
    world.write(
      planPath(),
      planDocument(
        [
          {
            title: `Step ${harm}`,
            run: `echo '${harm}'\ntouch a`,
            verify: `test -e a # ${harm}`,
            outcomes: [`\`${harm}\` exists`, `Output contains "${harm}"`, `Judge ${harm}`],
            annotation: `id=x${harm} ready=port:${harm}`,
          },
        ],
        {
          title: `Plan ${harm}`,
          status: harm,
          deliverables: [`\`a${harm}\``, harm],
          prerequisites: [`node${harm} 1+`, `\`${harm}\``, harm],
          checklist: [harm],
          more: `\n## Risks ${harm}\n\n- ${harm}\n\n@brd: BRD-${harm}\n\n[${harm}](${harm})\n`,
        },
      ),
    ),
  "an id": (world) => world.write(planPath(), planDocument([{ run: "touch a" }], { id: `IPLAN-001${harm}` })),
  "names of files and folders": (world) => {
    const name = harm.replaceAll("/", "");
    world.write(
      `docs/${name}/IPLAN-002_${name}_20260101_000000.md`,
      planDocument([{ run: "true" }], { id: "IPLAN-002" }),
    );
    mkdirSync(join(dirname(join(world.root, planPath())), `d${name}`));
  },
  "settings and their keys": (world) =>
    world.write(
      "iplan.config.yaml",
      `"${escaped}": x\nprofile: "${escaped}"\ntimeout: "${escaped}"\nrules: {"${escaped}": "${escaped}"}\n`,
    ),
  "a receipt": (world) => {
    const line = (kind: string, unit: string): object => {
      const words = { title: harm, subject: harm, at: harm, journal: harm, reason: harm, directory: harm };
      const actor = { name: harm, kind: "person" };
      return { v: 1, kind, unit, verdict: "failed", evidence: [harm], override: true, actor, ...words };
    };
    const lines = [line("step", "step:1"), line("signature", "step:1"), line("item", harm), { [harm]: harm }];
    world.write(receipt, `${lines.map((each) => JSON.stringify(each)).join("\n")}\n${harm}\n`);
  },
  "a journal of somebody else": (world) => {
    const event = { v: 1, type: "run-started", plan: "IPLAN-001", run: harm, seq: 1, at: harm, prev: harm, hash: harm };
    world.write(`.iplan/runs/${harm.replaceAll("/", "")}.ndjson`, `${JSON.stringify(event)}\n`);
  },
};

const escaped = [...harm]
  .map((character) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`)
  .join("");

describe("text that came with a repository reaches no terminal raw", () => {
  test.each(Object.keys(hostile))("from %s", { timeout: 60_000 }, (name) => {
    const world = createMaliciousWorld();
    world.write(planPath(), smallPlan);
    hostile[name]?.(world);
    for (const words of calls) expectClean(world, words);
  });

  test("from what a block prints, while it runs and after", { timeout: 60_000 }, () => {
    const world = createMaliciousWorld();
    const print = `printf '\\033]0;x\\007\\033[2J\\302\\233 \\342\\200\\256'; printf '${harm.replaceAll("\r", "")}' >&2; touch a`;
    const steps = [{ run: print, verify: "test -e a" }, { run: `${print}; exit 3` }];
    world.write(planPath(), planDocument(steps));
    world.approve("IPLAN-001");
    for (const words of [
      ["run", "IPLAN-001"],
      ["run", "IPLAN-001", "--events"],
      ["verify", "IPLAN-001", "--json"],
    ])
      expectClean(world, words);
    for (const words of [
      ...calls,
      ["show", "IPLAN-001", "2", "--output"],
      ["show", "IPLAN-001", "1", "--output", "--json"],
    ])
      expectClean(world, words);
  });
});
