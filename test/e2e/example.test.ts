import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { broken, mended, mutations } from "./example-mutations.ts";
import { ExampleWorkspace } from "./example-workspace.ts";

interface RunData {
  readonly verdict: string;
  readonly steps: readonly { readonly number: string; readonly verdict: string }[];
}

interface StatusData {
  readonly plans: readonly {
    readonly verdict: string;
    readonly phases: readonly { readonly verdict: string; readonly done: number; readonly total: number }[];
    readonly waiting: readonly { readonly title: string }[];
  }[];
}

const judgements = [
  "Somebody who reads only the log understands what the service does and why it stores what it stores",
  "The developer of the panel can write a client from these notes alone",
  "The house manager agrees that these nine scenarios are what the house needs",
];

describe("the parcel locker through the real CLI", () => {
  const workspace = new ExampleWorkspace("parcel-locker");
  afterAll(() => workspace.remove());

  test("its documents have no error and no warning", () => {
    const { status, data } = workspace.call("check");
    expect(data).toMatchObject({ summary: { errors: 0, warnings: 0 } });
    expect(status).toBe(0);
  });

  // Why: one workspace and one plan, so that each step runs broken once and mended once: with the next row.
  const good = readFileSync(workspace.planPath, "utf8");

  test.each(mutations)("step $step fails when $title", { timeout: 180_000 }, (mutation) => {
    const before = readFileSync(workspace.planPath, "utf8");
    const whole = mutations.reduce((plan, { step }) => mended(plan, good, step), before);
    writeFileSync(workspace.planPath, broken(whole, mutation));
    workspace.approve();
    const { status, data, stderr } = workspace.call("run", "IPLAN-001");
    expect(verdicts(data as RunData), stderr).toEqual(expected(mutation.step, "failed"));
    expect(status).toBe(1);
  });
});

describe("the parcel locker, run at one go", () => {
  const workspace = new ExampleWorkspace("parcel-locker");
  afterAll(() => workspace.remove());

  test("every step is verified and the named judgements are manual", { timeout: 180_000 }, () => {
    workspace.approve();
    const { status, data, stderr } = workspace.call("run", "IPLAN-001");
    expect(status, stderr).toBe(4);
    const run = data as RunData;
    expect(verdicts(run)).toEqual(expected(15, "verified"));
    expect(run.verdict).toBe("manual");
    const [plan] = (workspace.call("status", "IPLAN-001").data as StatusData).plans;
    expect(plan?.phases.every(({ verdict, done, total }) => verdict === "verified" && done === total)).toBe(true);
    expect(plan?.waiting.map(({ title }) => title).toSorted()).toEqual(judgements);
    expect(readFileSync(workspace.planPath, "utf8")).not.toMatch(/^- \[ \] \*\*TASK-/m);
  });

  test("running it again runs nothing", { timeout: 180_000 }, () => {
    const before = workspace.journal().filter(({ type }) => type === "block-started").length;
    expect(workspace.call("run", "IPLAN-001").status).toBe(4);
    expect(workspace.journal().filter(({ type }) => type === "block-started")).toHaveLength(before);
  });
});

describe("the two steps", () => {
  const workspace = new ExampleWorkspace("two-steps");
  afterAll(() => workspace.remove());

  test("the second fails honestly, and is verified when the file is mended", () => {
    workspace.approve();
    const failed = workspace.call("run", "IPLAN-001");
    expect(failed.status, failed.stderr).toBe(1);
    expect(verdicts(failed.data as RunData)).toEqual(["verified", "failed"]);
    writeFileSync(`${workspace.directory}/greeting.mjs`, 'console.log("Hello, world!");\n');
    const mended = workspace.call("run", "IPLAN-001");
    expect(verdicts(mended.data as RunData)).toEqual(["verified", "verified"]);
    expect(mended.status).toBe(0);
  });
});

function verdicts(run: RunData): readonly string[] {
  return run.steps.map(({ verdict }) => verdict);
}

/** Fifteen steps: verified before this one, pending behind it. */
function expected(step: number, verdict: string): readonly string[] {
  return Array.from({ length: 15 }, (_, index) =>
    index + 1 < step ? "verified" : index + 1 === step ? verdict : "pending",
  );
}
