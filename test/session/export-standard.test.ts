import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { describe, expect, it } from "vitest";
import { createHash256 } from "#host/hash";
import { canonicalHash, sealHash } from "#render/standard/canonical-hash";
import { standardParts } from "#render/standard/standard-export";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";
import { standardShapes } from "../support/standard-shapes.ts";

const planPath = "docs/IPLAN/IPLAN-001_greeting_20261120_101500.md";
const fence = (text: string) => `\n\`\`\`bash\n${text}\n\`\`\`\n`;
const bare = ["# IPLAN-001: Greeting\n", "## Execution Steps\n", "**Step 1: Make it**\n", fence("touch built")].join(
  "\n",
);
const rich = [
  "# IPLAN-001: Greeting\n",
  "| Item | Details |\n|---|---|\n| **ID** | IPLAN-001 |\n| **Status** | In Progress |\n| **Version** | 1.2.0 |",
  "| **Created** | 2026-11-20 10:15:00 UTC |\n| **Last Updated** | 2026-11-21 |\n| **Author** | Ann |\n",
  "@brd: BRD-001:FR-001\n",
  "## Objective\n\nSay hello.\n\n**Deliverables**:\n\n- A greeting\n",
  "## Task List\n\n### Phase 1: Ground (1 hour)\n\n- [ ] **TASK-1.1**: Begin\n",
  "## Execution Steps\n",
  "**Step 1: Make it (TASK-1.1)**\n\nIt has to be there.\n\nFile: `src/greeting.txt`\n",
  fence("touch built\necho made"),
  "Verification:\n",
  fence("test -e built"),
  "Expected outcome:\n\n- It is friendly\n",
  "**Step 2: Look**\n",
  "Verification:\n",
  fence("test -e wanted"),
  "## Success Criteria\n\n- [ ] Everybody smiles\n",
].join("\n");
const needs = { "docs/BRD/BRD-001_needs.md": "# BRD-001: Needs\n\n### FR-001: Greeting\n" };

type Shapes = Record<(typeof standardParts)[number], unknown>;

