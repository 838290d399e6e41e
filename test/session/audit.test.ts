import { describe, expect, test } from "vitest";
import type { SessionWorld } from "../support/session-world.ts";
import { createSessionWorld, root } from "../support/session-world.ts";
import { type WrittenStep, planDocument, planPath } from "../support/plan-document.ts";

interface Row {
  readonly plan: string;
  readonly asked: number;
  readonly held: number;
  readonly exitCode: number;
  readonly units: readonly { unit: string; by: string; now: string; drift?: string; reason: string }[];
  readonly damage: readonly { kind: string }[];
  readonly problem?: { code: string };
}

const steps: readonly WrittenStep[] = [
  { run: "touch one.txt", verify: "test -e one.txt", outcomes: ["`one.txt` exists", "It reads well"] },
  { run: "touch two", verify: "test -e two" },
];

async function done(written: readonly WrittenStep[] = steps, more = ""): Promise<SessionWorld> {
  const world = createSessionWorld({ [planPath()]: planDocument(written, { more }) });
  await world.approve("1");
  await world.call(["run", "1"]);
  return world;
}

const audit = async (world: SessionWorld, ...words: string[]): Promise<readonly Row[]> =>
  (await world.data(["verify", "--audit", ...words]))["plans"] as readonly Row[];

const drift = (row: Row | undefined): readonly string[] =>
  (row?.units ?? []).flatMap((unit) => (unit.drift === undefined ? [] : [`${unit.unit} ${unit.drift}`]));

/** Takes this machine's journals away, as on another machine. */
function forget(world: SessionWorld): void {
  for (const path of world.host.files.paths()) if (path.startsWith(`${root}/.iplan/`)) world.host.files.remove(path);
}

