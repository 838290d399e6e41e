import { describe, expect, test } from "vitest";
import type { GitCommit } from "#model/ports";
import { planDocument, planPath } from "../support/plan-document.ts";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const receipt = `${planPath()}.receipt.ndjson`;
const withCommitTask = (text: string): string =>
  text.replace("## Implementation", "- [ ] **TASK-1.9**: Commit (1 hour)\n\n## Implementation");
const green = withCommitTask(planDocument([{ title: "Make", run: "touch a.txt", verify: "test -e a.txt" }]));
const failing = planDocument([{ title: "Make", run: "touch a.txt", verify: "test -e nowhere" }]);

/** A world in a repository; git says that the plan, its receipt and these files differ from the last commit. */
async function worldOf(text: string, files: readonly string[] = ["a.txt"], environment = {}): Promise<SessionWorld> {
  const world = createSessionWorld({ [planPath()]: text }, { environment });
  const { repository } = world.host;
  repository.ground = { head: "c0ffee", branch: "main", submodules: [] };
  repository.changes = [];
  world.host.files.put(`${root}/.git/HEAD`, "");
  if (Object.keys(environment).length === 0) {
    await world.approve("IPLAN-001");
    await world.call(["run", "IPLAN-001"]);
  }
  world.host.clock.advance(60_000);
  world.host.files.put(`${root}/notes.txt`, "mine");
  repository.changes = [planPath(), receipt, "notes.txt", ...files];
  return world;
}

const committed = ({ host }: SessionWorld): GitCommit | undefined => host.repository.commits.at(-1);

