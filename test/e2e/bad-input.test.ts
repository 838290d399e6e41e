import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CliWorld, createCliWorld, dataOf, envelopeOf } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";
import { hasShared, sharedPath } from "../support/shared.ts";

const good = planDocument([{ run: "mkdir -p build", verify: "test -d build" }]);

/** Commands that name a document, with what else they need. */
const naming: readonly (readonly string[])[] = [
  ["show"],
  ["run"],
  ["verify"],
  ["status"],
  ["next"],
  ["trust"],
  ["note", "a thought"],
  ["sign", "step:1", "--reason", "seen"],
];

function callOn(world: CliWorld, [command = "", ...rest]: readonly string[], document: string) {
  return world.iplan([command, document, ...rest]);
}

describe("an empty file", () => {
  const world = createCliWorld({ "empty.md": "", [planPath()]: "" });

  test("is a finding for check", () => {
    const { exitCode, findings } = envelopeOf(world.iplan(["check", "empty.md", "--json"]));
    expect(exitCode).toBe(1);
    expect(findings.map((finding) => finding.rule)).toEqual(["document/empty"]);
  });

  test.each(naming)("is no plan for %s", (...words) => {
    const result = callOn(world, words, "empty.md");
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("empty.md is empty.");
    expect(result.stdout).toBe("");
  });

  test.each([
    ["run"],
    ["verify"],
    ["next"],
    ["status"],
    ["trust"],
  ])("named as a plan has nothing in it for %s, and that is no success", (command) =>
    expect(world.iplan([command, "IPLAN-001"]).code).toBe(3));
});

describe("a directory", () => {
  const world = createCliWorld({ [planPath()]: good });
  mkdirSync(join(world.root, "folder"));

  test("with documents is checked", () => expect(world.iplan(["check", "docs", "--json"]).code).toBe(0));
  test("without documents was not checked", () => expect(world.iplan(["check", "folder"]).code).toBe(3));
  test.each(naming.slice(0, 2))("is no plan for %s", (...words) => {
    const result = callOn(world, words, "docs");
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("docs is a directory, not a plan.");
  });
});