describe("an audit", () => {
  test("asks steps and outcomes, and leaves what a person signed to the person", async () => {
    const world = await done();
    await world.call(["sign", "1", "outcome:1.2", "--reason", "It does"]);
    const [row] = await audit(world, "1");
    expect(row).toMatchObject({ plan: "IPLAN-001", asked: 3, held: 3, exitCode: 0 });
    expect(row?.units.find((unit) => unit.unit === "outcome:1.2")).toMatchObject({ by: "signature", now: "verified" });
    const page = (await world.call(["verify", "--audit"])).stdout;
    expect(page).toContain("3 checks asked, 3 hold, 1 on a person's word");
  });

  test("tells a claim that fails, a verification that fails and a step whose text changed", async () => {
    const world = await done();
    world.host.files.remove(`${root}/one.txt`);
    world.host.files.put(`${root}/${planPath()}`, world.text(planPath()).replace("test -e two", "test -e  two"));
    const [row] = await audit(world);
    expect(drift(row)).toEqual(["step:1 failed", "step:2 stale", "outcome:1.1 failed"]);
    expect(row?.exitCode).toBe(1);
    expect((await world.call(["status"])).stdout).toContain("failed");
  });

  test("of one task or step asks that alone", async () => {
    const world = await done();
    expect((await audit(world, "1", "2"))[0]?.units.map((unit) => unit.unit)).toEqual(["step:2"]);
    const [row] = await audit(world, "1", "TASK-1.1");
    expect(row?.units.map((unit) => unit.unit)).toEqual(["step:1", "outcome:1.1"]);
  });

  test("by a receipt alone asks all the same; what nothing can ask nothing backs", async () => {
    const world = await done([...steps, { run: "touch three" }]);
    const path = `${planPath()}.receipt.ndjson`;
    const text = world.text(path).replaceAll('"verdict":"unverifiable"', '"verdict":"verified"');
    world.host.files.put(`${root}/${path}`, text);
    forget(world);
    const [row] = await audit(world);
    expect(drift(row)).toEqual(["step:3 receipt-unbacked"]);
    expect(row?.units.find((unit) => unit.unit === "step:1")).toMatchObject({ by: "receipt", now: "verified" });
    expect((await world.call(["verify", "--audit"])).stdout).toContain("nothing backs it");
  });

  test("tells a receipt that calls a task done and none of its steps, and a box ticked by hand", async () => {
    const world = await done();
    const path = `${planPath()}.receipt.ndjson`;
    const lines = world.text(path).split("\n");
    const kept = lines.filter((line) => !line.includes('"kind":"step"') && !line.includes('"kind":"item"'));
    world.host.files.put(`${root}/${path}`, kept.join("\n"));
    forget(world);
    expect(drift((await audit(world))[0])).toEqual([
      "task:TASK-1.1 receipt-unbacked",
      "task:TASK-1.2 receipt-unbacked",
    ]);
    world.host.files.remove(`${root}/${path}`);
    forget(world);
    expect(drift((await audit(world))[0])).toEqual([
      "task:TASK-1.1 tick-without-receipt",
      "task:TASK-1.2 tick-without-receipt",
    ]);
  });

  test("says what cannot be asked: a verification that reads what was exported elsewhere", async () => {
    const written = [{ run: "touch one.txt", verify: 'test -e "$FLAVOUR"' }];
    const world = createSessionWorld(
      { [planPath()]: planDocument(written) },
      {
        script: ({ statements }) => ({
          exit: { status: 0 },
          exported: ["FLAVOUR"],
          ...(statements && { statuses: [0] }),
        }),
      },
    );
    await world.approve("1");
    await world.call(["run", "1"]);
    forget(world);
    const [row] = await audit(world);
    expect(row?.units[0]).toMatchObject({ drift: "cannot-be-asked", now: "unverifiable" });
    expect(row?.units[0]?.reason).toContain("FLAVOUR");
  });

  test("asks a task its own verification", async () => {
    const text = planDocument(steps).replace("Part 1 (1 hour)\n", "Part 1 (1 hour)\n  - Verify: `one.txt` exists\n");
    const world = createSessionWorld({ [planPath()]: text });
    await world.approve("1");
    await world.call(["run", "1"]);
    const [row] = await audit(world);
    expect(drift(row)).toEqual([]);
    expect(row?.units.map((unit) => unit.unit)).toContain("task:TASK-1.1");
    world.host.files.remove(`${root}/one.txt`);
    expect(drift((await audit(world))[0])).toContain("task:TASK-1.1 failed");
  });

  test("over all plans goes past one that cannot be audited, and one of which nothing is done", async () => {
    const world = createSessionWorld({
      [planPath()]: planDocument(steps),
      [planPath("IPLAN-002")]: planDocument(steps, { id: "IPLAN-002" }),
      [planPath("IPLAN-003")]: planDocument(steps, { id: "IPLAN-003" }),
    });
    await world.approve("1");
    await world.call(["run", "1"]);
    await world.approve("2");
    await world.call(["run", "2"]);
    const edited = world.text(planPath("IPLAN-002")).replace("touch two", "touch two; true");
    world.host.files.put(`${root}/${planPath("IPLAN-002")}`, edited);
    expect((await world.call(["verify", "--audit"])).code).toBe(1);
    const rows = await audit(world);
    expect(rows.map((row) => [row.plan, row.exitCode])).toEqual([
      ["IPLAN-001", 0],
      ["IPLAN-002", 1],
      ["IPLAN-003", 3],
    ]);
    expect((await world.call(["verify", "--audit", "3"])).code).toBe(3);
    expect((await world.call(["verify", "--audit", "3"])).stdout).toContain("nothing is called done");
    expect((await world.call(["verify", "--audit", "--trust", "00"])).stderr).toContain("commands of one plan");
    expect((await createSessionWorld().call(["verify", "--audit"])).code).toBe(3);
  });

  test("needs approval of what it would ask, and says so plan by plan", async () => {
    const world = await done();
    const other = createSessionWorld({
      [planPath()]: world.text(planPath()),
      [`${planPath()}.receipt.ndjson`]: world.text(`${planPath()}.receipt.ndjson`),
    });
    const result = await other.call(["verify", "--audit"]);
    expect(result.code).toBe(5);
    expect(result.stdout).toContain("not audited");
    expect(result.stdout).toMatch(/for this run only: iplan verify --audit IPLAN-\d+ --trust=[0-9a-f]{64}/);
    expect((await audit(other))[0]?.problem?.code).toBe("run/not-approved");
  });

  test("of a damaged journal tells the damage and asks afresh; a run puts it aside and asks every step", async () => {
    const world = await done();
    const journal = (): string => world.host.files.paths().find((path) => /\/runs\/[^/]*\.ndjson$/.test(path)) ?? "";
    const spoil = (): void => {
      const path = journal();
      const lines = (world.host.files.text(path) ?? "").split("\n");
      world.host.files.put(path, [lines[0], "{}", ...lines.slice(2)].join("\n"));
    };
    spoil();
    expect(await audit(world)).toMatchObject([{ damage: [{ kind: "unreadable" }], exitCode: 1, held: 3 }]);
    expect(await audit(world)).toMatchObject([{ damage: [], exitCode: 0 }]);
    spoil();
    expect((await world.call(["run", "1", "--dry-run"])).stdout).toContain("verify");
    const run = await world.call(["run", "1"]);
    expect(run.stderr).toContain("every step is asked before it is believed");
    expect(world.host.files.paths().filter((path) => path.includes(".ndjson.damaged"))).toHaveLength(2);
    expect((await world.call(["show", "1", "1", "--output", "--json"])).code).toBe(0);
  });
});
