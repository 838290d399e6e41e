import { type Cheat, rerun } from "./cheat.ts";
import type { CheatWorld } from "./cheat-world.ts";
import { root } from "./session-world.ts";

const report = "reports/unit.lcov";
const source = "src/kettle.js";

const lcov = (covered: number, path = source): string => `TN:\nSF:${path}\nLF:100\nLH:${covered}\nend_of_record\n`;

const later = (own: CheatWorld): void => own.host.clock.advance(60_000);

/** Runs the plan, and asks how its criteria stand. */
async function measure(own: CheatWorld): Promise<void> {
  await rerun(own);
  await own.say("status", "IPLAN-001", "--criteria");
}

/** Cheats with reports of tools. */
export const reports: readonly Cheat[] = [
  [
    "reuses an old report",
    async (own) => {
      own.put(report, lcov(93));
      later(own);
      own.put(source, "export const hot = 97;\n");
      later(own);
      await measure(own);
    },
    /reports\/unit\.lcov is older than src\/kettle\.js/u,
  ],
  [
    "hands in a report of other files",
    async (own) => {
      own.put(source, "export const hot = 97;\n");
      later(own);
      own.put(report, lcov(99, "/elsewhere/src/tea.js"));
      await measure(own);
    },
    /unit\.lcov/u,
  ],
  [
    "cuts the report short",
    async (own) => {
      own.put(source, "export const hot = 97;\n");
      later(own);
      own.put(report, lcov(99).slice(0, -16));
      await measure(own);
    },
    /unit\.lcov  lcov, [^\n]*not whole/u,
  ],
  [
    "lets the report say too little",
    async (own) => {
      own.put(source, "export const hot = 97;\n");
      later(own);
      own.put(report, lcov(40));
      await measure(own);
    },
    /40 %/u,
  ],
];

/** Cheats in another directory. */
export const elsewhere: readonly Cheat[] = [
  [
    "runs a copy in another directory, where the work seems done",
    async (own) => {
      for (const path of own.state("docs/"))
        own.put(path.replace(root, "/elsewhere"), own.text(path.slice(root.length + 1)));
      own.put("/elsewhere/iplan.config.yaml", "docs: docs\n");
      own.put("/elsewhere/b.txt", "");
      await own.say("run", "IPLAN-001", "--cwd", "/elsewhere");
    },
    /not approved|is approved on this machine/u,
  ],
  [
    "brings the receipt of a copy in which the work seems done",
    async (own) => {
      own.put("b.txt", "");
      await rerun(own);
      const proved = own.text(own.receipt);
      own.host.files.remove(`${root}/b.txt`);
      own.host.files.remove(`${root}/.iplan`);
      own.put(own.receipt, proved);
      await rerun(own);
    },
    /failed|receipt/u,
  ],
];