async function shapesIn(world: SessionWorld): Promise<Shapes> {
  const { code, stdout, stderr } = await world.call(["export", "standard", "IPLAN-001"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Shapes;
}

async function ran(text: string, more: Readonly<Record<string, string>> = {}): Promise<SessionWorld> {
  const world = createSessionWorld({ ...needs, [planPath]: text, ...more });
  await world.approve("IPLAN-001");
  await world.call(["run", "IPLAN-001"]);
  return world;
}

const misfits = (shapes: Shapes): readonly string[] =>
  standardParts.flatMap((part) => standardShapes[part]?.(shapes[part], part) ?? [`${part} is not known`]);

describe("iplan export standard", () => {
  it.each([
    ["a plan that never ran", () => createSessionWorld({ [planPath]: bare })],
    ["a plan that says all it can and never ran", () => createSessionWorld({ ...needs, [planPath]: rich })],
    ["a plan that failed", () => ran(rich)],
    ["a plan that waits for a person", () => ran(rich, { wanted: "" })],
    ["a plan whose proof is missing", () => ran(bare)],
    [
      "a plan that needs other steps, keeps secrets and was noted",
      async () => {
        const second = `\n<!-- iplan: needs=step:1 init="cd ." -->\n**Step 2: Again**\n${fence("touch again")}\nVerification:\n${fence("test -e again")}`;
        const world = await ran(`${bare}${second}`, { "iplan.config.yaml": "docs: docs\nsecrets: [TOKEN]\n" });
        Object.assign(world.host.repository, { branch: "main" });
        for (const kind of ["blocker", "deviation", "decision"])
          await world.call(["note", "IPLAN-001", `A ${kind}`, "--kind", kind]);
        return world;
      },
    ],
    ["a plan with a step for a person", () => ran(`${bare}\n**Step 2: Decide the colour**\n\nThink about it.\n`)],
  ])("has the shapes of the standard for %s", async (_title, make) => {
    expect(misfits(await shapesIn(await make()))).toEqual([]);
  });

  it("is completed only where everything is verified", async () => {
    const world = await ran(rich, { wanted: "" });
    for (const unit of ["outcome:1.1", "deliverable:1", "criterion:1"])
      await world.call(["sign", "IPLAN-001", unit, "--reason", "seen"]);
    const shapes = await shapesIn(world);
    expect(shapes).toMatchObject({
      "iplan-document": {
        metadata: {
          title: "Greeting",
          plan_version: "1.2.0",
          status: "Approved",
          author: "Ann",
          created_at: "2026-11-20T10:15:00Z",
        },
        lineage: { upstream: { brd: ["BRD-001:FR-001"] } },
        files: expect.arrayContaining([
          expect.objectContaining({
            path: "src/greeting.txt",
            owner_step_id: "STEP-001",
            status: "Done",
            verified: true,
          }),
        ]) as unknown,
      },
      "iplan-execution-record": {
        metadata: { status: "Completed" },
        tasks: [
          { task_id: "step:1", status: "Completed", attempts: [{ attempt: 1, result: "succeeded" }] },
          { task_id: "step:2", status: "Completed" },
        ],
        verification: { evidence_status: "passed", completion_gate: "passed" },
      },
      "iplan-evidence-bundle": {
        metadata: { sealed: false },
        summary: { status: "passed", outcome: "IPLAN-001 is verified." },
        assurance: { required_evidence_satisfied: true, verification_passed: true, open_deferred_items: [] },
        lineage: { commit_refs: ["c0ffee"] },
      },
    });
  });

  it("says of a failure which task failed, and by which command", async () => {
    const shapes = await shapesIn(await ran(rich));
    expect(shapes["iplan-execution-record"]).toMatchObject({
      metadata: { status: "Failed" },
      tasks: [{ status: "Completed" }, { status: "Failed" }],
      verification: { evidence_status: "failed", completion_gate: "failed" },
    });
    const record = shapes["iplan-execution-record"] as { verification: { commands_run: readonly object[] } };
    expect(record.verification.commands_run).toContainEqual(
      expect.objectContaining({ command: "test -e wanted", exit_status: 1, task_id: "step:2" }),
    );
  });

  it("names every field that the plan does not state", async () => {
    const shapes = await shapesIn(createSessionWorld({ [planPath]: bare }));
    const { semantic_validation } = shapes["iplan-validation-report"] as {
      semantic_validation: { placeholder_fields: readonly { field?: string }[] };
    };
    const fields = semantic_validation.placeholder_fields.flatMap(({ field }) => field ?? []);
    expect(fields).toEqual(
      expect.arrayContaining(["intent.problem", "metadata.author", "plan.steps.0.commands.verify.items.0"]),
    );
  });

  it("prints canonical JSON, whole or one shape, and the same again", async () => {
    const world = await ran(rich);
    const whole = await world.call(["export", "standard", "IPLAN-001"]);
    expect(whole.stdout).toBe(`${canonicalize(JSON.parse(whole.stdout)) ?? ""}\n`);
    expect((await world.call(["export", "standard", "IPLAN-001"])).stdout).toBe(whole.stdout);
    for (const part of standardParts) {
      const one = await world.call(["export", "standard", "IPLAN-001", "--part", part]);
      expect(JSON.parse(one.stdout)).toEqual((JSON.parse(whole.stdout) as Shapes)[part]);
      await world.call(["export", "standard", "IPLAN-001", "--part", part, "--output", "docs/out.json"]);
      expect(world.text("docs/out.json")).toBe(one.stdout);
    }
  });

  it("hashes what it holds", async () => {
    const shapes = await shapesIn(await ran(rich));
    const { seal, ...payload } = shapes["iplan-evidence-bundle"] as {
      seal: {
        evidence_manifest: readonly { ref: string; canonical_hash: { value: string } }[];
        canonical_hash: object;
      };
    };
    const hash = createHash256();
    expect(seal.canonical_hash).toEqual(sealHash(payload, seal.evidence_manifest, hash));
    expect(seal.evidence_manifest[0]?.canonical_hash).toEqual(canonicalHash(shapes["iplan-document"], hash));
    const output = seal.evidence_manifest.find(({ ref }) => ref.startsWith("sha256:"));
    const made = createHash("sha256").update("made\n").digest("hex");
    expect(output?.canonical_hash.value).toBe(made);
  });

  it.each([
    [["export", "standard"], 2, "of one plan"],
    [["export", "standard", "IPLAN-001", "--part", "poem"], 2, "no shape poem"],
    [["export", "csv", "--part", "iplan-document"], 2, "--part is for export standard only"],
    [["export", "standard", "IPLAN-001", "--output", "iplan.config.yaml"], 2, "nothing was written"],
    [["export", "standard", "docs/IPLAN/plan.md"], 2, "no form for"],
    [["export", "standard", "IPLAN-003"], 3, "has no step"],
  ])("%s is refused", async (words, code, message) => {
    const world = createSessionWorld({
      [planPath]: bare,
      "docs/IPLAN/plan.md": bare.replace("IPLAN-001", "Plan"),
      "docs/IPLAN/IPLAN-003_x_20261120_101503.md": "# IPLAN-003: Empty\n\n## Task List\n\n### Phase 1: One\n",
    });
    const result = await world.call(words);
    expect(result).toMatchObject({ code, stdout: "" });
    expect(result.stderr).toContain(message);
  });

  it("refuses a damaged journal", async () => {
    const world = await ran(bare);
    const [name = ""] = world.host.files.list(`${root}/.iplan/runs`).map((entry) => entry.name);
    const path = `${root}/.iplan/runs/${name}`;
    world.host.files.put(path, (world.host.files.text(path) ?? "").replace('"attempt":1', '"attempt":2'));
    expect(await world.call(["export", "standard", "IPLAN-001"])).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("hashes of the standard", () => {
  const hash = createHash256();
  // Facts of the standard's own vectors: input and digest.
  it.each([
    [{ i: 42, neg: -7, zero: 0 }, "1a7c93af8dcbb83ad0ed1356410df579edb5dfc7b29479a59a4b0fac4645eabc"],
    [{ a: 1, b: "x", protocol_plan_id: null }, "ecf9e98ec0641e23113ff3ce8bdc78d0ddd249886517fd4a7f68cc83d4e65667"],
    [
      { event_type: "task.completed", status: "succeeded", org_id: "org-1", task_id: "T-9" },
      "43b7af813374fd5b49224d377825b2af8f887d837d76b5d21c8194274dc2900c",
    ],
  ])("%j", (value, digest) => expect(canonicalHash(value, hash).value).toBe(digest));

  it("a seal covers payload and manifest", () => {
    const entry = {
      ref: "art-1",
      artifact_type: "execution_log",
      canonical_hash: { algorithm: "sha256", value: "ab".repeat(32) },
    };
    expect(sealHash({ summary: "done", run_id: "run-1" }, [entry], hash).value).toBe(
      "f209076a4d6b24ac5610534a8f58e95eb998da9af2497139a6a4fb9f2a5f3d3e",
    );
  });
});
