import type { Finding } from "#model/finding";
import { createSource } from "#model/source";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createCliWorld } from "../support/cli.ts";
import { misplaced } from "../support/covers.ts";
import { hasShared, sharedPath } from "../support/shared.ts";

/** Every file of the reference documents, as one workspace. */
function corpusFiles(): Readonly<Record<string, Uint8Array>> {
  const root = sharedPath("corpus");
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => statSync(`${root}/${name}`).isFile());
  return Object.fromEntries(files.map((name) => [`docs/${name}`, readFileSync(`${root}/${name}`)]));
}

describe.skipIf(!hasShared)("the reference documents as one workspace", () => {
  test("are checked to the end, with the number of findings by rule of the golden summary", async () => {
    const files = corpusFiles();
    const { code, stdout, stderr } = createCliWorld(files).iplan(["check", "--json"]);
    expect(stderr).toBe("");
    expect(code).toBe(1);
    const { data, findings } = JSON.parse(stdout) as {
      data: { summary: { documents: number; artifacts: number } };
      findings: readonly Finding[];
    };
    const textOf = (path: string): string | undefined =>
      files[path] === undefined ? undefined : createSource(path, files[path]).text;
    expect(misplaced(findings, textOf)).toEqual([]);
    expect(findings.filter((one) => one.message.includes("broke off"))).toEqual([]);
    const counts: Record<string, number> = {};
    for (const { rule } of findings) counts[rule] = (counts[rule] ?? 0) + 1;
    expect(counts["trace/downstream-unreal"]).toBeGreaterThan(0);
    expect(counts["document/duplicate-id"]).toBeGreaterThan(0);
    const { documents, artifacts } = data.summary;
    const rules = Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
    const golden = `${JSON.stringify({ documents, artifacts, rules }, null, 2)}\n`;
    await expect(golden).toMatchFileSnapshot("../fixtures/golden/corpus-findings.json");
  });
});
