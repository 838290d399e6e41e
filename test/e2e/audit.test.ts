import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CliResult, type CliWorld, createCliWorld, dataOf } from "../support/cli.ts";
import { type WrittenStep, planDocument, planPath } from "../support/plan-document.ts";

interface Audit {
  readonly plan: string;
  readonly asked: number;
  readonly held: number;
  readonly drift: number;
  readonly exitCode: number;
  readonly units: readonly { unit: string; by: string; now: string; drift?: string; reason: string }[];
  readonly damage: readonly { line: number; kind: string }[];
  readonly problem?: { code: string };
}

const auditsOf = (result: CliResult): readonly Audit[] => (dataOf(result) as { plans: readonly Audit[] }).plans;

/** What is not what it is called, as `unit drift`. */
const driftOf = (audit: Audit | undefined): readonly string[] =>
  (audit?.units ?? []).flatMap((each) => (each.drift === undefined ? [] : [`${each.unit} ${each.drift}`]));

const steps: readonly WrittenStep[] = [
  { run: "mkdir -p build/sub\ncd build/sub", verify: "test -d ../sub" },
  { run: "export FLAVOUR=vanilla\necho one > one.txt", verify: 'grep -x one one.txt\ntest -n "$FLAVOUR"' },
  { run: "echo two > two.txt", verify: "grep -x two two.txt" },
];

/** A workspace whose plan was run to its end. */
function finished(written = steps, more?: string): CliWorld {
  const world = createCliWorld({ [planPath()]: planDocument(written, more === undefined ? {} : { more }) });
  world.approve("IPLAN-001");
  const run = world.iplan(["run", "IPLAN-001"]);
  if (run.code !== 0) throw new Error(run.stderr + run.stdout);
  return world;
}

/** The same documents, receipts and files on another machine: no journal, no approval, no saved state. */
function cloneOf(world: CliWorld): CliWorld {
  const clone = createCliWorld();
  cpSync(world.root, clone.root, { recursive: true, filter: (path) => !path.includes("/.iplan") });
  clone.approve("IPLAN-001");
  return clone;
}

describe("another machine", () => {
  it("sees a plan whose tasks make claims of their own as the machine does that ran it", () => {
    const plan = planDocument(steps).replace(
      /(- \[ \] \*\*TASK-1\.3\*\*.*\n)/u,
      "$1  - Verify: `build/sub/two.txt` exists\n",
    );
    expect(plan).toContain("Verify: `build/sub/two.txt`");
    const world = createCliWorld({ [planPath()]: plan });
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    const standing = (of: CliWorld): string => of.iplan(["status", "--brief"]).stdout;
    expect(standing(world)).toContain("verified: ");
    expect(standing(cloneOf(world))).toBe(standing(world));
  });
});

