import { beforeAll, describe, expect, it } from "vitest";
import { readArchive, writeArchive } from "#session/bundle/archive";
import { bundled, bytesIn, examined, files, plan, planPath, ran, remade, tasksPath } from "../support/bundle-world.ts";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

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

  it("names outputs that are gone instead of holding them", async () => {
    const other = await ran();
    for (const { name } of other.host.files.list(`${root}/.iplan/evidence`))
      other.host.files.remove(`${root}/.iplan/evidence/${name}`);
    const { stdout } = await other.call(["export", "bundle", "IPLAN-001"]);
    expect(stdout).toContain("1 output named by the journal left out: gone, or too large");
    const { code, stdout: page, data } = await examined(bytesIn(other));
    expect({ code, whole: data.whole, missing: data.missing }).toEqual({ code: 0, whole: true, missing: 1 });
    expect(page).toContain("1 output named by the journal");
  });

  it("of a plan whose journal is damaged is not made", async () => {
    const other = await ran();
    const [name = ""] = other.host.files.list(`${root}/.iplan/runs`).map((entry) => entry.name);
    const path = `${root}/.iplan/runs/${name}`;
    other.host.files.put(path, (other.host.files.text(path) ?? "").replace('"attempt":1', '"attempt":2'));
    const { code, stderr } = await other.call(["export", "bundle", "IPLAN-001"]);
    expect(code).toBe(2);
    expect(stderr).toContain("The journal of IPLAN-001 is damaged");
  });

  it("can be made where only the receipt is, and then proves nothing", async () => {
    const other = await ran();
    other.host.files.remove(`${root}/.iplan`);
    const { stdout } = await other.call(["export", "bundle", "IPLAN-001"]);
    expect(stdout).toContain("! only the receipt calls");
    const { code, data, stdout: page } = await examined(bytesIn(other));
    expect({ code, whole: data.whole, verdict: data.verdict, journals: data.files?.["journal"] }).toEqual({
      code: 1,
      whole: true,
      verdict: "unverifiable",
      journals: undefined,
    });
    expect(page).toContain("that the receipt calls verified: step:1, step:2");
  });

  it("of which an output was altered is not made", async () => {
    const other = await ran();
    const [output] = other.host.files.list(`${root}/.iplan/evidence`);
    other.host.files.put(`${root}/.iplan/evidence/${output?.name ?? ""}`, "altered\n");
    const { code, stderr } = await other.call(["export", "bundle", "IPLAN-001"]);
    expect(code).toBe(2);
    expect(stderr).toContain("is not the output that the journal names. No bundle was written.");
    expect(bytesIn(other)).toHaveLength(0);
  });

  it.each([
    ["altered", "altered\n"],
    ["as long as it was", undefined],
  ])("and neither page nor report shows an output that is %s", async (_, text) => {
    const other = await ran();
    const [output] = other.host.files.list(`${root}/.iplan/evidence`);
    const path = `${root}/.iplan/evidence/${output?.name ?? ""}`;
    const before = other.host.files.text(path) ?? "";
    other.host.files.put(path, text ?? before.replace(/\w/u, "#"));
    const told = "not shown: the file is not the output that was recorded";
    const words = ["show", "IPLAN-001", "1", "--output"];
    expect((await other.call(words)).stdout).toContain(told);
    expect((await other.call(["export", "html", "--output", "r.html"])).code).toBe(0);
    expect(other.host.files.text(`${root}/r.html`)).toContain(told);
    other.host.files.put(path, before);
    expect((await other.call(words)).stdout).not.toContain(told);
  });

  it("says which verdicts were overridden, by whom and why", async () => {
    const other = createSessionWorld({ [planPath]: plan });
    await other.approve("IPLAN-001");
    await other.call(["run", "IPLAN-001"]);
    for (const step of ["1", "2"]) await other.call(["sign", "IPLAN-001", step, "--reason", "agreed"]);
    expect((await other.call(["export", "bundle", "IPLAN-001"])).stdout).toMatch(/, \d overrides?, /u);
    const { stdout, data } = await examined(bytesIn(other));
    expect(stdout).toMatch(/plan {6}IPLAN-001 .*, \d overrides?\n/u);
    expect(stdout).toMatch(/override {2}step:\d .*: agreed/u);
    expect(data.signed).toContainEqual(expect.objectContaining({ override: true, reason: "agreed" }));
  });

  it.each([
    ["signer", /("name":")[^"]*(")/u, "$1Chief Auditor$2", "Chief Auditor (unattended) signed it"],
    ["kind of signer", /"kind":"unattended"/u, '"kind":"person"', "tester@memory (person) signed it"],
  ])("whose receipt has another %s than its notes is not made", async (_, found, put, message) => {
    const other = await ran({ [planPath]: `${plan}\nExpected outcome:\n\n- It is beautiful\n` });
    await other.call(["sign", "IPLAN-001", "outcome:2.1", "--reason", "It is"]);
    const receipt = `${root}/${planPath}.receipt.ndjson`;
    const lines = (other.host.files.text(receipt) ?? "").split("\n");
    const altered = lines.map((line) => (line.includes('"kind":"signature"') ? line.replace(found, put) : line));
    expect(altered).not.toEqual(lines);
    other.host.files.put(receipt, altered.join("\n"));
    const { code, stderr } = await other.call(["export", "bundle", "IPLAN-001"]);
    expect({ code, isTold: stderr.includes(message) }).toEqual({ code: 2, isTold: true });
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
