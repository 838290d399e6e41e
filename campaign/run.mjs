#!/usr/bin/env node
// Long fault runs over the built program: `npm run campaign -- --kills 50 --seed 7`. CI runs a small seeded sample.
import { parseArgs } from "node:util";
import { killCampaign, tellCampaign } from "./kill.mjs";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "50" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    kind: { type: "string", multiple: true, default: ["synthetic", "example"] },
    keep: { type: "boolean", default: false },
  },
});

const say = (text) => process.stdout.write(`${text}\n`);
let clean = true;
for (const kind of values.kind) {
  const result = await killCampaign({
    kind,
    kills: Number(values.kills),
    seed: Number(values.seed),
    keep: values.keep,
    say,
  });
  clean = tellCampaign(result, say) && clean;
}
process.exitCode = clean ? 0 : 1;