describe("verify --audit", () => {
  it("asks all that is done afresh, tells what still holds, and leaves document and receipt alone", () => {
    const world = finished();
    const before = [planPath(), `${planPath()}.receipt.ndjson`].map((path) => world.read(path));
    const result = world.iplan(["verify", "IPLAN-001", "--audit", "--json"]);
    const [audit] = auditsOf(result);
    expect([result.code, audit?.drift, driftOf(audit)]).toEqual([0, 0, []]);
    expect(audit).toMatchObject({ asked: 3, held: 3 });
    expect(audit?.units.filter((unit) => unit.unit.startsWith("step:")).map((unit) => unit.by)).toEqual([
      "journal",
      "journal",
      "journal",
    ]);
    expect([planPath(), `${planPath()}.receipt.ndjson`].map((path) => world.read(path))).toEqual(before);
    const runs = readdirSync(join(world.root, ".iplan/runs"));
    expect(world.read(`.iplan/runs/${runs[0]}`)).toContain('"type":"audited","asked":3,"held":3,"drift":[]');
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
  });

  it("finds a step that fails now, one whose text changed, and a tick nobody proved", () => {
    const world = finished([...steps, { run: "echo four > four.txt", verify: "test -s four.txt" }]);
    world.write("build/sub/two.txt", "three\n");
    const text = world
      .read(planPath())
      .replace("test -s four.txt", "test -e four.txt")
      .replace(
        "- [x] **TASK-1.4**",
        "- [x] **TASK-1.4**: Part 4 (1 hour)\n- [x] **TASK-1.9**: By hand (1 hour)\n- [ ] **TASK-1.8**",
      );
    world.write(planPath(), text);
    const result = world.iplan(["verify", "--audit", "--json"]);
    expect(result.code).toBe(1);
    expect(driftOf(auditsOf(result)[0])).toEqual([
      "step:3 failed",
      "step:4 stale",
      "task:TASK-1.9 tick-without-receipt",
    ]);
    const page = world.iplan(["verify", "--audit"]);
    expect(page.code).toBe(1);
    expect(page.stdout).toContain("grep -x two two.txt: exited with status 1");
    expect(page.stdout).toContain("ticked by hand");
  });

  it("starts on another machine from the receipt's directory, and says which exported name is missing there", () => {
    const clone = cloneOf(finished());
    const result = clone.iplan(["verify", "--audit", "--json"]);
    const [audit] = auditsOf(result);
    expect(driftOf(audit)).toEqual(["step:2 cannot-be-asked"]);
    expect(audit?.units.find((unit) => unit.unit === "step:2")?.reason).toContain("FLAVOUR");
    expect(audit?.units.find((unit) => unit.unit === "step:3")).toMatchObject({ by: "receipt", now: "verified" });
    expect(result.code).toBe(1);
    const again = clone.iplan(["verify", "--audit", "--json"], { environment: { FLAVOUR: "mint" } });
    expect([again.code, auditsOf(again)[0]?.held]).toEqual([0, 3]);
    // What the receipt knows of the start stays known when this machine writes it anew.
    expect(clone.iplan(["verify", "IPLAN-001"], { environment: { FLAVOUR: "mint" } }).code).toBe(0);
    expect(clone.read(`${planPath()}.receipt.ndjson`)).toContain('"directory":"build/sub"');
  });

  it("proves a forged receipt false: what it calls done is asked, and nothing is skipped for it", () => {
    const world = finished();
    const clone = cloneOf(world);
    rmSync(join(clone.root, "build"), { recursive: true });
    const result = clone.iplan(["verify", "--audit", "--json"], { environment: { FLAVOUR: "mint" } });
    expect(result.code).toBe(1);
    expect(driftOf(auditsOf(result)[0])).toEqual(["step:1 failed", "step:2 failed", "step:3 failed"]);
    expect(clone.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(clone.read("build/sub/two.txt")).toBe("two\n");
  });

  it("checks nothing where nothing is done, and needs approval like everything that executes", () => {
    const fresh = createCliWorld({ [planPath()]: planDocument(steps) });
    expect(fresh.iplan(["verify", "--audit"]).code).toBe(3);
    expect(fresh.iplan(["verify"]).code).toBe(2);
    const clone = createCliWorld();
    cpSync(finished().root, clone.root, { recursive: true, filter: (path) => !path.includes("/.iplan") });
    const all = clone.iplan(["verify", "--audit", "--json"]);
    expect([all.code, auditsOf(all)[0]?.problem?.code]).toEqual([5, "run/not-approved"]);
    expect(clone.iplan(["verify", "--audit", "IPLAN-001"]).code).toBe(5);
    expect(clone.exists(".iplan")).toBe(false);
  });

  it("falls back to the recorded directory where the saved state of the shell is gone", () => {
    const world = finished();
    const state = join(world.root, "../state/iplan/workspaces");
    for (const name of readdirSync(state)) rmSync(join(state, name, "runs"), { recursive: true, force: true });
    const result = world.iplan(["verify", "--audit", "--json"], { environment: { FLAVOUR: "mint" } });
    expect([result.code, driftOf(auditsOf(result)[0])]).toEqual([0, []]);
  });
});

describe("a tampered journal", () => {
  const tampered = (change: (lines: string[]) => string[], written: readonly WrittenStep[] = steps): CliWorld => {
    const world = finished(written);
    const path = join(world.root, ".iplan/runs", readdirSync(join(world.root, ".iplan/runs"))[0] ?? "");
    const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
    writeFileSync(
      path,
      change(lines)
        .map((line) => `${line}\n`)
        .join(""),
    );
    return world;
  };

  it("is located by status, doctor and the audit, is not believed, and is put aside by the next run", () => {
    const world = tampered((lines) => lines.with(3, (lines[3] ?? "").replace("step:1", "step:2")));
    const told = /IPLAN-001\.\w{26}\.ndjson:4 \(event 4\) was changed after it was written/;
    const status = world.iplan(["status"]);
    expect([status.code, told.test(status.stdout)]).toEqual([1, true]);
    const doctor = world.iplan(["doctor", "--json"]);
    expect([doctor.code, told.test(doctor.stdout)]).toEqual([1, true]);
    expect(world.iplan(["show", "IPLAN-001", "3", "--output"]).code).toBe(2);
    const run = world.iplan(["run", "IPLAN-001"], { environment: { FLAVOUR: "mint" } });
    expect([run.code, told.test(run.stderr)]).toEqual([0, true]);
    const names = readdirSync(join(world.root, ".iplan/runs"));
    expect(names.map((name) => name.replace(/\w{26}/, "RUN")).toSorted()).toEqual([
      "IPLAN-001.RUN.ndjson",
      "IPLAN-001.RUN.ndjson.damaged",
    ]);
    const journal = world.read(`.iplan/runs/${names.find((name) => name.endsWith(".ndjson"))}`);
    expect(journal).toContain('"type":"journal-damaged"');
    // Every step was asked, none was run again.
    expect(journal).not.toContain('"role":"action"');
    expect(world.iplan(["status"]).code).toBe(0);
  });

  it("does not make a step that must not be repeated run again", () => {
    const unsafe = [...steps, { run: "echo ran >> ../../../outside/ran", annotation: "unsafe" }];
    const world = createCliWorld({ [planPath()]: planDocument(unsafe) });
    world.approve("IPLAN-001");
    world.iplan(["run", "IPLAN-001"]);
    const path = join(world.root, ".iplan/runs", readdirSync(join(world.root, ".iplan/runs"))[0] ?? "");
    const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
    writeFileSync(path, `${lines.toSpliced(5, 1).join("\n")}\n`);
    const again = world.iplan(["run", "IPLAN-001"]);
    expect(again.code).toBe(7);
    expect(again.stdout).toContain("the journal was damaged");
    expect(readFileSync(join(world.outside, "ran"), "utf8")).toBe("ran\n");
  });

  it("that was cut off is known by the receipt's head alone", () => {
    const world = tampered((lines) => lines.slice(0, 5));
    const status = world.iplan(["status"]);
    expect(status.code).toBe(1);
    expect(status.stdout).toMatch(/:6 \(event 6\) is missing with all behind it: the receipt names event \d+/);
    const audit = world.iplan(["verify", "--audit", "--json"], { environment: { FLAVOUR: "mint" } });
    expect([audit.code, auditsOf(audit)[0]?.damage]).toMatchObject([1, [{ line: 6, kind: "truncated" }]]);
    expect(auditsOf(audit)[0]).toMatchObject({ drift: 1 });
  });

  it("that lost its first event is still known as the plan's own", () => {
    const world = tampered((lines) => lines.slice(1));
    expect(world.iplan(["status"]).stdout).toContain(":1 (event 1) comes too early: event 1 is missing before it");
  });

  it("and an old copy of it, or that of another run in its place, are found", () => {
    const world = finished();
    const folder = join(world.root, ".iplan/runs");
    const first = readdirSync(folder)[0] ?? "";
    const old = readFileSync(join(folder, first));
    world.iplan(["run", "IPLAN-001", "--redo", "3"]);
    const now = readFileSync(join(folder, first));
    writeFileSync(join(folder, first), old);
    expect(world.iplan(["status"]).stdout).toContain("the receipt names event");
    writeFileSync(join(folder, first), now);
    expect(world.iplan(["status"]).code).toBe(0);
    world.iplan(["run", "IPLAN-001", "--new"]);
    const [one = "", two = ""] = readdirSync(folder).sort();
    mkdirSync(join(world.outside, "swap"));
    renameSync(join(folder, one), join(world.outside, "swap/x"));
    renameSync(join(folder, two), join(folder, one));
    renameSync(join(world.outside, "swap/x"), join(folder, two));
    const status = world.iplan(["status"]).stdout;
    expect(status.match(/:1 \(event 1\) belongs to run/g)).toHaveLength(2);
  });

  it("an edited verdict in a receipt is told by doctor and the audit", () => {
    const world = finished();
    const path = `${planPath()}.receipt.ndjson`;
    world.write(
      path,
      world.read(path).replaceAll("its verification passed: grep -x two", "its verification passed: npm test"),
    );
    const doctor = world.iplan(["doctor", "--json"]);
    expect([doctor.code, doctor.stdout.includes("receipt edited: step:3")]).toEqual([1, true]);
    const audit = world.iplan(["verify", "--audit", "--json"]);
    expect([audit.code, driftOf(auditsOf(audit)[0])]).toEqual([1, ["step:3 receipt-differs"]]);
  });
});
