import { describe, expect, test } from "vitest";
import { IplanError } from "#model/errors";
import { planDocument, planPath } from "../support/plan-document.ts";
import { createSessionWorld, root } from "../support/session-world.ts";

const two = planDocument([
  { title: "First", run: "touch a.txt", verify: "test -e a.txt", outcomes: ["`a.txt` exists", "It is pleasant"] },
  { title: "Second", run: "touch b", verify: "test -e b" },
]);
const world = (text = two, sketch = {}) => createSessionWorld({ [planPath()]: text }, sketch);

describe("note", () => {
  test("is shown by status and handed over by next, without the values of secrets", async () => {
    const own = world(two, { environment: { MY_TOKEN: "hunter2hunter2" } });
    own.host.files.put(`${root}/iplan.config.yaml`, "docs: docs\nsecrets:\n  - MY_TOKEN\n");
    expect((await own.call(["note", "1", "uses hunter2hunter2", "--unit", "1", "--kind", "decision"])).stdout).toBe(
      "Noted for IPLAN-001 step:1.\n",
    );
    const { stdout } = await own.call(["status", "1"]);
    expect(stdout).toMatch(/decision {2}step:1: uses /);
    expect((await own.call(["next", "1"])).stdout).toContain("noted: decision: uses ");
    for (const path of own.host.files.paths()) expect(own.host.files.text(path)).not.toContain("hunter2hunter2");
  });
});

describe("next", () => {
  test("goes through all plans, and past those at rest", async () => {
    const resting = planDocument([{ run: "touch c", verify: "test -e c" }], { status: "On Hold" });
    const own = createSessionWorld({
      [planPath("IPLAN-001")]: resting,
      [planPath("IPLAN-002")]: two.replaceAll("IPLAN-001", "IPLAN-002"),
    });
    expect((await own.data(["next"]))["plan"]).toBe("IPLAN-002");
    expect((await own.data(["next", "IPLAN-001"]))["plan"]).toBe("IPLAN-001");
    own.host.files.remove(`${root}/${planPath("IPLAN-002")}`);
    expect(await own.call(["next"])).toMatchObject({
      code: 4,
      stdout: expect.stringContaining("IPLAN-001 is on hold"),
    });
  });

  test("hands over the last failure, and fits its size as a page", async () => {
    const output = Array.from({ length: 3000 }, (_, index) => `failure line ${index}`).join("\n");
    const own = world(
      planDocument([{ run: `touch a\n${"echo long line of the plan\n".repeat(2000)}`, verify: "test -e never" }]),
      {
        script: ({ statements }: { statements?: unknown }) =>
          statements === undefined ? { output } : { output, statuses: [1], exit: { status: 1 } },
      },
    );
    await own.approve("1");
    expect((await own.call(["run", "1"])).code).toBe(1);
    for (const size of [300, 1500]) {
      const { stdout } = await own.call(["next", "1", "--max-tokens", String(size)]);
      expect(Buffer.byteLength(stdout) / 4).toBeLessThanOrEqual(size);
      expect(stdout).toContain("last failure: test -e never");
    }
    expect((await own.call(["next", "1"])).stdout).toContain("failure line 2999");
  });

  test("of a plan at its end says so", async () => {
    const own = world(planDocument([{ run: "touch a", verify: "test -e a" }]));
    await own.approve("1");
    await own.call(["run", "1"]);
    expect(await own.data(["next", "1"])).toEqual({ done: true });
  });
});

