import { describe, expect, test } from "vitest";
import { leaseMs } from "#guide/lease";
import { planDocument, planPath } from "../support/plan-document.ts";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const steps = [
  { title: "First", run: "touch a", verify: "test -e a" },
  { title: "Second", run: "touch b", verify: "test -e b" },
  { title: "Third", run: "touch c", verify: "test -e c", annotation: "needs=1" },
];
const three = planDocument(steps);
const assistant = { environment: { CLAUDECODE: "1" } };
const world = (text = three, sketch = {}): SessionWorld => createSessionWorld({ [planPath()]: text }, sketch);
const inGit = (own: SessionWorld): SessionWorld => {
  own.host.files.put(`${root}/.git/HEAD`, "ref: refs/heads/main\n");
  return own;
};

const taken = async (own: SessionWorld, as: string, ...words: string[]): Promise<string> => {
  const { code, stdout } = await own.call(["next", "--take", "--as", as, "--json", ...words]);
  const { data, error } = JSON.parse(stdout) as { data: { unit?: { id: string } }; error?: { code: string } };
  return data.unit?.id ?? `${error?.code ?? "nothing"} (exit ${code})`;
};

describe("next --take", () => {
  test("hands a unit to one alone, and everybody the first that is free and ready", async () => {
    const own = world();
    await own.approve("1");
    expect(await taken(own, "ada")).toBe("step:1");
    expect(await taken(own, "ada")).toBe("step:1");
    expect(await taken(own, "bob")).toBe("nothing (exit 6)");
    expect((await own.call(["run", "1", "--only", "1"], { answers: [] })).stderr).toContain(
      "ada works on IPLAN-001 step:1",
    );
    expect(await taken(own, "bob")).toBe("step:2");
    expect(await taken(own, "carl")).toBe("step:3");
    expect(await taken(own, "dora")).toBe("nothing (exit 6)");
  });

  test("says who has what, and until when", async () => {
    const own = world();
    const { stdout } = await own.call(["next", "--take", "--as", "ada"]);
    expect(stdout).toContain("Taken until 12:30 UTC");
    expect((await own.call(["next", "--take", "--as", "ada"])).stdout).toContain("Still yours until 12:30 UTC");
    const second = await own.call(["next", "--as", "bob"]);
    expect(second.code).toBe(6);
    expect(second.stdout).toContain("step:1: ada works on it");
    expect((await own.data(["next", "--for", "1", "--as", "bob"]))["lease"]).toEqual({
      holder: "ada",
      kind: "unattended",
      since: "2025-11-25T12:00:00.000Z",
      until: "2025-11-25T12:30:00.000Z",
    });
  });

  test("is renewed by every command of its holder, and ends without one", async () => {
    const own = world(three, { environment: { CLAUDECODE: "1", IPLAN_HOLDER: "ada" } });
    await own.call(["next", "--take"]);
    for (const words of [["next"], ["note", "1", "still there"], ["next", "--for", "2"]]) {
      own.host.clock.advance(leaseMs - 1000);
      await own.call(words);
    }
    own.host.clock.advance(leaseMs - 1000);
    expect(await taken(own, "bob")).toBe("nothing (exit 6)");
    own.host.clock.advance(1000);
    const { stdout } = await own.call(["next", "--take", "--as", "bob"]);
    expect(stdout).toContain("! ada had taken step:1 and gave no sign of life");
  });

  test("of a named unit takes that one, or says who has it", async () => {
    const own = world();
    expect(await taken(own, "ada", "--for", "task-1.2")).toBe("step:2");
    const { stdout } = await own.call(["next", "--for", "2", "--as", "ada"]);
    expect(stdout).toContain("! step:2 comes after what is still open: step:1");
    const second = await own.call(["next", "--take", "--for", "2", "--as", "bob"]);
    expect(second.code).toBe(6);
    expect(second.stderr).toContain("ada works on IPLAN-001 step:2; the lease ends in 30 min");
    expect((await own.call(["next", "--for", "TASK-9"])).stderr).toContain("What is open: step:1, step:2, step:3");
  });

  test("warns of files that others work on", async () => {
    const own = world(planDocument([{ run: "touch src/a" }, { run: "touch src/a" }]));
    await own.call(["next", "--take", "--for", "1", "--as", "ada"]);
    const { stdout } = await own.call(["next", "--take", "--for", "2", "--as", "bob"]);
    expect(stdout).toContain("! src/a is also worked on in IPLAN-001 step:1, taken by ada");
  });

  test("refuses what is done", async () => {
    const own = world();
    await own.call(["sign", "1", "1", "--reason", "seen"]);
    const { code, stderr } = await own.call(["next", "--take", "--for", "1"]);
    expect(code).toBe(2);
    expect(stderr).toContain("step:1 is verified: there is nothing to take");
  });

  test("goes to a later plan when all of the first is taken, and back to what was begun", async () => {
    const own = createSessionWorld({
      [planPath()]: planDocument(steps.slice(0, 1)),
      [planPath("IPLAN-002")]: planDocument(steps.slice(0, 1), { id: "IPLAN-002" }),
    });
    expect((await own.data(["next", "--take", "--as", "ada"]))["plan"]).toBe("IPLAN-001");
    expect((await own.data(["next", "--take", "--as", "bob"]))["plan"]).toBe("IPLAN-002");
    expect((await own.data(["next", "--as", "bob"]))["plan"]).toBe("IPLAN-002");
    expect((await own.data(["next", "--as", "ada"]))["plan"]).toBe("IPLAN-001");
  });

  test("is shared by the worktrees of a repository", async () => {
    const own = inGit(world());
    own.host.files.put("/ws/.git/worktrees/two/HEAD", "c0ffee\n");
    own.host.files.put("/ws/.git/worktrees/two/commondir", "../..\n");
    own.host.files.put("/two/.git", "gitdir: /ws/.git/worktrees/two\n");
    own.host.files.put("/two/iplan.config.yaml", "docs: docs\n");
    own.host.files.put(`/two/${planPath()}`, three);
    await own.call(["next", "--take"]);
    expect((await own.call(["next", "--take"], { cwd: "/two" })).code).toBe(6);
    expect(own.host.files.paths().filter((path) => path.includes("/leases/"))).toEqual([
      expect.stringMatching(/^\/ws\/\.git\/iplan\/leases\/[0-9a-f]{32}\.1\.json$/u),
    ]);
  });

  test.each<[string, (own: SessionWorld) => void]>([
    ["a link in the place of the folder", (own) => own.host.files.link(`${root}/.git/iplan`, "/elsewhere")],
    ["a file in the place of the folder", (own) => own.host.files.put(`${root}/.git/iplan`, "x")],
  ])("writes nothing through %s", async (_name, prepare) => {
    const own = inGit(world());
    own.host.files.makeDirectory("/elsewhere");
    prepare(own);
    const { code, stderr } = await own.call(["next", "--take"]);
    expect(code).toBe(2);
    expect(stderr).toContain("no lease is kept there");
  });

  test("keeps its files in the workspace where a `.git` leads to no repository", async () => {
    const own = world();
    own.host.files.put(`${root}/.git`, "gitdir: /victim\n");
    own.host.files.put("/victim/precious", "x");
    await own.call(["next", "--take"]);
    expect(own.host.files.paths().filter((path) => path.includes("/leases/"))).toHaveLength(1);
    expect(own.host.files.paths().some((path) => path.startsWith("/victim/iplan"))).toBe(false);
  });
});

