import { describe, expect, test } from "vitest";
import { openSession } from "#session/session";
import { findPlan, readPlans } from "#session/plans";
import { locate } from "#session/targets";
import { planDocument, planPath } from "../support/plan-document.ts";
import { createSessionWorld, root } from "../support/session-world.ts";

const step = { run: "touch a", verify: "test -e a" };
const one = planDocument([step]);
const part = (number: number, lines: string): string => `# IPLAN-003: Split\n\n${lines}\n<!-- part ${number} -->\n`;

const files = {
  [planPath("IPLAN-001")]: one,
  [planPath("IPLAN-002", "a")]: planDocument([step], { id: "IPLAN-002" }),
  [planPath("IPLAN-002", "b")]: planDocument([step], { id: "IPLAN-002" }),
  "docs/IPLAN/IPLAN-003_x_part2_20260101_000000.md": part(
    2,
    "## Task List\n\n### Phase 2: Later\n\n- [ ] **TASK-2.1**: B",
  ),
  "docs/IPLAN/IPLAN-003_x_part1_20260101_000000.md": part(
    1,
    "## Task List\n\n### Phase 1: Soon\n\n- [ ] **TASK-1.1**: A",
  ),
  "docs/IPLAN/IPLAN-TEMPLATE.md": planDocument([step], { id: "IPLAN-NNN" }),
  "docs/IPLAN/IPLAN-1234_wide_20260101_000000.md": planDocument([step], { id: "IPLAN-1234" }),
  "notes/todo.md": "Buy milk.\n",
  "notes/draft.md": planDocument([step], { id: "draft" }).replace("# draft: ", "# "),
};

const sessionIn = (cwd = root) => openSession(createSessionWorld(files).host, cwd);
const pathOf = async (reference: string, cwd?: string): Promise<string> =>
  findPlan(await sessionIn(cwd), reference).path;

describe("a plan is found", () => {
  test.each<[string, string, string]>([
    ["by its id", "IPLAN-001", planPath("IPLAN-001")],
    ["by its id in small letters", "iplan-001", planPath("IPLAN-001")],
    ["by its number", "1", planPath("IPLAN-001")],
    ["by its number with zeros", "001", planPath("IPLAN-001")],
    ["by a number of four digits", "1234", "docs/IPLAN/IPLAN-1234_wide_20260101_000000.md"],
    ["by its path", planPath("IPLAN-002", "b"), planPath("IPLAN-002", "b")],
    ["by an absolute path", `${root}/${planPath("IPLAN-001")}`, planPath("IPLAN-001")],
    ["as a whole by the id of its parts", "IPLAN-003", "docs/IPLAN/IPLAN-003_x_part1_20260101_000000.md"],
    [
      "as a whole by the path of any part",
      "docs/IPLAN/IPLAN-003_x_part2_20260101_000000.md",
      "docs/IPLAN/IPLAN-003_x_part1_20260101_000000.md",
    ],
    ["outside the documents by its path", "notes/draft.md", "notes/draft.md"],
    ["as a template by its path", "docs/IPLAN/IPLAN-TEMPLATE.md", "docs/IPLAN/IPLAN-TEMPLATE.md"],
  ])("%s", async (_name, reference, path) => expect(await pathOf(reference)).toBe(path));

  test("by a path from where one stands", async () => {
    const name = planPath("IPLAN-001").split("/").at(-1) ?? "";
    expect(await pathOf(name, `${root}/docs/IPLAN`)).toBe(planPath("IPLAN-001"));
  });

  test.each<[string, string, string, string]>([
    ["two plans of one id", "IPLAN-002", "usage/ambiguous-plan", planPath("IPLAN-002", "b")],
    ["an id nobody has", "IPLAN-077", "usage/no-such-plan", "There is no plan IPLAN-077"],
    ["a path nothing lies at", "docs/nothing.md", "usage/no-such-plan", "There is no file docs/nothing.md"],
    ["a directory", "docs", "usage/not-a-plan", "docs is a directory"],
    ["a file that is no plan", "notes/todo.md", "usage/not-a-plan", "notes/todo.md is no plan"],
    ["a template by its id", "IPLAN-NNN", "usage/no-such-plan", "IPLAN-NNN"],
  ])("but not %s", async (_name, reference, code, words) => {
    const session = await sessionIn();
    expect(() => findPlan(session, reference)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(words) }),
    );
  });

  test("and the cure names plans there are", async () => {
    const session = await sessionIn();
    expect(() => findPlan(session, "IPLAN-077")).toThrow(
      expect.objectContaining({ cure: "Known plans: IPLAN-001, IPLAN-002, IPLAN-003, IPLAN-1234." }),
    );
    const empty = await openSession(createSessionWorld().host, root);
    expect(() => findPlan(empty, "IPLAN-001")).toThrow(
      expect.objectContaining({ cure: expect.stringContaining("iplan new iplan") }),
    );
  });
});

describe("all plans", () => {
  test("are read without templates; parts are one plan in part order, doubles stay two", async () => {
    const { plans } = readPlans(await sessionIn());
    expect(plans.map((plan) => `${plan.id} ${plan.parts.length}`)).toEqual([
      "IPLAN-001 1",
      "IPLAN-002 1",
      "IPLAN-002 1",
      "IPLAN-003 2",
      "IPLAN-1234 1",
    ]);
    expect(plans[3]?.plan.phases.map((phase) => phase.number)).toEqual(["1", "2"]);
  });

  test("one that cannot be read keeps none of the others away, and is told when it is named", async () => {
    const world = createSessionWorld(files);
    const read = world.host.files.read.bind(world.host.files);
    world.host.files.read = (path) => (path.endsWith(planPath("IPLAN-001")) ? read(`${root}/docs`) : read(path));
    const later = await openSession(world.host, root);
    const { plans, unreadable } = readPlans(later);
    expect(plans).toHaveLength(4);
    expect(unreadable).toMatchObject([{ id: "IPLAN-001", error: { code: "host/unreadable" } }]);
    expect(() => findPlan(later, "1")).toThrow(expect.objectContaining({ code: "host/unreadable" }));
    expect((await world.call(["status"])).stdout).toContain("IPLAN-001");
    expect((await world.call(["check"])).stdout).toContain("document/unreadable");
  });
});

describe("a place that is named", () => {
  test("is a file or directory of the workspace, or nothing", async () => {
    const session = await sessionIn(`${root}/docs`);
    expect(locate(session, ".")).toEqual({ kind: "directory", path: "docs" });
    expect(locate(session, "..")).toEqual({ kind: "directory", path: "" });
    expect(locate(session, root)).toEqual({ kind: "directory", path: "" });
    expect(locate(session, "notes/todo.md")).toEqual({ kind: "file", path: "notes/todo.md" });
    expect(locate(session, "nothing")).toBeUndefined();
  });

  test("is refused when it lies outside, by name or through a link", async () => {
    const world = createSessionWorld(files);
    world.host.files.put("/other/x.md", "x");
    world.host.files.link(`${root}/docs/link.md`, "/other/x.md");
    const session = await openSession(world.host, root);
    for (const target of ["/other/x.md", "../other/x.md", "docs/link.md", "/"])
      expect(() => locate(session, target)).toThrow(expect.objectContaining({ code: "host/outside-workspace" }));
  });
});