describe("status and overview", () => {
  test("say the same of a plan", async () => {
    const own = world();
    await own.approve("1");
    await own.call(["run", "1", "--only", "1"]);
    const { plans } = (await own.data(["status"])) as { plans: readonly { verdict: string }[] };
    const all = (await own.data([])) as { plans: readonly { verdict: string }[]; next: string };
    expect(all.plans).toEqual(plans);
    expect(all.next).toBe("iplan run IPLAN-001");
    expect((await own.call([])).stdout.match(/iplan run IPLAN-001/g)).toHaveLength(1);
    expect((await own.call(["status", "--brief"])).stdout).toMatch(/^IPLAN-001 /);
  });

  test("a damaged journal is told with its place, and nothing of it is believed", async () => {
    const own = createSessionWorld({
      [planPath()]: two,
      [planPath("IPLAN-002")]: two.replaceAll("IPLAN-001", "IPLAN-002"),
    });
    await own.approve("1");
    await own.call(["run", "1"]);
    const journal = own.host.files.paths().find((path) => path.includes("/.iplan/runs/"))!;
    const lines = (own.host.files.text(journal) ?? "").split("\n");
    own.host.files.put(journal, [lines[0], lines[2], ...lines.slice(1)].join("\n"));
    const all = await own.call(["status"]);
    expect(all.code).toBe(1);
    expect(all.stdout).toContain("IPLAN-002  A small plan");
    expect((await own.call(["status", "1"])).stdout).toContain(
      `journal damaged: ${journal.slice("/ws/".length)}:2 (event 3) holds event 3`,
    );
    expect((await own.call(["status", "--brief"])).stdout).toContain("journal damaged");
    const doctor = await own.call(["doctor"]);
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toContain("journal damaged (reordered)");
  });
});

describe("show", () => {
  test("shows one step, its output and the whole model", async () => {
    const own = world(two, { script: () => ({ output: "hello\n", statuses: [0] }) });
    expect((await own.call(["show", "1", "1", "--output"])).stderr).toContain("has not run on this machine");
    expect((await own.call(["show", "1", "--output"])).stderr).toContain("--output needs a step");
    await own.approve("1");
    await own.call(["run", "1", "--only", "1"]);
    expect((await own.call(["show", "1", "1", "--output"])).stdout).toMatch(
      /action · exit status 0 · \.iplan\/evidence\/\S+\nhello\n/,
    );
    expect((await own.call(["show", "1", "step 1"])).stdout).toMatch(/^Step 1: First/);
    expect((await own.call(["show", "1"])).stdout).toContain("Phases and tasks");
    const model = await own.data(["show", "1"]);
    expect(model).toMatchObject({
      document: { path: planPath(), id: "IPLAN-001", type: "IPLAN", layer: 12, title: "A small plan" },
      plan: {
        control: {
          status: "in-progress",
          estimatedEffort: { minHours: 2, maxHours: 2 },
          complexity: 1,
          parentTasks: "TASKS-001",
        },
        objective: "Show that a plan runs.",
        phases: [
          {
            number: "1",
            name: "Work",
            tasks: [
              { id: "TASK-1.1", ticked: false },
              { id: "TASK-1.2", ticked: false },
            ],
          },
        ],
        steps: [
          { number: "1", tasks: ["TASK-1.1"], blocks: [{ role: "action" }, { role: "verification" }] },
          { number: "2" },
        ],
      },
      tags: [],
      definitions: [{ element: "TASK-1.1" }, { element: "TASK-1.2" }],
    });
  });

  test("keeps tags, checklists, claims and boxes in the model", async () => {
    const text = planDocument([{ run: "touch a.txt", verify: "test -e a.txt" }], {
      checklist: ["`a.txt` exists", "Read it"],
      deliverables: ["`a.txt` exists"],
      more: "## Traceability Tags\n\n@brd: BRD-001:FR-030\n@ctr: null\n",
    });
    const model = (await world(text).data(["show", "1"])) as { plan: Record<string, unknown>; tags: unknown[] };
    expect(model.tags).toMatchObject([
      { type: "brd", document: "BRD-001", element: "FR-030", live: true },
      { type: "ctr", document: null },
    ]);
    expect(model.plan).toMatchObject({
      deliverables: [{ text: "`a.txt` exists", ticked: null, claim: { kind: "path", path: "a.txt" } }],
      checklists: [{ phase: "1", items: [{ ticked: false }, { text: "Read it", ticked: false }] }],
    });
  });

  test("says null where a plan has nothing", async () => {
    expect(await world("# Words\n\n**Step 1: x**\n").data(["show", planPath()])).toMatchObject({
      plan: { control: null, objective: null, phases: [] },
    });
  });
});

