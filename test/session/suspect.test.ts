import { describe, expect, it } from "vitest";
import { memoryHistory } from "../support/memory-history.ts";
import { createSessionWorld, type SessionSketch, type SessionWorld } from "../support/session-world.ts";

const brd = (alerts = "People are told within 5 s."): string =>
  `---\ntitle: Needs\n---\n\n# BRD-001: Needs\n\n**Last Updated**: 2026-01-01\n\n### FR-001: Alerts\n\n${alerts}\n\n### FR-002: Reports\n\n- [ ] People read.\n\n## Downstream Artifacts\n\n- PRD-001\n`;
const prd = (told = "They are."): string =>
  `# PRD-001: Product\n\n### US-001: Be told\n\n${told}\n\n@brd: BRD-001:FR-001\n\n### US-002: Read\n\nIn print.\n\n@brd: BRD-001:FR-002\n`;
const paths = { brd: "docs/BRD/BRD-001_needs.md", prd: "docs/PRD/PRD-001_product.md" };

interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

function worldOf(sketch: SessionSketch = {}): SessionWorld {
  return createSessionWorld({ [paths.brd]: brd(), [paths.prd]: prd() }, sketch);
}

async function suspects(world: SessionWorld, ...words: readonly string[]): Promise<readonly Found[]> {
  const { stdout } = await world.call(["check", ...words, "--json"]);
  const { findings } = JSON.parse(stdout) as { findings: readonly Found[] };
  return findings.filter(({ rule }) => rule === "trace/suspect" || rule === "trace/damaged-lock");
}

const lock = "/ws/iplan.lock";

