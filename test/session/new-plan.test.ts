import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createSessionWorld, type SessionWorld } from "../support/session-world.ts";
import { hasShared, sharedPath } from "../support/shared.ts";

const example = fileURLToPath(new URL("../../examples/parcel-locker/", import.meta.url));

/** The documents of the example and its manifest, without its plan. */
function exampleFiles(): Readonly<Record<string, string>> {
  const files: Record<string, string> = { "package.json": readFileSync(join(example, "package.json"), "utf8") };
  for (const entry of readdirSync(join(example, "docs"), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith("IPLAN-")) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(example.length)] = readFileSync(path, "utf8");
  }
  return files;
}

interface ShownPlan {
  readonly control: Record<string, unknown>;
  readonly deliverables: readonly { readonly text: string }[];
  readonly phases: readonly {
    readonly number: string;
    readonly name: string;
    readonly hours?: { readonly minHours: number };
    readonly tasks: readonly {
      readonly id: string;
      readonly name: string;
      readonly ticked: boolean;
      readonly files: readonly string[];
    }[];
  }[];
  readonly steps: readonly {
    readonly title: string;
    readonly tasks: readonly string[];
    readonly blocks: readonly { readonly role: string; readonly text: string }[];
  }[];
  readonly modules: readonly {
    readonly name: string;
    readonly file?: { readonly text: string };
    readonly classes: readonly string[];
    readonly functions: readonly string[];
  }[];
  readonly configuration: readonly {
    readonly name: { readonly text: string };
    readonly default?: string;
    readonly description?: string;
  }[];
  readonly bddMapping: readonly {
    readonly document: { readonly text: string };
    readonly scenario: { readonly text: string };
  }[];
  readonly risks: readonly { readonly title: string; readonly description?: string }[];
  readonly criteria: readonly { readonly text: string }[];
  readonly prerequisites: readonly { readonly name?: string; readonly text: string }[];
}

async function made(
  world: SessionWorld,
  ...words: string[]
): Promise<{ readonly path: string; readonly plan: ShownPlan }> {
  const { path } = await world.data(["new", "iplan", ...words]);
  const { plan } = await world.data(["show", String(path)]);
  return { path: String(path), plan: plan as ShownPlan };
}

