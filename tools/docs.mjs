// Writes the generated pages of the reference.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const resolve = { conditions: ["iplan-source", "node", "module"], externalConditions: ["iplan-source"] };
const { module } = await runnerImport(`${root}tools/reference.ts`, {
  root,
  configFile: false,
  environments: { inline: { resolve } },
});
for (const { path, text } of module.referencePages()) {
  writeFileSync(`${root}${path}`, text);
  process.stdout.write(`wrote ${path}\n`);
}