describe("check", () => {
  test("of a walk passes templates over; what is named is checked whatever it is", async () => {
    const own = createSessionWorld({ [planPath()]: two, "docs/IPLAN/IPLAN-TEMPLATE.md": two, "README.txt": "words\n" });
    expect(await own.data(["check"])).toMatchObject({ summary: { documents: 1 } });
    expect(await own.data(["check", "docs/IPLAN/IPLAN-TEMPLATE.md"])).toMatchObject({ summary: { documents: 1 } });
    expect(await own.data(["check", "README.txt"])).toMatchObject({ summary: { documents: 1, artifacts: 0 } });
    expect(await own.data(["check", "IPLAN-001", planPath(), "docs"])).toMatchObject({ summary: { documents: 1 } });
    expect(await own.data(["check", "."])).toMatchObject({ summary: { documents: 1 } });
  });

  test("of a split plan by its id checks every part", async () => {
    const part = (number: number): [string, string] => [
      `docs/IPLAN/IPLAN-003_x_part${number}_20260101_000000.md`,
      `# IPLAN-003: Split\n\nPart ${number}\n`,
    ];
    const own = createSessionWorld(Object.fromEntries([part(1), part(2)]));
    expect(await own.data(["check", "IPLAN-003"])).toMatchObject({ summary: { documents: 2 } });
  });

  test("fails on too many warnings only when asked to", async () => {
    const own = world();
    const { summary } = (await own.data(["check"])) as { summary: { warnings: number; errors: number } };
    expect(summary).toMatchObject({ errors: 0, warnings: expect.any(Number) });
    expect(summary.warnings).toBeGreaterThan(0);
    expect((await own.call(["check"])).code).toBe(0);
    expect((await own.call(["check", "--max-warnings", String(summary.warnings)])).code).toBe(0);
    expect((await own.call(["check", "--max-warnings", "0"])).code).toBe(1);
  });

  test("--fix heals what is certain, says what, and twice is once", async () => {
    const wounded = two.replace("Show that a plan runs.", "Show ‚úÖ that regulatoryTION runs.");
    const own = world(wounded);
    const first = await own.call(["check", "--fix"]);
    expect(first.stdout).toContain(`healed ${planPath()}`);
    expect(own.text(planPath())).toBe(two.replace("Show that a plan runs.", "Show ✅ that SECTION runs."));
    expect((await own.data(["check", "--fix"]))["fixed"]).toEqual([]);
  });

  test("shows every lost point on demand, and what is wrong with the configuration", async () => {
    const own = world();
    own.host.files.put(`${root}/iplan.config.yaml`, "docs: docs\nprofil: x\nrules:\n  plan/undeclared-tool: off\n");
    const result = await own.call(["check", "--score"]);
    expect(result.stdout).toContain("config/unknown-key");
    expect(result.stdout).toMatch(/readiness \d+\/100/);
    const { scores } = (await own.data(["check", "--score"])) as { scores: readonly { lost: readonly unknown[] }[] };
    expect(scores[0]?.lost.length).toBeGreaterThan(0);
  });

  test("tells of a profile that cannot be read, at the place that names it", async () => {
    const own = world();
    own.host.files.put(`${root}/iplan.config.yaml`, "docs: docs\nprofile: mine.yaml\n");
    own.host.files.put(`${root}/mine.yaml`, "name: [\n");
    const { stdout } = await own.call(["check"]);
    expect(stdout).toContain("mine.yaml");
    expect((await own.call(["doctor"])).stdout).toContain("to mend");
  });

  test("sees two plans of one id, in both", async () => {
    const own = createSessionWorld({ [planPath("IPLAN-001", "a")]: two, [planPath("IPLAN-001", "b")]: two });
    const { stdout } = await own.call(["check", "--json"]);
    const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string; path: string }[] };
    const doubles = findings.filter((finding) => finding.rule === "document/duplicate-id");
    expect(doubles.map((finding) => finding.path)).toEqual([planPath("IPLAN-001", "a"), planPath("IPLAN-001", "b")]);
  });

  test("of nothing is 3, unless a setting that hides everything is what there is to tell", async () => {
    const own = createSessionWorld();
    expect((await own.call(["check"])).code).toBe(3);
    own.host.files.put(`${root}/iplan.config.yaml`, "docs: 7\nx: 1\n");
    const told = await own.call(["check"]);
    expect(told.stdout).toContain("config/");
    expect(told.stdout).toContain("Nothing was checked.");
    expect(told.code).not.toBe(0);
  });
});

