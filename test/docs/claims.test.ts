import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readClaimText } from "#plan/claims/claim-text";
import { repository } from "../support/page-reader.ts";

interface Row {
  readonly sentence: string;
  /** The claim as the page writes it, or a dash. */
  readonly claim: string;
}

/** Rows of the tables of a page whose head is "sentence | claim". */
function rowsOf(page: string): readonly Row[] {
  const lines = readFileSync(join(repository, page), "utf8").split("\n");
  return lines.flatMap((line, index) => {
    if (line !== "| sentence | claim |") return [];
    const after = lines.slice(index + 2);
    const end = after.findIndex((row) => !row.startsWith("|"));
    return after.slice(0, end).map((row) => {
      const [, sentence = "", claim = ""] = /^\| (.*) \| (.*) \|$/.exec(row) ?? [];
      return { sentence, claim: claim.replace(/^`(.*)`$/, "$1") };
    });
  });
}

const home = mkdtempSync(join(realpathSync(tmpdir()), "iplan-claims-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What the program makes of sentences, as outcomes of a step that runs the usual tools. */
function claimsMade(sentences: readonly string[]): readonly (readonly unknown[])[] {
  const folder = join(home, "docs/IPLAN");
  mkdirSync(folder, { recursive: true });
  const tools = ["node --version", "npx eslint .", "npx tsc --noEmit", "npm test", "npm audit"];
  const scripts = ["npm run build", "node check.js", `python3 -c "import requests"`, "git commit -m done"];
  const commands = [...tools, ...scripts];
  const outcomes = sentences.map((sentence) => `- ${sentence}`);
  const text = [
    "# IPLAN-001: Claims",
    "",
    "## Execution Steps",
    "",
    "**Step 1: All**",
    "",
    "<!-- iplan: background -->",
    "```bash",
    "node server.js",
    "```",
    "",
    "Verification:",
    "",
    "```bash",
    ...commands,
    "```",
    "",
    "Expected outcome:",
    "",
    ...outcomes,
    "",
    "## Technical Details",
    "",
    "### File Structure",
    "",
    "```",
    "src/",
    "└── a.js",
    "```",
    "",
  ];
  writeFileSync(join(folder, "IPLAN-001_claims_20261120_101500.md"), text.join("\n"));
  const { stdout } = spawnSync(process.execPath, [join(repository, "dist/iplan.js"), "show", "IPLAN-001", "--json"], {
    cwd: home,
    encoding: "utf8",
  });
  const shown = JSON.parse(stdout) as {
    data: { plan: { steps: { outcomes: { text: string; claim?: unknown }[] }[] } };
  };
  return (shown.data.plan.steps[0]?.outcomes ?? []).map(({ claim }) => (claim === undefined ? [] : [claim].flat()));
}

const pages = ["README.md", "docs/guide/writing-a-plan.md", "docs/reference/claims.md"];

describe.each(pages)("the sentences in %s", (page) => {
  const rows = rowsOf(page);
  const made = claimsMade(rows.map((row) => row.sentence));

  it("are many, and each was read", () => {
    expect(rows.length).toBeGreaterThan(5);
    expect(made).toHaveLength(rows.length);
  });

  it.each(rows.map((row, index) => ({ ...row, index })))("$sentence → $claim", ({ claim, index }) => {
    const wanted = claim === "–" ? { claims: [] } : readClaimText(claim);
    expect(wanted).not.toHaveProperty("problem");
    expect(made[index]).toEqual(wanted.claims);
  });
});
