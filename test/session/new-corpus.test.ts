import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parentTypes } from "#author/fit-parents";
import { aidoc16 } from "#profile/aidoc-16";
import { createSessionWorld } from "../support/session-world.ts";
import { hasShared, sharedPath } from "../support/shared.ts";

/** The reference documents that have an id, by path. */
function artifacts(): Readonly<Record<string, string>> {
  const root = sharedPath("corpus/aidoc-2025-11");
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter((name) => statSync(`${root}/${name}`).isFile() && /\/[A-Z]+-\d{3}_[^/]*$/.test(name));
  return Object.fromEntries(files.map((name) => [`docs/${name}`, readFileSync(`${root}/${name}`, "utf8")]));
}

describe.skipIf(!hasShared)("new documents below the reference documents", () => {
  test("are made, or refused with a reason, whatever the documents above are like", async () => {
    const world = createSessionWorld(artifacts());
    const { documents } = (await world.data(["check"]))["summary"] as { readonly documents: number };
    expect(documents).toBeGreaterThan(5);
    const seen = new Set<string>();
    for (const path of world.host.files.paths()) {
      const id = /\/([A-Z]+-\d{3})_[^/]*$/.exec(path)?.[1];
      if (id === undefined || id.endsWith("-000") || seen.has(id)) continue;
      seen.add(id);
      const type = id.slice(0, id.indexOf("-"));
      const child = aidoc16.layers.find(
        (layer) => layer.files.length > 0 && parentTypes(aidoc16, layer).includes(type),
      );
      if (child === undefined) continue;
      const words = ["new", child.type.toLowerCase(), "--from", id, "--title", "Sample", "--dry-run"];
      const { code, stdout, stderr } = await world.call(words);
      expect({ id, known: code === 0 || code === 2, stderr }).toEqual({
        id,
        known: true,
        stderr: code === 0 ? "" : expect.stringMatching(/\(usage\/(?:ambiguous-document|unfit-parent)\)/),
      });
      if (code === 0) expect(stdout).toContain(`+++ b/docs/${child.type}/`);
    }
    expect(seen.size).toBeGreaterThan(3);
  });
});
