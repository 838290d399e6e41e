import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createCliWorld, dataOf } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

interface Row {
  readonly path: string;
  readonly verdict: string;
  readonly steps: readonly { verdict: string }[];
  readonly notes: readonly { text: string }[];
  readonly signed: readonly unknown[];
}

const rowsOf = (world: ReturnType<typeof createCliWorld>): readonly Row[] =>
  (dataOf(world.iplan(["status", "--json"])) as { plans: readonly Row[] }).plans;

describe("two plans with one id", () => {
  const [one, two] = [planPath("IPLAN-001", "one"), planPath("IPLAN-001", "two")];
  const text = planDocument([{ run: "echo x >> log", verify: "test -s log", outcomes: ["It reads well"] }]);

  it("share no journal, notes nor signatures; the id alone names neither", () => {
    const world = createCliWorld({ [one]: text, [two]: text });
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(2);
    world.approve(one);
    expect(world.iplan(["run", one]).code).toBe(4);
    world.iplan(["note", one, "of the first"]);
    world.iplan(["sign", one, "outcome:1.1", "--reason", "It does"]);
    const [first, second] = rowsOf(world);
    expect([first?.verdict, first?.notes.length, first?.signed.length]).toEqual(["verified", 1, 1]);
    expect(second).toMatchObject({ steps: [{ verdict: "pending" }], notes: [], signed: [] });
    expect(world.iplan(["run", two]).code).toBe(4);
    expect(world.read("log")).toBe("x\nx\n");
    expect(readdirSync(join(world.root, ".iplan/runs"))).toHaveLength(2);
    expect(world.iplan(["run", one]).code).toBe(0);
  });

  it("a plan that was moved keeps its journal", () => {
    const world = createCliWorld({ [one]: text });
    world.approve("IPLAN-001");
    world.iplan(["run", "IPLAN-001"]);
    world.write(two, world.read(one));
    world.write(one, "");
    expect(rowsOf(world).find((row) => row.path === two)?.steps).toEqual([
      expect.objectContaining({ verdict: "pending" }),
    ]);
    const moved = createCliWorld({ [one]: text });
    moved.approve("IPLAN-001");
    moved.iplan(["run", "IPLAN-001"]);
    moved.rename(one, two);
    expect(rowsOf(moved)).toMatchObject([{ path: two, steps: [{ verdict: "verified" }] }]);
    expect(moved.iplan(["run", "IPLAN-001"]).code).toBe(4);
    expect(moved.read("log")).toBe("x\n");
  });
});

describe("starting over with one step", () => {
  it("forgets the others in journal and receipt alike: status says what the next run does", () => {
    const world = createCliWorld({
      [planPath()]: planDocument(["1", "2"].map((word) => ({ run: `echo ${word} >> log`, verify: "test -s log" }))),
    });
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(world.iplan(["run", "IPLAN-001", "--new", "--only", "2"]).code).toBe(0);
    expect(rowsOf(world)[0]?.steps.map((step) => step.verdict)).toEqual(["pending", "verified"]);
    expect(world.read(`${planPath()}.receipt.ndjson`)).not.toContain('"unit":"step:1"');
    const dry = dataOf(world.iplan(["run", "IPLAN-001", "--dry-run", "--json"])) as {
      steps: readonly { would: string }[];
    };
    expect(dry.steps.map((step) => step.would)).toEqual(["run", "skip"]);
    world.iplan(["run", "IPLAN-001"]);
    expect(world.read("log")).toBe("1\n2\n2\n1\n");
    expect(rowsOf(world)[0]?.steps.map((step) => step.verdict)).toEqual(["verified", "verified"]);
  });
});

describe("an assistant the configuration names", () => {
  it("may neither approve nor sign; without its variable the same call is taken", () => {
    const world = createCliWorld({
      "iplan.config.yaml": "docs: docs\npolicy:\n  assistants: [OUR_AGENT]\n",
      [planPath()]: planDocument([{ run: "true", outcomes: ["It reads well"] }]),
    });
    const environment = { OUR_AGENT: "1" };
    const { sha256 } = dataOf(world.iplan(["trust", "IPLAN-001", "--json"])) as { sha256: string };
    for (const words of [
      ["trust", "IPLAN-001", `--approve=${sha256}`],
      ["run", "IPLAN-001", `--trust=${sha256}`],
      ["verify", "--audit", "IPLAN-001", `--trust=${sha256}`],
      ["sign", "IPLAN-001", "outcome:1.1", "--reason", "fine"],
    ]) {
      const refused = world.iplan(words, { environment });
      expect([words[0], refused.code, refused.stderr.includes("OUR_AGENT")]).toEqual([words[0], 2, true]);
    }
    expect(world.iplan(["trust", "IPLAN-001", `--approve=${sha256}`]).code).toBe(0);
    world.iplan(["run", "IPLAN-001"], { environment });
    expect(world.read(`${planPath()}.receipt.ndjson`)).toContain('"actor":{"kind":"assistant","name":"OUR_AGENT"}');
  });
});