describe("links that people accepted", () => {
  it("are written one a line, in order, and the same links give the same bytes", async () => {
    const world = worldOf();
    const { code, stdout } = await world.call(["check", "--accept"]);
    expect([code, stdout]).toEqual([
      0,
      "Accepted 2 links (2 anew). Commit iplan.lock; what changes later is found by: iplan check\n",
    ]);
    const text = world.text("iplan.lock");
    expect(text.replace(/[0-9a-f]{32}/gu, "…").split("\n")).toEqual([
      '{"schema":"iplan-accepted-links/1"}',
      '["PRD-001:US-001","BRD-001:FR-001","…"]',
      '["PRD-001:US-002","BRD-001:FR-002","…"]',
      "",
    ]);
    await world.call(["check", "--accept"]);
    expect(world.text("iplan.lock")).toBe(text);
  });

  it("say nothing as long as the meaning stays", async () => {
    const world = worldOf();
    await world.call(["check", "--accept"]);
    expect(await suspects(world)).toEqual([]);
    world.host.files.put(
      `/ws/${paths.brd}`,
      brd("People are told\nwithin  5 s.\n\n@prd: PRD-001\n")
        .replace("2026-01-01", "2026-03-03")
        .replace("title: Needs", "title: Needs\ndate: 2026-03-03")
        .replace("[ ]", "[x]")
        .replace("- PRD-001", "- PRD-001\n- PRD-002"),
    );
    expect(await suspects(world)).toEqual([]);
  });

  it("are suspect when the source changed, until they are accepted again", async () => {
    const world = worldOf();
    await world.call(["check", "--accept"]);
    world.host.files.put(`/ws/${paths.brd}`, brd("People are told within 2 s."));
    const [found, ...others] = await suspects(world);
    expect(others).toEqual([]);
    expect(found?.severity).toBe("warning");
    expect(found?.range.start.line).toBe(7);
    expect(found?.message).toBe(
      "BRD-001:FR-001 does not mean what it meant when PRD-001:US-001 was accepted as following from it. Read it again, correct PRD-001:US-001 where it has to follow, then: iplan check PRD-001 --accept",
    );
    expect((await world.call(["check", "PRD-001", "--accept"])).stdout).toContain("Accepted 2 links (1 anew)");
    expect(await suspects(world)).toEqual([]);
  });

  it("are asked for where a link is new, as one info a document", async () => {
    const world = worldOf();
    world.host.files.put(lock, '{"schema":"iplan-accepted-links/1"}\n');
    const found = await suspects(world);
    expect(found.map(({ severity, message }) => [severity, message])).toEqual([
      [
        "info",
        "Nobody has accepted yet that PRD-001:US-001 follows from BRD-001:FR-001. Compare the two, then: iplan check PRD-001 --accept (and 1 more place)",
      ],
    ]);
  });

  it("lose the lines of what is gone, and keep those of documents that were not named", async () => {
    const world = worldOf();
    await world.call(["check", "--accept"]);
    const kept = world.text("iplan.lock");
    world.host.files.put(
      lock,
      `${kept}["PRD-009","BRD-001","00000000000000000000000000000000"]\n["PRD-001:US-9","BRD-001","0"]\n`,
    );
    expect((await world.call(["check", "PRD-001", "--accept"])).stdout).toContain("2 that are gone were taken out");
    expect(world.text("iplan.lock")).toBe(kept);
  });

  it.each([
    ["a mark of a merge", "<<<<<<< ours", "This line is no accepted link."],
    [
      "two states of one link",
      '["PRD-001:US-001","BRD-001:FR-001","0"]',
      "PRD-001:US-001 was accepted as following from two states of BRD-001:FR-001.",
    ],
  ])("are a finding where %s stands among them", async (_, line, message) => {
    const world = worldOf();
    await world.call(["check", "--accept"]);
    world.host.files.put(lock, `${world.text("iplan.lock")}${line}\n`);
    const found = (await suspects(world)).filter(({ rule }) => rule === "trace/damaged-lock");
    expect(found.map(({ range }) => range.start.line)).toEqual([4]);
    expect(found[0]?.message).toContain(message);
  });

  it("may not be accepted by assistants", async () => {
    const world = worldOf({ environment: { CLAUDECODE: "1" } });
    const { code, stderr } = await world.call(["check", "--accept"]);
    expect([code, world.text("iplan.lock")]).toEqual([2, ""]);
    expect(stderr).toContain("Claude Code may not accept links; a person has to.");
  });

  it.each([
    [["--fix"]],
    [["--suspect"]],
    [["--since", "main"]],
    [["--write-baseline", "b.json"]],
  ])("are accepted without %s", async (words) => {
    const { code, stderr } = await worldOf().call(["check", "--accept", ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain("it checks nothing");
  });

  it("need a document that follows from another", async () => {
    const { code, stderr } = await worldOf().call(["check", "BRD-001", "--accept"]);
    expect(code).toBe(3);
    expect(stderr).toContain("None of BRD-001 follows from another document");
  });
});

describe("iplan check --suspect", () => {
  async function after(
    commits: readonly Readonly<Record<string, string | undefined>>[],
    now: Readonly<Record<string, string>> = {},
  ): Promise<readonly string[]> {
    const world = worldOf();
    const last = Object.assign({}, ...commits) as Record<string, string>;
    for (const [path, text] of Object.entries({ ...last, ...now })) world.host.files.put(`/ws/${path}`, text);
    world.host.repository.history = memoryHistory(commits);
    world.host.repository.changes = Object.keys(now);
    return (await suspects(world, "--suspect")).map(({ message }) => message);
  }
  const both = { [paths.brd]: brd(), [paths.prd]: prd() };
  const later = { [paths.brd]: brd("People are told within 2 s.") };

  it("names the commit and the words, by which a source changed later", async () => {
    expect(await after([both, later])).toEqual([
      'BRD-001:FR-001 changed in 222222222 (2026-01-02), after PRD-001:US-001 was last edited: "5" became "2". Correct PRD-001:US-001 where it has to follow; where it need not, say so once: iplan check PRD-001 --accept',
    ]);
  });

  it.each<[string, readonly Readonly<Record<string, string>>[], Readonly<Record<string, string>>, number]>([
    ["both changed in one commit", [both, { ...later, [paths.prd]: prd("At once.") }], {}, 0],
    ["what follows changed later still", [both, later, { [paths.prd]: prd("At once.") }], {}, 0],
    ["what follows is being edited", [both, later], { [paths.prd]: prd("At once.") }, 0],
    ["another element of what follows changed", [both, later, { [paths.prd]: prd().replace("print", "ink") }], {}, 1],
    ["the source was changed back", [both, later, { [paths.brd]: brd() }], {}, 0],
    [
      "only dates and boxes changed",
      [both, { [paths.brd]: brd().replace("[ ]", "[x]").replace("01-01", "02-02") }],
      {},
      0,
    ],
    ["the source is being edited", [both], later, 1],
    ["the source was written after what follows", [{ [paths.prd]: prd() }, { [paths.brd]: brd() }], {}, 0],
  ])("finds what it has to where %s", async (_, commits, now, count) => {
    expect(await after(commits, now)).toHaveLength(count);
  });

  const moved = { brd: "docs/01_BRD/BRD-001_wants.md", prd: "docs/PRD/PRD-001_goods.md" };
  const old = (...gone: readonly string[]): Readonly<Record<string, undefined>> =>
    Object.fromEntries(gone.map((path) => [path, undefined]));
  const wholly = prd().replace("@brd: BRD-001:FR-001", "").replace("### US-001", "@brd: BRD-001:FR-001\n\n### US-001");

  it.each<[string, readonly Readonly<Record<string, string | undefined>>[], readonly string[], number]>([
    [
      "the source was renamed in a commit before",
      [both, { ...old(paths.brd), [moved.brd]: brd() }, { [moved.brd]: later[paths.brd] }],
      [],
      1,
    ],
    ["the source was renamed and changed at once", [both, { ...old(paths.brd), [moved.brd]: later[paths.brd] }], [], 1],
    ["what follows was renamed later", [both, later, { ...old(paths.prd), [moved.prd]: prd() }], [], 1],
    [
      "what follows by its head was renamed later",
      [{ ...both, [paths.prd]: wholly }, later, { ...old(paths.prd), [moved.prd]: wholly }],
      [],
      1,
    ],
    ["what follows was renamed and edited", [both, later, { ...old(paths.prd), [moved.prd]: prd("At once.") }], [], 0],
    ["the source was only renamed", [both, { ...old(paths.brd), [moved.brd]: brd() }], [], 0],
    [
      "both were renamed, one after the other",
      [
        both,
        { ...old(paths.brd), [moved.brd]: brd() },
        { ...old(paths.prd), [moved.prd]: prd() },
        { [moved.brd]: later[paths.brd] },
      ],
      [],
      1,
    ],
    ["a renaming of what follows is not committed", [both, later], [moved.prd], 1],
    ["a renaming of the source is not committed", [both, later], [moved.brd], 1],
    [
      "the source was copied in one commit and removed in the next",
      [both, { [moved.brd]: brd() }, old(paths.brd), { [moved.brd]: later[paths.brd] }],
      [],
      1,
    ],
    [
      "the source was removed in one commit and came back elsewhere, changed",
      [both, old(paths.brd), { [moved.brd]: later[paths.brd] }],
      [],
      1,
    ],
    [
      "what follows was copied later, and removed later still",
      [both, later, { [moved.prd]: prd() }, old(paths.prd)],
      [],
      1,
    ],
    [
      "what follows was removed later, and came back elsewhere",
      [both, later, old(paths.prd), { [moved.prd]: prd() }],
      [],
      1,
    ],
    [
      "what follows was copied, edited and removed at its old place",
      [both, later, { [moved.prd]: prd() }, { ...old(paths.prd), [moved.prd]: prd("At once.") }],
      [],
      0,
    ],
    [
      "the source was copied to a third place after a move, and removed",
      [
        both,
        { ...old(paths.brd), [moved.brd]: brd() },
        { [paths.brd]: brd() },
        old(moved.brd),
        { [paths.brd]: later[paths.brd] },
      ],
      [],
      1,
    ],
    [
      "two files of one id went at once, and nobody knows which came back",
      [
        both,
        { [moved.brd]: brd("Something else.") },
        old(paths.brd, moved.brd),
        { "docs/BRD/BRD-001_c.md": brd("New.") },
      ],
      [],
      0,
    ],
    [
      "a new source took the place of one that is gone",
      [both, old(paths.brd), { [paths.brd]: later[paths.brd] }],
      [],
      1,
    ],
  ])("finds what it has to where %s", async (_, commits, uncommitted, count) => {
    const now: Record<string, string | undefined> = Object.assign({}, ...commits) as Record<string, string | undefined>;
    const changes = uncommitted.flatMap((path) => {
      const from = path === moved.brd ? paths.brd : paths.prd;
      now[path] = now[from];
      delete now[from];
      return [path, from];
    });
    const files = Object.fromEntries(
      Object.entries(now).flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])),
    );
    const world = createSessionWorld(files);
    world.host.repository.history = memoryHistory(commits);
    world.host.repository.changes = changes;
    expect(await suspects(world, "--suspect")).toHaveLength(count);
  });

  it("believes a person who accepted the link more than the history", async () => {
    const world = worldOf();
    world.host.files.put(`/ws/${paths.brd}`, brd("People are told within 2 s."));
    world.host.repository.history = memoryHistory([both, later]);
    expect(await suspects(world, "--suspect")).toHaveLength(1);
    await world.call(["check", "--accept"]);
    expect(await suspects(world, "--suspect")).toEqual([]);
  });

  it("changes no score", async () => {
    const world = worldOf();
    world.host.files.put(`/ws/${paths.brd}`, brd("People are told within 2 s."));
    const before = (await world.data(["check"]))["scores"];
    world.host.repository.history = memoryHistory([both, later]);
    expect((await world.data(["check", "--suspect"]))["scores"]).toEqual(before);
  });

  it("is not applicable where nobody asked, and says what is missing where somebody did", async () => {
    const world = worldOf();
    const asked = async (): Promise<readonly [number | null, string]> => {
      const { code, stderr } = await world.call(["check", "--suspect"]);
      return [code, stderr];
    };
    const plain = (await world.data(["check"]))["summary"] as { notApplicable: number };
    world.host.files.put(lock, `{"schema":"iplan-accepted-links/1"}\n`);
    const locked = (await world.data(["check"]))["summary"] as { notApplicable: number };
    expect(plain.notApplicable - locked.notApplicable).toBe(2);
    expect((await asked())[1]).toContain("lies in no git repository with a commit");
    world.host.repository.history = memoryHistory([both], true);
    expect(await asked()).toEqual([2, expect.stringContaining("git fetch --unshallow")]);
  });
});