describe("RESUME HERE", () => {
  const marked = three.replace("(1 hour)\n", "(1 hour) RESUME HERE 👈\n");
  const at = (own: SessionWorld): string =>
    /\*\*(TASK-1\.\d)\*\*.*RESUME HERE 👈/u.exec(own.text(planPath()))?.[1] ?? "nowhere";

  test("goes along with what is taken, given back, blocked and proved", async () => {
    const own = world(marked, { environment: { IPLAN_HOLDER: "ada" } });
    await own.approve("1");
    expect(at(own)).toBe("TASK-1.1");
    await own.call(["next", "--take", "--for", "3"]);
    expect(at(own)).toBe("TASK-1.3");
    await own.call(["note", "1", "--release"]);
    expect(at(own)).toBe("TASK-1.1");
    await own.call(["run", "1", "--only", "1"]);
    expect(at(own)).toBe("TASK-1.2");
    await own.call(["note", "1", "--block", "no key", "--unit", "2"]);
    expect(at(own)).toBe("TASK-1.3");
    await own.call(["note", "1", "--release", "--unit", "2"]);
    await own.call(["run", "1"]);
    expect(at(own)).toBe("nowhere");
  });
});

describe("note", () => {
  test("--release gives back what the caller took, and says so", async () => {
    const own = world(three, assistant);
    await own.call(["next", "--take"]);
    expect((await own.call(["note", "1", "--release"])).stdout).toBe("Noted for IPLAN-001 step:1. It is free again.\n");
    expect(await taken(own, "bob")).toBe("step:1");
    expect((await own.call(["note", "1", "--release"])).stderr).toContain("You took nothing of IPLAN-001");
  });

  test("--release of what somebody else took is for people", async () => {
    const own = world(three, assistant);
    await taken(own, "ada");
    const refused = await own.call(["note", "1", "--release", "--unit", "1"]);
    expect(refused.stderr).toContain("(usage/assistant-refused)");
    const free = world();
    await taken(free, "ada");
    expect((await free.call(["note", "1", "--release", "--unit", "1"])).code).toBe(0);
  });

  test("--block keeps a unit from everybody, and proves nothing", async () => {
    const own = world(three, assistant);
    await own.call(["next", "--take"]);
    expect((await own.call(["note", "1", "--block", "The key is missing"])).code).toBe(0);
    const next = await own.call(["next"]);
    expect(next.code).toBe(4);
    expect(next.stdout).toContain("step:1: blocked: The key is missing");
    expect(next.stdout).toContain("iplan note IPLAN-001 --release --unit step:1");
    expect((await own.call(["next", "--for", "1"])).stdout).toContain("! step:1 is blocked: The key is missing");
    expect((await own.data(["status"]))["plans"]).toMatchObject([{ verdict: "pending", counts: { pending: 6 } }]);
    await own.call(["note", "1", "--release", "--unit", "1"]);
    expect((await own.data(["next"]))["unit"]).toMatchObject({ id: "step:1" });
  });

  test.each([
    [["--block", " "], "--block has no reason"],
    [["--block", "x", "--release"], "Give one."],
    [["--release", "--unit", "1"], "Nobody has taken step:1"],
    [[], "The note has no text"],
  ])("%j is refused", async (words, message) => {
    const { code, stderr } = await world().call(["note", "1", ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe("what somebody else took", () => {
  const begun = async (sketch = {}): Promise<SessionWorld> => {
    const own = world(three, sketch);
    await taken(own, "ada");
    return own;
  };
  test.each([
    ["is not run by another assistant", ["run", "1"]],
    ["is not verified by another assistant", ["verify", "1", "TASK-1.1"]],
    ["is not verified as a part of all", ["verify", "1"]],
  ])("%s", async (_name, words) => {
    const own = await begun(assistant);
    const { code, stderr } = await own.call(words);
    expect(code).toBe(6);
    expect(stderr).toContain("(run/leased)");
  });

  test("keeps nobody from what it does not touch", async () => {
    const own = await begun(assistant);
    expect((await own.call(["verify", "1", "TASK-1.2"])).stderr).not.toContain("run/leased");
  });

  test("is free again when it is proved", async () => {
    const own = world(three, { environment: { IPLAN_HOLDER: "ada" } });
    await own.approve("1");
    await own.call(["next", "--take"]);
    await own.call(["run", "1", "--only", "1"]);
    expect((await own.data(["next", "--for", "1"]))["lease"]).toBeUndefined();
  });
});