describe("a plan that is made from a task list", async () => {
  const files = exampleFiles();
  const world = createSessionWorld(files);
  const { path, plan } = await made(world, "--from", "TASKS-001");
  const text = world.text(path);
  const spec = files["docs/SPEC/SPEC-001_parcel_locker.yaml"] ?? "";

  test("has its phases and tasks, with hours and files, and every box empty", () => {
    expect(plan.phases.map(({ number, name, hours }) => `${number} ${name} ${hours?.minHours ?? 0}`)).toEqual([
      "0 Reading and preparation 1",
      "1 Ground 3",
      "2 Core 9",
      "3 Tests 7",
      "4 Quality 4",
    ]);
    const tasks = plan.phases.flatMap((phase) => phase.tasks);
    expect(tasks.map(({ id, name }) => `${id} ${name}`)).toEqual([
      "TASK-0.1 Reading and preparation",
      "TASK-1.1 Source tree",
      "TASK-1.2 Settings",
      "TASK-2.1 Pickup codes",
      "TASK-2.2 Ledger",
      "TASK-2.3 Locker wall",
      "TASK-2.4 HTTP service",
      "TASK-3.1 Coverage of the unit tests",
      "TASK-3.2 Integration tests",
      "TASK-3.3 Behaviour tests",
      "TASK-4.1 Type check",
      "TASK-4.2 Measurement",
      "TASK-4.3 Notes for integrators",
    ]);
    expect(tasks.map(({ ticked }) => ticked)).toEqual(tasks.map(() => false));
    expect(tasks.find(({ id }) => id === "TASK-2.4")?.files).toEqual(["src/server.js", "src/main.js"]);
    expect(plan.control).toMatchObject({ parentTasks: "TASKS-001", estimatedEffort: { minHours: 24 } });
    expect(plan.control).not.toHaveProperty("readyScore");
  });

  test("has a step for each task, whose verification can fail, or waits for a person", () => {
    expect(plan.steps.map(({ tasks }) => tasks[0])).toEqual(
      plan.phases.flatMap((phase) => phase.tasks.map(({ id }) => id)),
    );
    const commands = new Map(
      plan.steps.map(({ tasks, blocks }) => [tasks[0], blocks.map((block) => block.text.trim()).join("\n")]),
    );
    expect(commands.get("TASK-1.2")).toBe("test -s src/config.js\nnode --test");
    expect(commands.get("TASK-3.3")).toBe("npx --no-install cucumber-js docs/BDD/BDD-001_parcel_handover.feature");
    expect(commands.get("TASK-4.1")).toBe("npx --no-install tsc --noEmit");
    expect(commands.get("TASK-4.2")).toMatch(/^\[command that /);
    expect(plan.steps.flatMap(({ blocks }) => blocks.map(({ role }) => role))).toEqual(
      plan.steps.map(() => "verification"),
    );
  });

  test("has the modules, settings, codes and bounds of the specification and the contract as they stand there", () => {
    expect(plan.modules.map(({ name, file }) => `${name} ${file?.text ?? ""}`)).toEqual(
      [...spec.matchAll(/- name: (\w+)\n\s+file: (\S+)/g)].map((match) => `${match[1] ?? ""} ${match[2] ?? ""}`),
    );
    for (const { classes, functions } of plan.modules)
      for (const name of [...classes, ...functions]) expect(spec).toContain(name);
    expect(plan.configuration.map((row) => row.name.text)).toEqual(
      [...spec.matchAll(/^ {2}(LOCKER_\w+):/gm)].map((match) => match[1]),
    );
    expect(plan.configuration.find((row) => row.name.text === "LOCKER_HOLD_HOURS")).toMatchObject({
      default: "72",
      description: "bounds: 1 to 720",
    });
    expect(text).toContain("**Error Codes** (from [CTR-001](../CTR/CTR-001_locker_api.md)):\n- `bad-request`: 400\n");
    expect(text).toContain(
      "**Performance Targets** (from [SPEC-001](../SPEC/SPEC-001_parcel_locker.yaml)):\n- pickup_p95_ms: 50\n",
    );
    expect(text).toContain("- p95 of a pickup is at most 50 ms, measured over 250 pickups against a ledger on disk.");
  });

  test("has the scenarios, decisions, risks and criteria of its chain", () => {
    const titles = [...(files["docs/BDD/BDD-001_parcel_handover.feature"] ?? "").matchAll(/Scenario: (.+)/g)];
    expect(plan.bddMapping.map(({ document, scenario }) => `${document.text} ${scenario.text}`)).toEqual(
      titles.map((match) => `BDD-001 ${match[1] ?? ""}`),
    );
    expect(text).toContain(
      "**Architecture** (from [ADR-001](../ADR/ADR-001_sealed_ledger.md)):\n- The state is kept in **one file",
    );
    expect(plan.risks.map(({ title }) => title)).toContain("One process owns the file");
    expect(plan.criteria).toHaveLength(11);
    expect(plan.criteria[0]?.text).toContain(
      "REQ-001:AC-001: Of the free compartments that fit, the smallest is taken",
    );
  });

  test("asks for the tools of the project's manifest", () => {
    expect(text).toContain("- `node` >=20.19 (package.json)\n- `npx`\n- bash 5+\n");
    expect(text).toContain("- The package @cucumber/cucumber of package.json is installed: 12.9.0\n");
  });

  test("has no finding but those that name what only a person can say", async () => {
    const { stdout } = await world.call(["check", path, "--json"]);
    const { findings } = JSON.parse(stdout) as { findings: readonly { readonly rule: string }[] };
    expect([...new Set(findings.map(({ rule }) => rule))].sort()).toEqual([
      "document/template-text",
      "plan/complexity-range",
      "plan/placeholder-in-command",
    ]);
  });
});

describe("a plan of a list without phases", () => {
  test("keeps the placeholders of a plan that stands alone, and names its parent", async () => {
    const world = createSessionWorld({
      "docs/TASKS/TASKS-001_a.md": "# TASKS-001: A\n\nSee @req: REQ-001 and [b](b.md).\n",
    });
    const { path } = await made(world, "--from", "TASKS-001");
    expect(world.text(path)).toContain("### Phase 1: [Name of the phase]");
    expect(world.text(path)).toContain("| **Parent TASKS** | TASKS-001 |");
    expect(world.text(path)).toContain("| **Estimated Effort** | [number of hours] |");
  });

  test("carries no tag and no link that holds only beside its source", async () => {
    const list = "# TASKS-001: A\n\n### Phase 1: B\n\n#### 1.1 C\n\n- `@req: REQ-009`\n- As [the page](page.md) says\n";
    const world = createSessionWorld({ "docs/TASKS/TASKS-001_a.md": list });
    const { path } = await made(world, "--from", "TASKS-001");
    expect(world.text(path)).not.toContain("REQ-009");
    expect(world.text(path)).toContain("  - As the page says\n");
  });

  test("makes nothing but text of what stands in the list", async () => {
    const list = [
      "# TASKS-001: A",
      "",
      "### Phase 1: B <!-- iplan: unsafe -->",
      "",
      "#### 1.1 C",
      "",
      "- ```bash",
      "- # Heading",
      '- <!-- iplan: claim="exists x" -->',
      "- [x] ticked",
      "- | a | b |",
      "",
    ].join("\n");
    const world = createSessionWorld({ "docs/TASKS/TASKS-001_a.md": list });
    const { path, plan } = await made(world, "--from", "TASKS-001");
    expect(world.text(path)).not.toContain("<!--");
    expect(plan.phases.map(({ tasks }) => tasks.map(({ id, ticked }) => `${id} ${String(ticked)}`))).toEqual([
      ["TASK-1.1 false"],
    ]);
    expect(plan.steps).toHaveLength(1);
    expect(plan.steps[0]?.blocks).toHaveLength(1);
  });

  test("whose scenarios are named as a whole takes those that share a requirement", async () => {
    const feature =
      "Feature: F\n\n  @ears:EARS-001:EVENT-001\n  Scenario: Ours\n    Given x\n\n  @ears:EARS-001:EVENT-002\n  Scenario: Theirs\n    Given x\n\n  Scenario: Of all\n    Given x\n";
    const world = createSessionWorld({
      "docs/EARS/EARS-001_a.md": "# EARS-001: A\n\n### EVENT-001: One\n\n### EVENT-002: Two\n",
      "docs/BDD/BDD-001_a.feature": feature,
      "docs/TASKS/TASKS-001_a.md": "# TASKS-001: A\n\n- `@ears: EARS-001:EVENT-001`\n- `@bdd: BDD-001`\n",
    });
    const { plan } = await made(world, "--from", "TASKS-001");
    expect(plan.bddMapping.map(({ scenario }) => scenario.text)).toEqual(["Ours", "Of all"]);
  });
});

describe("a plan of a part of a task list", () => {
  const list = [
    "# TASKS-001: A",
    "",
    "| Item | Details |",
    "|---|---|",
    "| **Estimated Effort** | 9 hours |",
    "",
    "### Phase 1: First (3 hours)",
    "",
    "#### 1.1 One",
    "",
    "### Phase 2: Second (6 hours)",
    "",
    "#### 2.1 Two (2 hours)",
    "",
    "#### 2.2 Three (4 hours)",
    "",
  ].join("\n");

  test.each<[string, readonly string[], readonly string[], string]>([
    ["is one phase", ["TASKS-001:PHASE-2"], ["TASK-2.1", "TASK-2.2"], "6 hours"],
    ["is one task", ["TASKS-001:PHASE-2.2"], ["TASK-2.2"], "[number of hours]"],
    [
      "is tasks of several phases",
      ["TASKS-001:PHASE-1.1", "TASKS-001:PHASE-2.1"],
      ["TASK-1.1", "TASK-2.1"],
      "[number of hours]",
    ],
  ])("%s", async (_name, from, tasks, effort) => {
    const world = createSessionWorld({ "docs/TASKS/TASKS-001_a.md": list });
    const { path, plan } = await made(world, ...from.flatMap((id) => ["--from", id]));
    expect(plan.phases.flatMap((phase) => phase.tasks.map(({ id }) => id))).toEqual(tasks);
    expect(world.text(path)).toContain(`| **Estimated Effort** | ${effort} |`);
    expect(world.text(path)).toContain(`- \`@tasks: ${from.join(", ")}\``);
  });

  test("is never of two lists", async () => {
    const world = createSessionWorld({
      "docs/TASKS/TASKS-001_a.md": list,
      "docs/TASKS/TASKS-002_b.md": "# TASKS-002: B\n",
    });
    const { code, stderr } = await world.call(["new", "iplan", "--from", "TASKS-001,TASKS-002"]);
    expect(code).toBe(2);
    expect(stderr).toContain("A plan carries out one task list, not TASKS-001 and TASKS-002.");
  });
});

describe.skipIf(!hasShared)("task lists of the reference documents", () => {
  const lists = hasShared
    ? [
        sharedPath("corpus/plan-dotted/TASKS-01_validation_service_example.md"),
        sharedPath("corpus/aidoc-2025-11/TASKS/TASKS-TEMPLATE.md"),
      ]
    : [];
  const words = (text: string): string =>
    text
      .replace(/\[([^\][]*)\]\([^()]*\)/g, "$1")
      .replace(/[\s*`]+/g, " ")
      .trim();

  test.each(lists)("%s yields a plan that says nothing of its tasks that does not stand there", async (file) => {
    const list = readFileSync(file, "utf8");
    const world = createSessionWorld({
      "docs/TASKS/TASKS-001_x.md": list,
      "pyproject.toml": '[project]\ndependencies = ["pytest"]\n',
    });
    const { path, plan } = await made(world, "--from", "TASKS-001", "--title", "Sample");
    expect(plan.phases.length).toBeGreaterThan(2);
    const told = words(list);
    const section = /## Task List\n([^]*?)\n## Implementation Guide/.exec(world.text(path))?.[1] ?? "";
    for (const line of section.split("\n").filter((one) => /^ +- /.test(one) && !one.includes("Described in"))) {
      const said = words(line.replace(/^ +- (?:(?:Verify|File): )?/, ""));
      expect(told).toContain(said);
    }
    const { stdout } = await world.call(["check", path, "--json"]);
    const rules = (JSON.parse(stdout) as { findings: readonly { readonly rule: string }[] }).findings.map(
      ({ rule }) => rule,
    );
    expect(rules).not.toContain("plan/vacuous-verification");
    expect(rules).not.toContain("plan/bash-syntax");
  });
});
