import * as fc from "fast-check";
import { createMemoryHost, type MemoryHost } from "#host/memory";
import { createShellParser } from "#host/shell-parser";
import { checkDocuments } from "#session/checking";
import { KeptChecks } from "#session/kept-check";
import { selectDocuments } from "#session/select-documents";
import { openSession } from "#session/session";
import { describe, expect, test } from "vitest";
import { createCorpus } from "../../bench/trace-corpus.ts";
import { corpusText } from "../../bench/trace-corpus-text.ts";
import { propertyRuns } from "../support/property-runs.ts";

const root = "/work/tree";
const parser = await createShellParser();

const texts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    createCorpus({ artifacts: 40, seed: 3 }).documents.map((document) => [document.path, corpusText(document)]),
  ),
  "src/more.py": "# @req: REQ-001\nx = 1\n",
  "docs/BRD/BRD-090_links.md":
    "# BRD-090: Links\n\n[a](../../notes/a.md) [b](./BRD-091_late.md)\n\n@code: src/late.py\n",
};

function hostOf(files: Readonly<Record<string, string>>): MemoryHost {
  const placed = Object.entries(files).map(([path, text]) => [`${root}/${path}`, text] as const);
  return createMemoryHost({ files: Object.fromEntries(placed), shellParser: parser });
}

async function freshly(host: MemoryHost) {
  const session = await openSession(host, root);
  return checkDocuments(session, selectDocuments(session, []), { whole: true, history: false });
}

const day = 24 * 60 * 60 * 1000;

/** Something that happens to a workspace between two checks. */
const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      path: fc.constantFrom(...Object.keys(texts)),
      line: fc.constantFrom("A sentence.", "@brd: BRD-001:FR-001", "# @req: REQ-099", "### FR-009: New", "X".repeat(3)),
    }),
  },
  fc.constantFrom(
    { path: "docs/BRD/BRD-091_late.md", line: "# BRD-091: Late" },
    { path: "src/late.py", line: "# @brd: BRD-001" },
    { path: "notes/a.md", line: "# A" },
    { path: "iplan.config.yaml", line: "rules:\n  trace/orphan: off" },
    {
      path: "iplan.config.yaml",
      line: "waivers: [{ rule: trace/uncovered, path: docs/, reason: later, until: 1970-01-02 }]",
    },
    { path: ".gitignore", line: "docs/PRD" },
  ),
  fc.record({ gone: fc.constantFrom(...Object.keys(texts), "src/late.py", "iplan.config.yaml") }),
  fc.record({ later: fc.constantFrom(1, 5000, day) }),
);

function happen(host: MemoryHost, one: typeof event extends fc.Arbitrary<infer Event> ? Event : never): void {
  if ("later" in one) host.clock.advance(one.later);
  else if ("gone" in one) host.files.remove(`${root}/${one.gone}`);
  else {
    const before = host.files.read(`${root}/${one.path}`) ?? new Uint8Array();
    const isSettings = one.path.endsWith(".yaml") && !one.path.includes("/");
    host.files.put(`${root}/${one.path}`, `${isSettings ? "" : Buffer.from(before).toString()}${one.line}\n`);
  }
}

describe("checks that are kept", () => {
  test("give whatever happens between them what a new check gives", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(event, { maxLength: 3 }), { minLength: 1, maxLength: 5 }), async (rounds) => {
        const host = hostOf(texts);
        const checks = new KeptChecks();
        for (const events of [[], ...rounds]) {
          for (const one of events) happen(host, one);
          expect((await checks.check(host, root)).checked).toEqual(await freshly(host));
        }
      }),
      { numRuns: propertyRuns(8) },
    );
  });

  test("take nothing over and read nothing where nothing changed", async () => {
    const host = hostOf(texts);
    host.clock.advance(60_000);
    const checks = new KeptChecks();
    const first = await checks.check(host, root);
    const read: string[] = [];
    const files = host.files.readText.bind(host.files);
    host.files.readText = (path, most) => (read.push(path), files(path, most));
    const again = await checks.check(host, root);
    expect(again.checked).toBe(first.checked);
    expect(read).toEqual([]);
    const links = "docs/BRD/BRD-090_links.md";
    host.files.put(`${root}/${links}`, `${texts[links]}Words.\n`);
    await checks.check(host, root);
    const known = new Set(Object.keys(texts).map((path) => `${root}/${path}`));
    expect(read.filter((path) => known.has(path))).toEqual([`${root}/${links}`]);
  });

  test("notice a change that leaves size and time as they were", async () => {
    const host = hostOf({ "docs/BRD/BRD-001_needs.md": "# BRD-001: Needs\n\n[a](#one)\n\n## One\n" });
    const checks = new KeptChecks();
    expect((await checks.check(host, root)).checked.result.findings.map(({ rule }) => rule)).not.toContain(
      "link/anchor-missing",
    );
    const path = `${root}/docs/BRD/BRD-001_needs.md`;
    const stat = host.files.stat.bind(host.files);
    const before = stat(path);
    host.files.put(path, "# BRD-001: Needs\n\n[a](#ten)\n\n## One\n");
    host.files.stat = (asked) => (asked === path ? before : stat(asked));
    expect((await checks.check(host, root)).checked.result.findings.map(({ rule }) => rule)).toContain(
      "link/anchor-missing",
    );
  });

  test("take turns, and a failure keeps nobody waiting", async () => {
    const host = hostOf(texts);
    const checks = new KeptChecks();
    const none = checks.check(host, "/work/nowhere");
    const [one, other] = await Promise.all([checks.check(host, root), checks.check(host, root)]);
    await expect(none).rejects.toMatchObject({ code: "usage/arguments" });
    expect(one.checked).toEqual(other.checked);
  });
});
