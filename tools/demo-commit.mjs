// One chapter: a finished plan is committed with its own files, its own message and trailers, while other work lies beside it.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, environment, heading, home, json, must, say, show } from "./demo-stage.mjs";

const plan = "IPLAN-001";

const document = `# ${plan}: House rules

## Traceability Tags

@tasks: TASKS-001

## Task List

### Phase 1: Write (2 hours) - PENDING

- [ ] **TASK-1.1**: Write the rules (1 hour)
  - File: \`rules.txt\`
- [ ] **TASK-1.2**: Commit (1 hour)

## Execution Steps

**Step 1: Write the rules** (TASK-1.1)

\`\`\`bash
printf '%s\\n' 'No parcels in the hall' 'No bicycles either' > rules.txt
\`\`\`

Verification:

\`\`\`bash
test "$(wc -l < rules.txt)" -eq 2
\`\`\`

## Commit Message

\`\`\`text
Write down the house rules

Nobody remembered them.

Implements: TASKS-009
Reviewed-by: The house manager <manager@lindenhof.example>
\`\`\`

## Next Actions

- Read the rules aloud in the hall
`;

function git(workspace, ...args) {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: workspace, env: environment, encoding: "utf8" });
  must(status === 0, `git ${args.join(" ")} ended with ${status}\n${stderr}`);
  return stdout;
}

/** Runs and commits a plan beside work that is none of its own. */
export function tellCommit() {
  heading("Chapter 7: a plan ends with a commit of its own files");
  const workspace = join(home, "commit");
  mkdirSync(join(workspace, "docs"), { recursive: true });
  const write = (path, text) => writeFileSync(join(workspace, path), text);
  write("iplan.config.yaml", "docs: docs\n");
  write("docs/IPLAN-001_house_rules_20260101_090000.md", document);
  write("docs/TASKS-001_house.md", "# TASKS-001: House\n\n### Phase 1: Rules\n");
  write("README.md", "# House\n");
  git(workspace, "init", "--quiet", "--initial-branch=main");
  git(workspace, "config", "user.name", "Demo");
  git(workspace, "config", "user.email", "demo@example.org");
  git(workspace, "add", "--all");
  git(workspace, "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "Documents");
  git(workspace, "config", "commit.gpgsign", "false");
  write("README.md", "# House\n\nHalf a thought\n");
  const { data } = json(workspace, ["trust", plan]);
  must(show(workspace, ["run", plan, `--trust=${data.sha256}`], 12) === 4, "the commit must be all that is left");
  say();
  must(show(workspace, ["commit", plan]) === 0, "the plan was not committed");
  command("git show --stat");
  const shown = git(workspace, "show", "--stat=72", "--format=%B");
  say(shown.trimEnd());
  must(shown.includes("Implements: TASKS-001\nIPLAN: IPLAN-001\nReviewed-by: The house"), "the trailers are wrong");
  must(!shown.includes("README.md"), "work that is none of the plan's was committed");
  must(git(workspace, "diff", "--name-only").includes("README.md"), "work that is none of the plan's is gone");
  const [row] = json(workspace, ["status", plan]).data.plans;
  must(row.verdict === "verified" && row.completion.committed !== undefined, "the plan is not verified and committed");
  must(readFileSync(join(workspace, "rules.txt"), "utf8").includes("bicycles"), "the rules are gone");
}
