import { beforeEach, describe, expect, it } from "vitest";
import { type MemoryHost, createMemoryHost } from "#host/memory";
import { openJournal } from "#journal/journal";
import { recordNote } from "#journal/notes";
import { planSlug } from "#journal/plan-journals";
import { readPlanMemory, readPlanRecord } from "#journal/plan-record";

const root = "/ws";
const key = "ab".repeat(32);
const plan = "IPLAN-001";
const actor = { kind: "person", name: "tester@memory" } as const;

let host: MemoryHost;
beforeEach(() => {
  host = createMemoryHost();
});

function sign(unit: string, reason = "looked at it"): void {
  host.clock.advance(1000);
  recordNote(
    host,
    { root, plan, key },
    { type: "signed", unit, subject: "sha256:s", verdict: "verified", override: false, reason, actor },
  );
}

function run(id: string, verdict: "verified" | "failed", over = false): void {
  host.clock.advance(1000);
  const { journal } = openJournal({ path: `${root}/.iplan/runs/${id}.ndjson`, run: id, key }, host);
  journal.append({
    type: "run-started",
    plan,
    path: "p.md",
    planHash: "",
    actor,
    tool: "0",
    approved: "",
    ...(over ? { over } : {}),
  });
  journal.append({
    type: "verdict",
    unit: "step:1",
    kind: "step",
    verdict,
    reason: id,
    subject: "sha256:s",
    evidence: [],
  });
  journal.sync();
  journal.close();
}

describe("what is remembered of a plan", () => {
  it("is nothing before anything happened", () => {
    expect(readPlanRecord(host, root, plan, key)).toBeUndefined();
  });

  it("is the word of its last run", () => {
    run("A", "failed");
    run("B", "verified");
    const record = readPlanRecord(host, root, plan, key);
    expect(record?.lastRun).toBe("B");
    expect(record?.units.get("step:1")).toMatchObject({ verdict: "verified", reason: "B" });
  });

  it("is a signature that came later, with actor and reason", () => {
    run("A", "failed");
    sign("step:1");
    expect(readPlanRecord(host, root, plan, key)?.units.get("step:1")).toMatchObject({
      verdict: "verified",
      signed: { actor: "tester@memory", reason: "looked at it", override: false },
    });
  });

  it("is a run that came after a signature", () => {
    sign("step:1");
    run("A", "failed");
    expect(readPlanRecord(host, root, plan, key)?.units.get("step:1")?.verdict).toBe("failed");
  });

  it("forgets how steps stood when a run started over, and keeps what was signed of items", () => {
    run("A", "verified");
    sign("step:2");
    sign("check:1");
    run("B", "failed", true);
    const units = readPlanRecord(host, root, plan, key)?.units;
    expect(units?.get("step:1")?.verdict).toBe("failed");
    expect(units?.has("step:2")).toBe(false);
    expect(units?.get("check:1")?.verdict).toBe("verified");
  });

  it("names foreign journals and lets them decide nothing", () => {
    run("A", "verified");
    sign("step:2");
    const record = readPlanRecord(host, root, plan, "cd".repeat(32));
    expect(record?.units.size).toBe(0);
    expect(record?.foreign?.length).toBe(2);
  });

  it("keeps notes of one plan apart from those of another", () => {
    recordNote(host, { root, plan, key }, { type: "note", kind: "blocker", text: "no access", actor });
    recordNote(host, { root, plan: "IPLAN-0011", key }, { type: "note", kind: "decision", text: "other", actor });
    expect(readPlanMemory(host, root, plan, key).notes.notes).toMatchObject([{ kind: "blocker", text: "no access" }]);
  });

  it("makes a file name of any plan id", () => {
    expect(planSlug("IPLAN-001")).toBe("IPLAN-001");
    expect(planSlug("docs/a b.md")).toBe("docs%2fa%20b%2emd");
  });
});