describe("commit", () => {
  test("commits what the plan declares and its steps wrote, records it, and finishes the task that was to commit", async () => {
    const world = await worldOf(green);
    expect((await world.call(["status", "IPLAN-001"])).stdout).toContain("iplan commit IPLAN-001");
    const result = await world.call(["commit", "IPLAN-001"]);
    expect(`${result.code} ${result.stderr}`).toBe("0 ");
    expect(committed(world)?.paths).toEqual(["a.txt", planPath(), receipt].sort());
    expect(committed(world)?.message).toBe("A small plan\n\nShow that a plan runs.\n\nIPLAN: IPLAN-001\n");
    expect(result.stdout).toContain("notes.txt");
    expect(world.text(planPath())).toContain("- [x] **TASK-1.9**: Commit");
    expect(world.text(receipt)).toMatch(/"commit":"c0ffee0c0ffee0[^\n]*"kind":"commit"/);
    const { plans } = await world.data(["status", "IPLAN-001"]);
    expect(plans).toMatchObject([
      { verdict: "verified", completion: { finished: true, verified: true, committed: { title: "A small plan" } } },
    ]);
  });

  test("has what is committed say already that it is, and takes that back when nothing is committed", async () => {
    const world = await worldOf(green);
    const before = [world.text(planPath()), world.text(receipt)];
    let during = "";
    world.host.repository.answer = () => {
      during = world.text(planPath());
      return { failed: "commit ended with status 1", output: "the linter says no\n" };
    };
    const result = await world.call(["commit", "IPLAN-001"]);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain("git commit ended with status 1; everything is as it was");
    expect(during).toContain("- [x] **TASK-1.9**: Commit");
    expect([world.text(planPath()), world.text(receipt)]).toEqual(before);
    const { output } = await world.data(["commit", "IPLAN-001"]);
    expect(output).toBe("the linter says no\n");
  });

  test("shows files, reasons and message in a dry run, and changes nothing", async () => {
    const world = await worldOf(green);
    const before = world.text(planPath());
    const data = await world.data(["commit", "IPLAN-001", "--dry-run", "--with", "notes.txt"]);
    expect(data).toMatchObject({ state: "trial", trailers: [{ name: "IPLAN", value: "IPLAN-001" }] });
    expect(data["files"]).toContainEqual({ path: "notes.txt", why: "named with --with" });
    expect(data["files"]).toContainEqual({ path: "a.txt", why: "written by step 1" });
    expect(world.host.repository.commits).toEqual([]);
    expect(world.text(receipt)).not.toContain('"kind":"commit"');
    expect(world.text(planPath())).toBe(before);
  });

  test("refuses what is not verified, and says what", async () => {
    const world = await worldOf(failing);
    const result = await world.call(["commit", "IPLAN-001"]);
    expect(result.code).toBe(1);
    expect(result.stdout).toContain("step:1");
    expect(result.stdout).toContain('iplan commit IPLAN-001 --reason "…"');
    expect((await world.call(["commit", "IPLAN-001", "--dry-run"])).code).toBe(1);
    expect(world.host.repository.commits).toEqual([]);
  });

  test("takes a person's reason for what is not verified, and shows it from then on", async () => {
    const world = await worldOf(failing);
    expect((await world.call(["commit", "IPLAN-001", "--reason", " "])).code).toBe(2);
    const result = await world.call(["commit", "IPLAN-001", "--reason", "the customer waits"]);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain("override: the customer waits");
    expect((await world.call(["status", "IPLAN-001"])).stdout).toContain("the customer waits");
    expect(world.text(receipt)).toContain('"override":true,"reason":"the customer waits"');
  });

  test("takes no reason from an assistant", async () => {
    const world = await worldOf(failing, [], { CLAUDECODE: "1" });
    const result = await world.call(["commit", "IPLAN-001", "--reason", "I am sure"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("usage/assistant-refused");
  });

  test("does not wait for judgement, and says that it is left", async () => {
    const text = planDocument([{ run: "touch a.txt", verify: "test -e a.txt", outcomes: ["It is pleasant"] }]);
    const result = await (await worldOf(text)).call(["commit", "IPLAN-001"]);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain("1 part left for a person to judge");
  });

  test("points to the plan's own step that asks about the commit", async () => {
    const steps = [
      { run: "touch a.txt", verify: "test -e a.txt" },
      { title: "Save", run: "git commit -m 'Add a'", verify: "test ! -e never" },
    ];
    const world = createSessionWorld({
      [planPath()]: planDocument(steps, { deliverables: ["`a.txt` exists"], checklist: ["`a.txt` exists"] }),
    });
    world.host.repository.ground = { head: "c0ffee", branch: "main", submodules: [] };
    world.host.repository.changes = [planPath()];
    await world.approve("IPLAN-001");
    await world.call(["run", "IPLAN-001", "--until", "1"]);
    const result = await world.call(["commit", "IPLAN-001"]);
    expect(`${result.code} ${result.stderr}`).toBe("0 ");
    expect(result.stdout).toContain("iplan verify IPLAN-001 2");
    expect((await world.call(["verify", "IPLAN-001", "2"])).code).toBe(0);
    expect((await world.call(["run", "IPLAN-001"])).code).toBe(0);
    expect(world.host.shell.requests.some(({ text }) => text.includes("git commit"))).toBe(false);
  });

  test("says so when everything is committed, and records the commit that holds it", async () => {
    const world = await worldOf(green.replace("- [ ] **TASK-1.9**: Commit (1 hour)\n", ""));
    world.host.repository.changes = ["notes.txt"];
    expect((await world.call(["commit", "IPLAN-001"])).code).toBe(3);
    world.host.repository.lastCommit = "feed".repeat(10);
    const result = await world.call(["commit", "IPLAN-001"]);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain("nothing to commit; its files are in feedfeedfe");
    expect(world.text(receipt)).toContain('"kind":"commit"');
    const bytes = world.text(receipt);
    expect((await world.call(["commit", "IPLAN-001"])).code).toBe(0);
    expect(world.text(receipt)).toBe(bytes);
    expect(world.host.repository.commits).toEqual([]);
  });

  test.each([
    ["verified", green, []],
    ["not verified, with a reason", failing, ["--reason", "the customer waits"]],
  ])("says the same in a dry run where everything is committed: %s", async (_title, text, words) => {
    const world = await worldOf(text);
    world.host.repository.changes = ["notes.txt"];
    world.host.repository.lastCommit = "feed".repeat(10);
    const before = world.text(receipt);
    const trial = await world.call(["commit", "IPLAN-001", "--dry-run", ...words]);
    expect(trial.stdout).toContain("nothing to commit; its files are in feedfeedfe");
    expect(world.text(receipt)).toBe(before);
    const real = await world.call(["commit", "IPLAN-001", ...words]);
    const heads = [trial, real].map(({ stdout }) => stdout.split("\n", 2));
    expect(heads[0]).toEqual(heads[1]);
  });

  test("says that HEAD is detached", async () => {
    const world = await worldOf(green);
    world.host.repository.ground = { head: "c0ffee", submodules: [] };
    expect((await world.call(["commit", "IPLAN-001"])).stdout).toContain("HEAD is detached");
  });

  test.each<[string, (world: SessionWorld) => void, string]>([
    [
      "a merge has begun",
      ({ host }) => (host.repository.ground = { head: "c", branch: "main", unfinished: "merge", submodules: [] }),
      "run/unfinished-git",
    ],
    ["there is no repository", ({ host }) => delete host.repository.ground, "run/no-repository"],
  ])("is not made while %s", async (_why, change, code) => {
    const world = await worldOf(green);
    change(world);
    const result = await world.call(["commit", "IPLAN-001"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(code);
  });

  test("is not made of a path that does not differ", async () => {
    const result = await (await worldOf(green)).call(["commit", "IPLAN-001", "--with", "other.txt"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("other.txt does not differ");
  });

  test("never has a secret in its message", async () => {
    const plan = planDocument([{ run: "touch a.txt", verify: "test -e a.txt" }], {
      more: "\n## Commit message\n\n```\nUse hunter2-hunter2\n```\n",
    });
    const world = createSessionWorld(
      { [planPath()]: plan, "iplan.config.yaml": "docs: docs\nsecrets: [PASSPHRASE]\n" },
      { environment: { PASSPHRASE: "hunter2-hunter2" } },
    );
    world.host.repository.ground = { head: "c0ffee", branch: "main", submodules: [] };
    world.host.repository.changes = [planPath()];
    await world.approve("IPLAN-001");
    await world.call(["run", "IPLAN-001"]);
    expect((await world.call(["commit", "IPLAN-001"])).stdout).not.toContain("hunter2-hunter2");
    expect(committed(world)?.message).not.toContain("hunter2-hunter2");
  });
});

describe("a plan that was committed elsewhere", () => {
  /** What is in the repository: another machine has the files, and no journal. */
  const cloneOf = async (world: SessionWorld): Promise<SessionWorld> => {
    const clone = createSessionWorld({
      [planPath()]: world.text(planPath()),
      [receipt]: world.text(receipt),
      "a.txt": "",
    });
    clone.host.repository.ground = { head: "c0ffee", branch: "main", submodules: [] };
    clone.host.repository.changes = [];
    await clone.approve("IPLAN-001");
    return clone;
  };

  test("stands there as it does here, and leaves nobody anything to sign", async () => {
    const world = await worldOf(green);
    await world.call(["commit", "IPLAN-001"]);
    const clone = await cloneOf(world);
    const { plans } = await clone.data(["status", "IPLAN-001"]);
    expect(plans).toMatchObject([{ verdict: "verified", completion: { committed: { title: "A small plan" } } }]);
    const run = await clone.call(["run", "IPLAN-001"]);
    expect(`${run.code} ${run.stdout}`).not.toContain("left for a person");
    expect((await clone.call(["verify", "IPLAN-001", "--audit"])).code).toBe(0);
  });

  test("is not committed again for a receipt that says the same at another time", async () => {
    const world = await worldOf(green);
    await world.call(["commit", "IPLAN-001"]);
    const clone = await cloneOf(world);
    const committedText = new TextEncoder().encode(world.text(receipt));
    const file = { path: receipt, kind: "file", executable: false, blob: "b", size: committedText.length } as const;
    clone.host.repository.trees.set("HEAD", { commit: "c", files: [file], read: () => [committedText] });
    clone.host.clock.advance(86_400_000);
    await clone.call(["verify", "IPLAN-001"]);
    expect(clone.text(receipt)).not.toBe(world.text(receipt));
    clone.host.repository.changes = [receipt];
    clone.host.repository.lastCommit = "feed".repeat(10);
    expect((await clone.call(["commit", "IPLAN-001"])).stdout).toContain("nothing to commit");
    expect(clone.host.repository.commits).toEqual([]);
  });
});