describe("new", () => {
  test("writes the next plan beside the others; the same second and title is refused", async () => {
    const own = world();
    expect(await own.data(["new", "iplan", "--title", "Rate limiter"])).toMatchObject({
      id: "IPLAN-002",
      path: "docs/IPLAN/IPLAN-002_rate_limiter_20251125_120000.md",
    });
    expect(own.text("docs/IPLAN/IPLAN-002_rate_limiter_20251125_120000.md")).toContain("| **Author** | tester |");
    const taken = createSessionWorld();
    taken.host.files.put(`${root}/docs/IPLAN/IPLAN-001_x_20251125_120000.md`, "kept");
    const walk = taken.host.files.list.bind(taken.host.files);
    taken.host.files.list = (path) => (path.endsWith("/IPLAN") ? [] : walk(path));
    expect((await taken.call(["new", "iplan", "--title", "x"])).stderr).toContain(
      "exists already; nothing was written",
    );
    expect(taken.text("docs/IPLAN/IPLAN-001_x_20251125_120000.md")).toBe("kept");
    const empty = createSessionWorld();
    expect((await empty.call(["new", "IPLAN", "--title", "x"])).stdout).toContain("Wrote docs/IPLAN/IPLAN-001_x_");
  });
});

describe("doctor", () => {
  test("tells what is there, and what to do about what is not", async () => {
    const text = planDocument([{ run: "touch a", verify: "test -e a" }], {
      prerequisites: ["node 20+", "`no-such-tool` 3+"],
    });
    const own = world(text, { programs: { node: "v20.1.0" } });
    const { code, stdout } = await own.call(["doctor", "--plan", "1"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✓ {2}node/);
    expect(stdout).toMatch(/✗ {2}no-such-tool/);
    expect(stdout).toContain('mark it optional in the plan: "`no-such-tool` 3+"');
  });

  test("sees a damaged receipt and a block without an end", async () => {
    const own = world();
    await own.approve("1");
    own.host.shell.script = () => {
      throw new Error("died");
    };
    await own.call(["run", "1"]);
    own.host.files.put(`${root}/${planPath()}.receipt.ndjson`, "<<<<<<< ours\n");
    const { stdout, code } = await own.call(["doctor"]);
    expect(code).toBe(1);
    expect(stdout).toContain("receipt damaged at line 1");
    expect(stdout).toContain("was started and has no recorded end");
    expect((await own.call(["status"])).code).toBe(7);
  });

  test("says what is wrong with bash, with the cure", async () => {
    const own = world();
    const cure = "Install bash 5.";
    own.host.shell.open = () => Promise.reject(new IplanError("host/no-bash", "There is no bash 5.", cure));
    const { stdout, code } = await own.call(["doctor"]);
    expect(code).toBe(2);
    expect(stdout).toContain("There is no bash 5.");
    expect(stdout).toContain(`bash: ${cure}`);
  });

  test("outside any directory still tells of the machine", async () => {
    const { stdout, code } = await world().call(["doctor", "--cwd", "/nowhere"]);
    expect(code).toBe(1);
    expect(stdout).toContain("/nowhere is not a directory.");
  });

  test("without plans says how to begin", async () => {
    const own = createSessionWorld({}, { programs: {} });
    own.host.files.remove(`${root}/iplan.config.yaml`);
    const { stdout } = await own.call(["doctor"]);
    expect(stdout).toContain("none found");
    expect(stdout).toContain("not there");
  });
});

describe("what goes wrong inside", () => {
  test("is told as a defect of the program, with 2, and as one document under --json", async () => {
    const own = world();
    own.host.files.realPath = () => {
      throw new TypeError("surprise\u001B[31m");
    };
    const plain = await own.call(["status"]);
    expect(plain.code).toBe(2);
    expect(plain.stderr).toContain("Something went wrong inside iplan: TypeError: surprise\\e[31m");
    const json = await own.call(["status", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ kind: "status", ok: false, error: { code: "host/unexpected" } });
  });
});
