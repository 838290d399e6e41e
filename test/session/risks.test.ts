import { describe, expect, test } from "vitest";
import { planDocument, planPath } from "../support/plan-document.ts";
import { createSessionWorld, root, type SessionWorld } from "../support/session-world.ts";

const risks = `
## Risk Mitigation

### Technical Risks

**Risk 1: The cache grows**
- **Likelihood**: Low
- **Impact**: Medium
- **Trigger**: \`cache.bin\` exists
- **Mitigation**:
  - Delete it
  - Lower the limit

**Risk 2: People leave**
- **Likelihood**: High
- **Impact**: High
- **Trigger**: Somebody hands in a notice
- **Mitigation**: Pair on everything

**Risk 3: Nobody looks**
- **Impact**: unknown as yet
- **Mitigation**: Look

## Next Actions

- Hand \`API.md\` to the panel's developer.
- [What to do after this plan]
`;
const text = planDocument([{ title: "Make", run: "touch a.txt", verify: "test -e a.txt" }], { more: risks });

async function worldOf(): Promise<SessionWorld> {
  const world = createSessionWorld({ [planPath()]: text });
  await world.approve("IPLAN-001");
  return world;
}

const statesOf = async (world: SessionWorld): Promise<readonly unknown[]> => {
  const { risks: rows } = await world.data(["status", "--risks"]);
  return (rows as readonly { id: string; state: string }[]).map(({ id, state }) => `${id}: ${state}`);
};

describe("status --risks", () => {
  test("is a register over all plans, heaviest first; reading looks at nothing", async () => {
    const world = await worldOf();
    world.host.files.put(`${root}/cache.bin`, "x");
    expect(await statesOf(world)).toEqual([
      "IPLAN-001 risk:2: for people",
      "IPLAN-001 risk:1: unasked",
      "IPLAN-001 risk:3: no trigger",
    ]);
    const { risks: rows } = await world.data(["status", "IPLAN-001", "--risks"]);
    expect(rows).toContainEqual(
      expect.objectContaining({
        title: "The cache grows",
        kind: "Technical Risks",
        probability: "low",
        impact: "medium",
        trigger: "`cache.bin` exists",
        mitigation: ["Delete it", "Lower the limit"],
      }),
    );
    expect(rows).toContainEqual(expect.objectContaining({ title: "Nobody looks", impact: "unknown as yet" }));
  });

  test("says that there is none", async () => {
    const world = createSessionWorld({ [planPath()]: planDocument([{ run: "touch a" }]) });
    expect((await world.call(["status", "--risks"])).stdout).toBe("No plan names a risk.\n");
    expect((await createSessionWorld().call(["status", "--risks"])).code).toBe(3);
  });
});

describe("a risk whose trigger is a claim", () => {
  test("is quiet after a run in which it did not come about, active after one in which it did, with its mitigation", async () => {
    const world = await worldOf();
    expect((await world.call(["run", "IPLAN-001"])).stdout).not.toContain("risk active");
    expect((await statesOf(world))[1]).toBe("IPLAN-001 risk:1: quiet");
    world.host.files.put(`${root}/cache.bin`, "x");
    expect((await statesOf(world))[1]).toBe("IPLAN-001 risk:1: quiet");
    const verified = await world.call(["verify", "IPLAN-001"]);
    expect(verified.stdout).toContain("risk active: IPLAN-001 risk:1 The cache grows");
    expect(verified.stdout).toContain("→ Lower the limit");
    expect(verified.code).toBe(0);
    expect((await statesOf(world))[0]).toBe("IPLAN-001 risk:1: active");
    expect((await world.call(["status", "IPLAN-001"])).stdout).toContain("→ Delete it");
    expect((await world.call(["status", "--risks"])).stdout).toContain("3 risks, 1 active");
    world.host.files.remove(`${root}/cache.bin`);
    await world.call(["verify", "IPLAN-001"]);
    expect((await statesOf(world))[1]).toBe("IPLAN-001 risk:1: quiet");
  });

  test("is asked again when its words change", async () => {
    const world = await worldOf();
    await world.call(["run", "IPLAN-001"]);
    world.host.files.put(`${root}/${planPath()}`, world.text(planPath()).replace("cache.bin", "other.bin"));
    expect((await statesOf(world))[1]).toBe("IPLAN-001 risk:1: unasked");
  });
});

describe("what comes after a plan", () => {
  test("is shown once it is through, with the command that starts it", async () => {
    const world = await worldOf();
    expect((await world.call(["status", "IPLAN-001"])).stdout).not.toContain("--follows");
    const { stdout } = await world.call(["run", "IPLAN-001"]);
    const command = "iplan new iplan --follows IPLAN-001 --title 'Hand API.md to the panel'\\''s developer'";
    expect(stdout).toContain(command);
    expect(stdout).not.toContain("What to do after this plan");
    expect((await world.call(["status", "IPLAN-001"])).stdout).toContain(command);
    expect((await world.data(["verify", "IPLAN-001"]))["nextActions"]).toEqual([
      { text: "Hand `API.md` to the panel's developer.", command },
    ]);
  });

  test("is a plan of its own that names the one before it, and comes from the same parents", async () => {
    const world = createSessionWorld({
      [planPath()]: text,
      "docs/TASKS/TASKS-001_work.md": "# TASKS-001: Work\n\n### Phase 1: Work\n\n- [ ] **TASK-1.1**: Make\n",
    });
    const { path, parents } = await world.data(["new", "iplan", "--follows", "IPLAN-001", "--title", "Hand over"]);
    expect(parents).toEqual(["TASKS-001"]);
    expect(world.text(String(path))).toMatch(/\| \*\*Related Artifacts\*\* \| (?:[\w-]+, )*IPLAN-001 \|/);
    const bare = createSessionWorld({ [planPath()]: text });
    const second = await bare.data(["new", "iplan", "--follows", "1", "--title", "Hand over"]);
    expect(bare.text(String(second["path"]))).toContain("| **Related Artifacts** | IPLAN-001 |");
  });

  test("is only a plan, after a plan that is there", async () => {
    const world = createSessionWorld({ [planPath()]: text });
    expect((await world.call(["new", "req", "--follows", "IPLAN-001", "--title", "A"])).code).toBe(2);
    expect((await world.call(["new", "iplan", "--follows", "IPLAN-009", "--title", "A"])).code).toBe(2);
  });
});
