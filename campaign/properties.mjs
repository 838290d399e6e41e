import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Tests whose properties are about reading, the graph, findings and fixes: any bytes, any order, any edits. */
const files = [
  "test/parse/trace",
  "test/graph",
  "test/rules/chain-properties.test.ts",
  "test/rules/inherited-tag.test.ts",
  "test/rules/fixes.test.ts",
  "test/rules/robust.test.ts",
  "test/session/open-check.test.ts",
];

/** Tries each property with so many cases; true when all hold. vitest prints the seed and the smallest case of one that does not. */
export function propertyCampaign({ runs }) {
  const vitest = fileURLToPath(new URL("../node_modules/vitest/vitest.mjs", import.meta.url));
  const { status } = spawnSync(process.execPath, [vitest, "run", ...files, "--testTimeout=86400000"], {
    cwd: root,
    env: { ...process.env, IPLAN_PROPERTY_RUNS: String(runs) },
    stdio: "inherit",
  });
  return status === 0;
}
