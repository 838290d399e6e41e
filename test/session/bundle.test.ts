import { generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { ShownBundle } from "#render/bundle-page";
import { readArchive, writeArchive } from "#session/bundle/archive";
import { type Manifest, writeManifest } from "#session/bundle/manifest";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const planPath = "docs/IPLAN/IPLAN-001_greeting_20261120_101500.md";
const tasksPath = "docs/TASKS/TASKS-001_greeting.md";
const bundlePath = "IPLAN-001.iplan-bundle.tar";

const fence = (text: string) => `\n\`\`\`bash\n${text}\n\`\`\`\n`;

/** A plan of two steps; its second one fails where a file is missing. */
const plan = [
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

const files = { [planPath]: plan, [tasksPath]: "# TASKS-001: Greeting\n", wanted: "" };

async function ran(more: Readonly<Record<string, string>> = {}): Promise<SessionWorld> {
  const world = createSessionWorld({ ...files, ...more });
  await world.approve("IPLAN-001");
  await world.call(["run", "IPLAN-001"]);
  return world;
}

const bytesIn = (world: SessionWorld, path = bundlePath): Uint8Array =>
  world.host.files.read(`${root}/${path}`) ?? new Uint8Array();

async function bundled(world: SessionWorld, words: readonly string[] = []): Promise<Uint8Array> {
  const { code, stderr } = await world.call(["export", "bundle", "IPLAN-001", ...words]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return bytesIn(world);
}

/** Examines a bundle in a world that has nothing else. */
async function examined(
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
function remade(bytes: Uint8Array, change: (name: string, text: string) => string | undefined): Uint8Array {
  const { files: found } = readArchive(bytes);
  return writeArchive(
    found.flatMap(({ name, bytes: content }) => {
      const text = change(name, new TextDecoder().decode(content));
      return text === undefined ? [] : [{ name, bytes: new TextEncoder().encode(text) }];
    }),
  );
}

let world: SessionWorld;
let bytes: Uint8Array;
beforeAll(async () => {
  world = await ran();
  bytes = await bundled(world);
});

describe("an evidence bundle", () => {
  it("holds the plan, its chain, receipt, journal and outputs", () => {
    const names = readArchive(bytes).files.map(({ name }) => name.replace(/[0-9A-Z]{26}|[0-9a-f]{64}/u, "*"));
    expect(names).toEqual([
      "manifest.json",
      "workspace/.iplan/evidence/*.txt",
      "workspace/.iplan/runs/IPLAN-001.*.ndjson",
      `workspace/${planPath}`,
      `workspace/${planPath}.receipt.ndjson`,
      `workspace/${tasksPath}`,
      "workspace/iplan.config.yaml",
    ]);
  });

  it("is verified where there is nothing else, by evidence and not by what it says", async () => {
    const { code, stdout, data } = await examined(bytes);
    expect(data).toMatchObject({
      whole: true,
      problems: [],
      plan: "IPLAN-001",
      verdict: "verified",
      seal: { state: "none" },
      missing: 0,
    });
    expect(code).toBe(0);
    expect(stdout).toContain("✓ whole");
    expect(stdout).toContain("not sealed");
  });

  it("is the same bytes when it is made again", async () => {
    expect(Buffer.from(await bundled(world)).equals(Buffer.from(bytes))).toBe(true);
  });

  it("of a plan that failed is whole, and says so", async () => {
    const other = createSessionWorld({ [planPath]: plan });
    await other.approve("IPLAN-001");
    await other.call(["run", "IPLAN-001"]);
    const { code, data } = await examined(await bundled(other));
    expect({ code, whole: data.whole, verdict: data.verdict }).toEqual({ code: 1, whole: true, verdict: "failed" });
  });

  it("of a plan that waits for people leads to exit code 4", async () => {
    const other = await ran({ [planPath]: `${plan}\nExpected outcome:\n\n- It is beautiful\n` });
    const { code, data } = await examined(await bundled(other));
    expect({ code, verdict: data.verdict }).toEqual({ code: 4, verdict: "manual" });
  });

  it("keeps what was stale when it was made, though the changed file is not in it", async () => {
    const declared = plan.replace(
      "**Step 1: Make a folder**\n",
      "**Step 1: Make a folder**\n\nFile: `data/wanted.txt`\n",
    );
    const other = await ran({ [planPath]: declared, "data/wanted.txt": "" });
    other.host.files.put(`${root}/data/wanted.txt`, "changed");
    const { data } = await examined(await bundled(other));
    expect({ whole: data.whole, verdict: data.verdict }).toEqual({ whole: true, verdict: "stale" });
  });

  it("carries notes and signatures", async () => {
    const other = await ran({ [planPath]: `${plan}\nExpected outcome:\n\n- It is beautiful\n` });
    await other.call(["note", "IPLAN-001", "Done on a Sunday"]);
    await other.call(["sign", "IPLAN-001", "outcome:2.1", "--reason", "It is"]);
    const { code, data } = await examined(await bundled(other));
    expect({ code, verdict: data.verdict, notes: data.files?.["notes"] }).toEqual({
      code: 0,
      verdict: "verified",
      notes: 2,
    });
  });
});

describe("a bundle that was changed", () => {
  it("in any byte is refused, and the place is named", async () => {
    const starts = readArchive(bytes).files;
    for (let at = 7; at < bytes.length; at += 211) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 4;
      const { code, data } = await examined(changed);
      expect({ at, code, whole: data.whole }).toEqual({ at, code: 1, whole: false });
      const inside = starts.find(({ offset, bytes: { length } }) => at >= offset && at < offset + length);
      if (inside !== undefined) expect(data.problems[0]?.where).toBe(inside.name);
    }
  });

  const lie = (name: string, from: string | RegExp, to: string) => (file: string, text: string) =>
    file.startsWith(name) ? text.replace(from, to) : text;
  it.each([
    ["a document", lie(`workspace/${tasksPath}`, "Greeting", "Farewells"), "workspace/docs/TASKS", "has"],
    [
      "a document, no longer",
      lie(`workspace/${tasksPath}`, "Greeting", "greeting"),
      "workspace/docs/TASKS",
      "was changed",
    ],
    [
      "the manifest",
      lie("manifest.json", '"verdict":"verified"', '"verdict":"failed"'),
      "manifest.json",
      "its own digest",
    ],
    ["the manifest's form", lie("manifest.json", "{", "{ "), "manifest.json", "its own digest"],
    ["the manifest, into nothing", lie("manifest.json", /.+/su, "[]"), "manifest.json", "not readable"],
    ["the manifest, into another form", lie("manifest.json", "bundle/1", "bundle/9"), "manifest.json", "does not know"],
    [
      "the receipt left out",
      (name: string, text: string) => (name.endsWith("receipt.ndjson") ? undefined : text),
      "workspace/docs/IPLAN",
      "is missing",
    ],
    [
      "the manifest left out",
      (name: string, text: string) => (name === "manifest.json" ? undefined : text),
      "archive",
      "does not begin with",
    ],
  ])("%s, is told where", async (_title, change, where, message) => {
    const { code, data, stdout } = await examined(remade(bytes, change));
    expect(code).toBe(1);
    expect(data.problems[0]?.where).toContain(where);
    expect(data.problems[0]?.message).toContain(message);
    expect(stdout).toContain("✗ is not what was written");
  });

  it("by a file put in or put elsewhere is refused", async () => {
    const found = readArchive(bytes).files;
    const more = writeArchive([...found, { name: "workspace/more.txt", bytes: new Uint8Array(3) }]);
    expect((await examined(more)).data.problems).toMatchObject([
      { where: "workspace/more.txt", message: "is not in the manifest" },
    ]);
    const [first, ...others] = found;
    const turned = writeArchive([first, ...others.toReversed()].flatMap((each) => each ?? []));
    expect((await examined(turned)).data.problems[0]?.message).toBe("does not stand where the manifest has it");
  });
});

/** The bundle as somebody would forge it who knows how: changed, and its manifest made to fit again. */
function forged(made: Uint8Array, change: (path: string, text: string) => string, lie: object = {}): Uint8Array {
  const hash = (bytesOf: Uint8Array | string) => world.host.hash.sha256(bytesOf);
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
  changed.set("manifest.json", writeManifest({ ...told, files: listed, ...lie }, world.host.hash));
  return writeArchive([...changed].map(([name, content]) => ({ name, bytes: content })));
}

describe("a bundle whose manifest was made to fit again", () => {
  const inJournal = (from: string | RegExp, to: string) => (path: string, text: string) =>
    path.includes("/runs/") ? text.replace(from, to) : text;
  const lastLine = /[^\n]+\n$/u;
  const first = /^[^\n]+\n/u;

  it("is one a forger can make, as long as everything in it hangs together", async () => {
    const { data } = await examined(forged(bytes, (path, text) => (path.includes("TASKS") ? `${text}\n` : text)));
    expect(data.whole).toBe(true);
  });

  it.each([
    ["an event left out", inJournal(/\n[^\n]+/u, ""), {}, "event 2"],
    ["the first event left out", inJournal(first, ""), {}, "event 1"],
    ["events turned", inJournal(/^(?<a>[^\n]+\n)(?<b>[^\n]+\n)/u, "$<b>$<a>"), {}, "event 2"],
    ["the journal cut off", inJournal(/(?:[^\n]+\n){4}$/u, ""), {}, "missing with all behind it"],
    ["half of a line", inJournal(lastLine, '{"v":1'), {}, "ends in the middle of a line"],
    ["a journal that is none", inJournal(/.+/su, "Hello\n"), {}, "hangs together"],
    ["a check that failed after all", inJournal(/("status":)0/gu, "$11"), {}, "its evidence says failed"],
    [
      "another output",
      (path: string, text: string) => (path.includes("evidence/") ? "Hello" : text),
      {},
      "is not the output",
    ],
    [
      "another verdict of the plan",
      (_path: string, text: string) => text,
      { verdict: "manual" },
      "the manifest says manual",
    ],
    ["another verdict of a step", (_path: string, text: string) => text, { verdicts: [] }, "the manifest says nothing"],
    [
      "a damaged receipt",
      (path: string, text: string) => (path.endsWith("receipt.ndjson") ? `x\n${text}` : text),
      {},
      "not a line of JSON",
    ],
    [
      "a plan with another command",
      (path: string, text: string) =>
        path.endsWith(`${planPath}`) ? text.replace("test -e built", "test -e other") : text,
      {},
      "is not the plan whose hash the manifest has",
    ],
    ["events of no known form", inJournal(/"evidence":\{/gu, '"evidence":null,"x":{'), {}, "no known form"],
    [
      "a manifest that lacks its plan",
      (_path: string, text: string) => text,
      { plan: {} },
      "lacks what a manifest says",
    ],
  ])("with %s is refused", async (_title, change, lie, message) => {
    const { code, data } = await examined(forged(bytes, change, lie));
    expect(data.problems.map((problem) => problem.message).join("\n")).toContain(message);
    expect(code).toBe(1);
  });

  it("with an output left out that the manifest does not call missing is refused", async () => {
    const { digest: _digest, ...told } = JSON.parse(
      new TextDecoder().decode(readArchive(bytes).files[0]?.bytes),
    ) as Manifest & { digest: string };
    const less = told.files.filter(({ kind }) => kind !== "output");
    const made = remade(
      forged(bytes, (_path, text) => text, { files: less }),
      (name, text) => (name.includes("/evidence/") ? undefined : text),
    );
    const { data } = await examined(made);
    expect(data.problems[0]?.message).toBe("is named by the journal and is not there");
  });
});

describe("what is no bundle", () => {
  it.each([
    ["an empty file", "", "The file is empty."],
    ["a text", "Hello, world", "is no bundle of iplan"],
    ["something compressed", "PK\u0003\u0004…", "unpack the file first"],
  ])("%s is refused", async (_title, text, message) => {
    const other = createSessionWorld({ "x.tar": text });
    const { code, stderr } = await other.call(["verify", "--bundle", "x.tar"]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it.each([
    [["verify", "--bundle", "nowhere.tar"], "There is no file nowhere.tar."],
    [["verify", "--bundle", "docs"], "docs is no file."],
    [["verify", "IPLAN-001", "--bundle", "x.tar"], "--bundle stands alone"],
    [["verify", "--bundle", "x.tar", "--audit"], "--bundle stands alone"],
    [["verify", "IPLAN-001", "--key", "x"], "--key is for bundles only"],
    [["export", "bundle"], "A bundle is of one plan"],
    [["export", "csv", "IPLAN-001"], "of the whole workspace"],
    [["export", "csv", "--seal", "x"], "--seal is for export bundle only"],
    [["export", "bundle", "IPLAN-001", "--output", "iplan.config.yaml"], "is no bundle; nothing was written"],
    [["export", "bundle", "IPLAN-001", "--seal", "iplan.config.yaml"], "no ed25519 private key"],
  ])("%s", async (words, message) => {
    const other = await ran();
    const { code, stderr } = await other.call(words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it("nothing recorded makes no bundle", async () => {
    const { code, stderr } = await createSessionWorld(files).call(["export", "bundle", "IPLAN-001"]);
    expect(code).toBe(3);
    expect(stderr).toContain("Nothing is recorded of IPLAN-001");
  });
});

describe("a seal", () => {
  const keys = (type: "ed25519" | "x25519" = "ed25519") => {
    const { privateKey, publicKey } = generateKeyPairSync(type as "ed25519");
    return {
      secret: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      shown: publicKey.export({ type: "spki", format: "pem" }).toString(),
    };
  };
  const [mine, other, wrong] = [keys(), keys(), keys("x25519")];
  const sealed = async (): Promise<Uint8Array> =>
    bundled(await ran({ "seal.key": mine.secret }), ["--seal", "seal.key"]);

  it("holds for the key it was made with, and for no other", async () => {
    const made = await sealed();
    const right = await examined(made, ["--key", "pub"], { pub: mine.shown });
    expect(right).toMatchObject({ code: 0, data: { whole: true, seal: { state: "holds" } } });
    expect(right.stdout).toContain("✓ sealed by sha256:");
    const no = await examined(made, ["--key", "pub"], { pub: other.shown });
    expect(no).toMatchObject({ code: 1, data: { whole: false, seal: { state: "other-key" } } });
  });

  it("is broken by whoever makes the manifest fit again", async () => {
    const forged = remade(await sealed(), (name, text) => {
      if (name !== "manifest.json") return text;
      const { digest: _digest, ...rest } = JSON.parse(text) as Record<string, unknown>;
      const lied = JSON.stringify({ ...rest, tool: "iplan 9" });
      const digest = world.host.hash.sha256(lied);
      return `${JSON.stringify({ ...rest, tool: "iplan 9", digest }, Object.keys({ ...rest, digest }).toSorted())}\n`;
    });
    const { code, data } = await examined(forged);
    expect({ code, state: data.seal.state }).toEqual({ code: 1, state: "broken" });
  });

  it("that is asked for and not there is a failure", async () => {
    const { code, data } = await examined(bytes, ["--key", "pub"], { pub: mine.shown });
    expect(code).toBe(1);
    expect(data.problems).toMatchObject([
      { where: "seal.json", message: expect.stringContaining("nobody sealed") as unknown },
    ]);
  });

  it("is made by people only, and with keys of the right kind", async () => {
    const assistant = createSessionWorld({ ...files, key: mine.secret }, { environment: { CLAUDECODE: "1" } });
    const refused = await assistant.call(["export", "bundle", "IPLAN-001", "--seal", "key"]);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("may not seal a bundle") as unknown });
    const unfit = await (await ran({ key: wrong.secret })).call(["export", "bundle", "IPLAN-001", "--seal", "key"]);
    expect(unfit).toMatchObject({ code: 2, stderr: expect.stringContaining("it is one of x25519") as unknown });
  });
});
