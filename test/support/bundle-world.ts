import { expect } from "vitest";
import { createHash256 } from "#host/hash";
import type { ShownBundle } from "#render/bundle-page";
import { readArchive, writeArchive } from "#session/bundle/archive";
import { type Manifest, writeManifest } from "#session/bundle/manifest";
import { createSessionWorld, root, type SessionWorld } from "./session-world.ts";

const hash256 = createHash256();

/** Where the plan of these worlds lies. */
export const planPath = "docs/IPLAN/IPLAN-001_greeting_20261120_101500.md";
/** Where the document it follows from lies. */
export const tasksPath = "docs/TASKS/TASKS-001_greeting.md";
/** Where its bundle is written. */
export const bundlePath = "IPLAN-001.iplan-bundle.tar";

/** A block of bash. */
export const fence = (text: string) => `\n\`\`\`bash\n${text}\n\`\`\`\n`;

/** A plan of two steps; its second one fails where a file is missing. */
export const plan = [
  "# IPLAN-001: Greeting\n",
  "@tasks: TASKS-001\n",
  "## Execution Steps\n",
  "**Step 1: Make a folder**\n",
  fence("touch built\necho made it"),
  "Verification:\n",
  fence("test -e built"),
  "**Step 2: Look for it**\n",
  fence("touch seen"),
  "Verification:\n",
  fence("test -e wanted"),
].join("\n");

/** The files of these worlds. */
export const files = { [planPath]: plan, [tasksPath]: "# TASKS-001: Greeting\n", wanted: "" };

/** A world in which the plan was run. */
export async function ran(more: Readonly<Record<string, string>> = {}): Promise<SessionWorld> {
  const world = createSessionWorld({ ...files, ...more });
  await world.approve("IPLAN-001");
  await world.call(["run", "IPLAN-001"]);
  return world;
}

/** The bytes of a file of a world. */
export const bytesIn = (world: SessionWorld, path = bundlePath): Uint8Array =>
  world.host.files.read(`${root}/${path}`) ?? new Uint8Array();

/** The bundle of the plan of a world. */
export async function bundled(world: SessionWorld, words: readonly string[] = []): Promise<Uint8Array> {
  const { code, stderr } = await world.call(["export", "bundle", "IPLAN-001", ...words]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return bytesIn(world);
}

/** Examines a bundle in a world that has nothing else. */
export async function examined(
  bytes: Uint8Array,
  words: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; stdout: string; stderr: string; data: ShownBundle }> {
  const world = createSessionWorld(more);
  world.host.files.put(`${root}/x.tar`, bytes);
  const { code, stdout, stderr } = await world.call(["verify", "--bundle", "x.tar", ...words, "--json"]);
  const { data } = JSON.parse(stdout) as { data: ShownBundle };
  const page = await world.call(["verify", "--bundle", "x.tar", ...words]);
  return { code, stdout: page.stdout, stderr, data };
}

/** The archive made again with some files changed, left out or put in. */
export function remade(bytes: Uint8Array, change: (name: string, text: string) => string | undefined): Uint8Array {
  const { files: found } = readArchive(bytes);
  return writeArchive(
    found.flatMap(({ name, bytes: content }) => {
      const text = change(name, new TextDecoder().decode(content));
      return text === undefined ? [] : [{ name, bytes: new TextEncoder().encode(text) }];
    }),
  );
}

/** The bundle as somebody would forge it who knows how: changed, and its manifest made to fit again. */
export function forged(made: Uint8Array, change: (path: string, text: string) => string, lie: object = {}): Uint8Array {
  const hash = (bytesOf: Uint8Array | string) => hash256.sha256(bytesOf);
  const changed = new Map<string, Uint8Array>();
  for (const { name, bytes: content } of readArchive(made).files) {
    const text = change(name, new TextDecoder().decode(content));
    changed.set(name, new TextEncoder().encode(text));
  }
  const { digest: _digest, ...told } = JSON.parse(
    new TextDecoder().decode(changed.get("manifest.json")),
  ) as Manifest & { digest: string };
  const listed = told.files.map((file) => {
    const content = changed.get(`workspace/${file.path}`) ?? new Uint8Array();
    return { ...file, bytes: content.length, sha256: hash(content) };
  });
  changed.set("manifest.json", writeManifest({ ...told, files: listed, ...lie }, hash256));
  return writeArchive([...changed].map(([name, content]) => ({ name, bytes: content })));
}