describe("a binary file", () => {
  const bytes = new Uint8Array(5000).map((_, index) => (index * 7919) % 256);
  const world = createCliWorld({ "picture.md": bytes });

  test("is a finding for check", () => {
    const { exitCode, findings } = envelopeOf(world.iplan(["check", "picture.md", "--json"]));
    expect(exitCode).toBe(1);
    expect(findings.map((finding) => finding.rule)).toEqual(["encoding/not-text"]);
  });

  test.each(naming.slice(0, 2))("is no plan for %s, and nothing of it reaches the terminal", (...words) => {
    const result = callOn(world, words, "picture.md");
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("picture.md is no plan");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(result.stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
  });
});

describe("a file of 50 MB", () => {
  const big = new Uint8Array(50 * 1024 * 1024).fill(97);
  const world = createCliWorld({ "notes.md": big, [planPath("IPLAN-009", "big")]: big, [planPath()]: good });

  test("is a finding, and the rest is checked", () => {
    const { exitCode, findings, data } = envelopeOf(world.iplan(["check", "--json"]));
    expect(exitCode).toBe(1);
    expect(findings.filter((finding) => finding.path.includes("009")).map((finding) => finding.rule)).toEqual([
      "document/unreadable",
    ]);
    expect(data).toMatchObject({
      summary: { documents: 2 },
      scores: [{ id: "IPLAN-001" }, { id: "IPLAN-009", score: 0, plan: true }],
    });
  });

  test("is not read when it is named, and the message says what to do", () => {
    for (const name of ["notes.md", "IPLAN-009"]) {
      const result = world.iplan(["run", name]);
      expect(result.code).toBe(2);
      expect(result.stderr).toContain("50 MB; documents above 20 MB are not read.");
      expect(result.stderr).toContain("Split it");
    }
  });

  test("is a row that says so, and keeps no other plan away", () => {
    const result = world.iplan(["status"]);
    expect(result.code).toBe(2);
    expect(result.stdout).toContain("IPLAN-001  A small plan");
    expect(result.stdout).toContain("50 MB; documents above 20 MB are not read.");
    expect(world.iplan(["next"]).stdout).toContain("IPLAN-001 step:1");
    expect(world.iplan(["show", "IPLAN-001"]).code).toBe(0);
  });
});

describe.skipIf(process.getuid?.() === 0)("a file nobody may read", () => {
  test("is a finding, and the rest is checked", () => {
    const world = createCliWorld({ [planPath()]: good, [planPath("IPLAN-002")]: good });
    chmodSync(join(world.root, planPath("IPLAN-002")), 0);
    const { findings } = envelopeOf(world.iplan(["check", "--json"]));
    expect(findings.map((finding) => finding.rule)).toContain("document/unreadable");
    expect(world.iplan(["status"]).stdout).toContain("IPLAN-001");
  });
});

describe("a workspace without a plan", () => {
  const world = createCliWorld();
  test.each([["check"], ["status"], ["next"]])("is nothing that %s could look at", (command) => {
    const result = world.iplan([command]);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(world.root);
  });

  test("says how to begin", () => {
    const result = world.iplan([]);
    expect(result.code).toBe(0);
    expect(result.stdout).toContain("iplan new iplan --title");
  });

  test("names the plan that is missing", () => {
    for (const command of ["run", "verify", "show", "trust", "status", "next", "check"]) {
      const result = world.iplan([command, "IPLAN-404"]);
      expect(result.code).toBe(2);
      expect(result.stderr).toContain("There is no plan IPLAN-404");
    }
    expect(world.iplan(["check", "BRD-404"]).code).toBe(3);
    expect(world.iplan(["check", "docs/nothing.md"]).code).toBe(3);
  });
});

describe("two plans with one id", () => {
  const world = createCliWorld({ [planPath("IPLAN-001", "one")]: good, [planPath("IPLAN-001", "two")]: good });

  test("are a finding in both", () => {
    const { findings, exitCode } = envelopeOf(world.iplan(["check", "--json"]));
    expect(exitCode).toBe(1);
    expect(findings.filter((finding) => finding.rule === "document/duplicate-id")).toHaveLength(2);
  });

  test("cannot be told apart by the id, and the message names both", () => {
    for (const command of ["run", "show", "trust", "verify", "status", "next"]) {
      const result = world.iplan([command, "IPLAN-001"]);
      expect(result.code).toBe(2);
      expect(result.stderr).toContain(planPath("IPLAN-001", "one"));
      expect(result.stderr).toContain(planPath("IPLAN-001", "two"));
    }
  });

  test("are both shown by status, and can be named by path", () => {
    expect((dataOf(world.iplan(["status", "--json"])) as { plans: unknown[] }).plans).toHaveLength(2);
    expect(world.iplan(["show", planPath("IPLAN-001", "two")]).code).toBe(0);
  });
});

/** What a template must not do, whether it is the wounded fixture or the seed. */
function expectRefused(world: CliWorld, path: string): void {
  const { exitCode, findings, data } = envelopeOf(world.iplan(["check", path, "--json"]));
  expect(exitCode).toBe(1);
  const rules = new Set(findings.map((finding) => finding.rule));
  for (const rule of ["encoding/wrongly-decoded", "encoding/blind-replacement", "plan/verdict-before-fact"])
    expect([...rules]).toContain(rule);
  expect([...rules].some((rule) => ["plan/placeholder-in-command", "document/template-text"].includes(rule))).toBe(
    true,
  );
  expect((data as { scores: { score: number }[] }).scores[0]?.score).toBeLessThan(90);
  const before = readFileSync(join(world.root, path));
  const result = world.iplan(["run", path, `--trust=${"0".repeat(64)}`]);
  expect(result.code).toBe(2);
  expect(result.stderr).toMatch(/\(run\/(?:template|placeholders|syntax)\)/);
  expect(readFileSync(join(world.root, path)).equals(before)).toBe(true);
  expect(world.exists(".iplan")).toBe(false);
}

describe("a wounded template", () => {
  test("of our own has its findings, and run refuses it", () => {
    const path = "docs/IPLAN/IPLAN-TEMPLATE.md";
    expectRefused(createCliWorld({ [path]: woundedTemplate }), path);
  });

  test.skipIf(!hasShared)("as it came has its findings, and run refuses it", () => {
    const path = "docs/IPLAN/IPLAN-TEMPLATE.md";
    expectRefused(createCliWorld({ [path]: readFileSync(sharedPath("seed/IPLAN-TEMPLATE.md")) }), path);
  });

  test("is passed over by walks", () => {
    const world = createCliWorld({ "docs/IPLAN/IPLAN-TEMPLATE.md": woundedTemplate });
    expect(world.iplan(["check"]).code).toBe(3);
    expect(world.iplan(["status"]).code).toBe(3);
  });

  test("is healed where the result is certain, byte for byte elsewhere, and twice is once", () => {
    const world = createCliWorld({ "docs/IPLAN/IPLAN-TEMPLATE.md": woundedTemplate });
    const before = woundedTemplate;
    world.iplan(["check", "docs/IPLAN/IPLAN-TEMPLATE.md", "--fix"]);
    const healed = world.read("docs/IPLAN/IPLAN-TEMPLATE.md");
    expect(healed).toContain("✅ 95%");
    expect(healed).toContain("SECTION");
    expect(healed).not.toContain("‚");
    const cured = before.replaceAll("‚úÖ", "✅").replaceAll("‚â•", "≥").replaceAll("regulatoryTION", "SECTION");
    expect(healed).toBe(cured);
    expect(dataOf(world.iplan(["check", "docs/IPLAN/IPLAN-TEMPLATE.md", "--fix", "--json"]))).toMatchObject({
      fixed: [],
    });
  });
});

const woundedTemplate: string = planDocument(
  [{ run: "cd [/path/to/project]\nrm -rf build", verify: 'test -d src && echo "‚úÖ Done"' }],
  {
    id: "IPLAN-NNN",
    title: "[Name of the plan]",
    more: [
      "## Traceability Tags",
      "",
      "| Tag | Value |",
      "|---|---|",
      "| @sys | SYS-NNN:regulatoryTION-3.1 |",
      "",
      "## Success Criteria",
      "",
      "- [x] Tests pass: ‚úÖ 95% (target: ‚â•90%)",
      "",
    ].join("\n"),
  },
);

describe("blocks that cannot be read to their end", () => {
  const fence = `${good.replace("### Execution Steps", "### Execution Steps\n")}\n**Step 2: More** (TASK-1.1)\n\n\`\`\`bash\ntouch two\n`;
  const heredoc = planDocument([{ run: "cat > a.txt <<EOF\nnever ended", verify: "test -s a.txt" }]);
  const syntax = planDocument([{ run: "if true; then touch a.txt", verify: "test -e a.txt" }]);
  test.each([
    ["an unterminated fence", fence, "document/unclosed-fence"],
    ["an unterminated here-document", heredoc, "plan/unterminated-heredoc"],
    ["a syntax error", syntax, "plan/bash-syntax"],
  ])("%s is a finding, and nothing of the plan runs", (_name, text, rule) => {
    const world = createCliWorld({ [planPath()]: text });
    const { findings } = envelopeOf(world.iplan(["check", "--json"]));
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    world.approve("IPLAN-001");
    const result = world.iplan(["run", "IPLAN-001"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("(run/syntax)");
    expect(result.stderr).toMatch(/line \d+|:\d+/);
    expect(["a.txt", "two", "build"].filter((path) => world.exists(path))).toEqual([]);
    expect(world.read(planPath())).toBe(text);
  });
});

describe("a step of prose alone", () => {
  const text = planDocument([{ run: "touch one", verify: "test -e one" }, { title: "Ask around" }]);
  const world = createCliWorld({ [planPath()]: text });

  test("is work for people: the run does its part and stops there with 4", () => {
    world.approve("IPLAN-001");
    const result = world.iplan(["run", "IPLAN-001"]);
    expect(result.code).toBe(4);
    expect(result.stdout).toContain("handoff");
    expect(world.exists("one")).toBe(true);
    expect(world.read(planPath())).toContain("- [x] **TASK-1.1**");
    expect(world.read(planPath())).toContain("- [ ] **TASK-1.2**");
  });

  test("is what next hands over, and a signature settles it", () => {
    expect(world.iplan(["next", "IPLAN-001"]).stdout).toContain("Think about it.");
    expect(world.iplan(["sign", "IPLAN-001", "2", "--reason", "asked them"]).code).toBe(0);
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(world.read(planPath())).toContain("- [x] **TASK-1.2**");
  });
});

describe("a document that changes underneath", () => {
  test("is not overwritten: what was written meanwhile stays, and its boxes are ticked in the new text", () => {
    const edit = `sed -i 's/that a plan run[s]/Edited while it ran/' ${planPath()}`;
    const world = createCliWorld({
      [planPath()]: planDocument([{ run: edit, verify: `grep -q Edited ${planPath()}` }]),
    });
    world.approve("IPLAN-001");
    expect(world.iplan(["run", "IPLAN-001"]).code).toBe(0);
    expect(world.read(planPath())).toContain("Edited while it ran.");
    expect(world.read(planPath())).toContain("- [x] **TASK-1.1**");
  });

  test("by a link in its place is not written through", () => {
    const world = createCliWorld();
    const target = join(world.outside, "plan.md");
    const swap = `mv ${planPath()} ${target} && ln -s ${target} ${planPath()}`;
    const text = planDocument([{ run: swap, verify: `test -L ${planPath()}` }]);
    world.write(planPath(), text);
    world.approve("IPLAN-001");
    const result = world.iplan(["run", "IPLAN-001", "--allow=outside"]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain("The run is recorded");
    expect(readFileSync(target, "utf8")).toBe(text);
  });

  test("that is a link out of the workspace from the start is not opened as a plan", () => {
    const world = createCliWorld();
    symlinkSync("/etc/hostname", join(world.root, "docs", "IPLAN-001_x_20260101_000000.md"));
    expect(world.iplan(["status"]).code).toBe(3);
    expect(world.iplan(["show", "docs/IPLAN-001_x_20260101_000000.md"]).stderr).toContain("outside the workspace");
  });
});
