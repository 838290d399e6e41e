// One chapter: the chain from business requirement to plan is checked, broken in five ways, repaired, and published.
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, heading, home, json, must, paint, root, say, show } from "./demo-stage.mjs";

const docs = join(root, "examples/parcel-locker/docs");

/** Ways to break a chain: what a hand does to a document, and the rule that must see it. */
const wounds = [
  {
    title: "a requirement is renumbered, and what names it is forgotten",
    path: "docs/SYS/SYS-001_parcel_locker.md",
    from: "### FUNC-001",
    to: "### FUNC-011",
    seen: "docs/REQ/REQ-001_deposit.md",
    rule: "trace/element-missing",
  },
  {
    title: "a tag names a document that nobody wrote",
    path: "docs/REQ/REQ-001_deposit.md",
    from: "`@adr: ADR-001",
    to: "`@adr: ADR-010",
    rule: "trace/document-missing",
  },
  {
    title: "a business requirement names its own product requirement as its source",
    path: "docs/BRD/BRD-001_parcel_handover.md",
    from: "\n## ",
    to: "\n@prd: PRD-001\n\n## ",
    rule: "trace/upward",
  },
  {
    title: "an inherited tag gets lost",
    path: "docs/REQ/REQ-003_ledger.md",
    from: /^- `@adr: .*\n/m,
    to: "",
    rule: "trace/tag-missing",
    fixed: true,
  },
  {
    title: "a tag is written by another name",
    path: "docs/TASKS/TASKS-001_parcel_locker.md",
    from: "`@ctr: ",
    to: "`@contract: ",
    rule: "tag/untidy",
    fixed: true,
  },
];

function edit(workspace, { path, from, to }) {
  const file = join(workspace, path);
  const text = readFileSync(file, "utf8");
  const changed = text.replace(from, to);
  must(changed !== text, `${path} does not hold what the demo wants to change`);
  writeFileSync(file, changed);
}

/** Rules that find something in the named document. */
function rulesOn(workspace, path) {
  const { findings } = json(workspace, ["check"]);
  return findings.filter((finding) => finding.path === path).map(({ rule }) => rule);
}

function breakAndShow(workspace) {
  for (const wound of wounds) {
    say(`\n${paint(33, "Broken:")} ${wound.title}`);
    edit(workspace, wound);
    const { seen = wound.path } = wound;
    const { findings } = json(workspace, ["check", seen]);
    const found = findings.find(({ path, rule }) => path === seen && rule === wound.rule);
    must(found !== undefined, `${wound.rule} did not find it`);
    const { message, range } = found;
    command(`iplan check ${seen}`);
    say(`${seen}:${range.start.line}:${range.start.column} ${message} ${paint(2, wound.rule)}`);
  }
}

function repair(workspace) {
  say();
  must(show(workspace, ["check", "--fix", "--dry-run"], 40) === 1, "a dry run must end as the check does");
  must(show(workspace, ["check", "--fix", "--by", "cause"], 12) === 1, "what only people can mend must still fail");
  for (const { path, seen = path, rule, fixed } of wounds) {
    const found = rulesOn(workspace, seen).includes(rule);
    must(found !== (fixed === true), `${rule} in ${seen} is ${found ? "still" : "no longer"} found`);
  }
}

/** Checks, asks, breaks, repairs and publishes the chain of the example. */
export function tellChain() {
  heading("Chapter 5: every tag leads somewhere");
  const workspace = join(home, "chain");
  cpSync(docs, join(workspace, "docs"), { recursive: true });
  writeFileSync(join(workspace, "iplan.config.yaml"), "docs: docs\n");
  must(show(workspace, ["check"], 3) === 0, "the chain is not whole");
  const { data } = json(workspace, ["check"]);
  say(`${data.summary.documents} documents, ${data.summary.tags} tags, ${data.summary.links} links\n`);
  must(show(workspace, ["trace", "REQ-003:AC-001"], 16) === 0, "the chain of one requirement is broken");
  breakAndShow(workspace);
  repair(workspace);
  must(show(workspace, ["registry"], 4) === 0, "the registry was not written");
  must(show(workspace, ["registry", "--check"], 1) === 0, "the registry is out of date");
}
