import { describe, expect, test } from "vitest";
import { planDocument, planPath } from "../support/plan-document.ts";
import { createSessionWorld, root } from "../support/session-world.ts";

const two = planDocument([
  { title: "First", run: "touch a.txt", verify: "test -e a.txt", outcomes: ["`a.txt` exists", "It is pleasant"] },
  { title: "Second", run: "touch b", verify: "test -e b" },
]);
const world = (text = two, sketch = {}) => createSessionWorld({ [planPath()]: text }, sketch);

describe("run", () => {
  test("ticks what is proved, writes the receipt and leaves judgement to people", async () => {
    const own = world();
    await own.approve("IPLAN-001");
    const result = await own.call(["run", "IPLAN-001"]);
    expect(result.code).toBe(4);
    expect(result.stderr).toContain("✓ Step 1: First");
    expect(result.stdout).toContain("outcome:1.2");
    expect(own.text(planPath())).toContain("- [x] **TASK-1.2**");
    expect(own.text(`${planPath()}.receipt.ndjson`)).toContain('"commit":"c0ffee"');
    expect((await own.call(["run", "IPLAN-001"])).code).toBe(4);
    expect(own.host.shell.requests).toHaveLength(4);
  });

  test("shows a live line and asks before a destructive command, on a terminal alone", async () => {
    const own = world(planDocument([{ run: "rm -rf a", verify: "test ! -e a" }]));
    own.host.files.put(`${root}/a/x`, "x");
    await own.approve("IPLAN-001");
    expect((await own.call(["run", "IPLAN-001"])).code).toBe(5);
    expect((await own.call(["run", "IPLAN-001"], { answers: ["no"] })).code).toBe(5);
    expect((await own.call(["run", "IPLAN-001"], { answers: [" YES "] })).code).toBe(0);
    expect(own.questions).toEqual(["Run it? Type yes: ", "Run it? Type yes: "]);
    expect(own.drawn.some((line) => line.includes("Step 1"))).toBe(true);
  });

  test("prints events alone when they are asked for, and asks nothing then", async () => {
    const own = world();
    await own.approve("IPLAN-001");
    const { stdout, stderr } = await own.call(["run", "IPLAN-001", "--events"], { answers: [] });
    const types = stdout
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types[0]).toBe("run-started");
    expect(types.at(-1)).toBe("run-ended");
    expect(stderr).toBe("");
  });

  test("keeps its record when the document cannot be written, and says so", async () => {
    const own = world();
    await own.approve("IPLAN-001");
    own.host.files.onOperation = ({ kind, path }) => {
      if (kind === "write" && path.endsWith(planPath())) throw new Error("read-only file system");
    };
    const result = await own.call(["run", "IPLAN-001"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("The run is recorded, but the document is not up to date");
    own.host.files.onOperation = undefined;
    const blocks = own.host.shell.requests.length;
    expect((await own.call(["run", "IPLAN-001"])).code).toBe(4);
    expect(own.host.shell.requests).toHaveLength(blocks);
    expect(own.text(planPath())).toContain("- [x] **TASK-1.1**");
  });

  test("refuses to write a receipt over what is no plain file", async () => {
    const own = world();
    await own.approve("IPLAN-001");
    own.host.files.link(`${root}/${planPath()}.receipt.ndjson`, "/elsewhere");
    const result = await own.call(["run", "IPLAN-001"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("is not a plain file");
    expect(own.host.files.stat("/elsewhere")).toBeUndefined();
  });

  test("tells of a plan that was edited while it ran: what changed is not proved", async () => {
    const own = world(two, {
      script: ({ text }: { text: string }, host: ReturnType<typeof world>["host"]) => {
        if (text.includes("touch a.txt")) host.files.put(`${root}/${planPath()}`, two.replace("touch b", "touch bb b"));
        return undefined;
      },
    });
    await own.approve("IPLAN-001");
    const result = await own.call(["run", "IPLAN-001"]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain("edited while it ran: step 2 did not run as written now");
    expect(own.text(planPath())).toContain("touch bb b");
  });

  test("stops at a signal with 130", async () => {
    const stop = new AbortController();
    const own = world(two, {
      script: () => {
        stop.abort();
        return { exit: { interrupted: true } };
      },
    });
    await own.approve("IPLAN-001");
    expect((await own.call(["run", "IPLAN-001"], { signal: stop.signal })).code).toBe(130);
  });

  test("--dry-run runs nothing; 5 unapproved, 0 approved or named, 2 where something is in the way", async () => {
    const own = world();
    expect((await own.call(["run", "1", "--dry-run"])).code).toBe(5);
    const { sha256 } = await own.data(["trust", "1"]);
    expect((await own.call(["run", "1", "--dry-run", `--trust=${String(sha256)}`])).code).toBe(0);
    await own.approve("1");
    expect((await own.call(["run", "1", "--dry-run"])).stdout).toContain("every command is approved");
    expect(own.host.shell.requests).toEqual([]);
    const blocked = world(planDocument([{ run: "cd [path]", verify: "test -e a" }]));
    expect((await blocked.call(["run", "1", "--dry-run"])).code).toBe(2);
  });
});

describe("verify", () => {
  test("asks without running actions, and ticks what is proved", async () => {
    const own = world();
    await own.approve("1");
    own.host.files.put(`${root}/a.txt`, "");
    expect((await own.call(["verify", "1", "TASK-1.1"])).code).toBe(4);
    expect((await own.call(["verify", "1", "2"])).code).toBe(1);
    expect(own.host.files.stat(`${root}/b`)).toBeUndefined();
    expect(own.text(planPath())).toContain("- [x] **TASK-1.1**");
  });
});

describe("trust", () => {
  test("asks a person at a terminal, and only yes approves", async () => {
    const own = world();
    expect((await own.call(["trust", "1"], { answers: ["y"] })).stdout).toContain("Not approved");
    const yes = await own.call(["trust", "1"], { answers: ["yes"] });
    expect(yes).toMatchObject({ code: 0, stdout: "Approved.\n" });
    expect(yes.stderr).toContain("touch a.txt");
    expect((await own.call(["trust", "1"])).stdout).toContain("✓ approved");
  });

  test("of a plan without commands approves nothing: 3", async () => {
    const own = world("# IPLAN-001: Empty\n\n## Task List\n");
    expect((await own.call(["trust", "1"])).code).toBe(3);
  });

  test.each([
    "CLAUDECODE",
    "GEMINI_CLI",
    "CODEX_SANDBOX",
    "CURSOR_AGENT",
    "OPENCODE",
  ])("is refused under %s", async (name) => {
    const own = world(two, { environment: { [name]: "1" } });
    const { sha256 } = await own.data(["trust", "1"]);
    for (const words of [
      ["trust", "1", `--approve=${String(sha256)}`],
      ["run", "1", `--trust=${String(sha256)}`],
      ["verify", "1", `--trust=${String(sha256)}`],
      ["sign", "1", "1", "--reason", "x"],
    ]) {
      const result = await own.call(words, { answers: ["yes"] });
      expect(result.code).toBe(2);
      expect(result.stderr).toContain("usage/assistant-refused");
    }
    expect((await own.call(["trust", "1"], { answers: ["yes"] })).code).toBe(5);
    expect(own.questions).toEqual([]);
  });

  test("an empty variable is no assistant", async () => {
    const own = world(two, { environment: { CLAUDECODE: "" } });
    await own.approve("1");
    expect((await own.call(["run", "1"])).code).toBe(4);
  });
});

describe("sign", () => {
  test.each([
    ["a step by number", "2", "step:2"],
    ["a step by key", "step:2", "step:2"],
    ["a step by words", "Step 2", "step:2"],
    ["a task", "task-1.2", "task:TASK-1.2"],
    ["an outcome", "outcome:1.2", "outcome:1.2"],
  ])("takes %s", async (_name, unit, key) => {
    const own = world();
    const data = await own.data(["sign", "1", unit, "--reason", "seen"]);
    expect(data).toMatchObject({ unit: key, override: key !== "outcome:1.2", reason: "seen" });
  });

  test("refuses an unknown unit and names what waits", async () => {
    const result = await world().call(["sign", "1", "outcome:9.9", "--reason", "x"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("What waits for a signature: outcome:1.2.");
  });

  test("adds nothing to what is verified", async () => {
    const own = world();
    await own.call(["sign", "1", "outcome:1.2", "--reason", "seen"]);
    const result = await own.call(["sign", "1", "outcome:1.2", "--reason", "again"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("verified already");
  });
});
