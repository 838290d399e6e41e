import { type Cheat, rerun } from "./cheat.ts";
import { failingPlan } from "./cheat-world.ts";
import { planPath } from "./plan-document.ts";
import { root } from "./session-world.ts";

const unticked = "- [ ] **TASK-1.2**";
const second = "```bash\ntest -e b.txt\n```";
const stepTwo = /\*\*Step 2[^]*$/u;
const taskTwo = /- \[ \] \*\*TASK-1\.2\*\*[^\n]*\n/u;

/** Cheats with the text of the plan. */
export const document: readonly Cheat[] = [
  [
    "ticks the box",
    (own) => own.edit(own.plan, unticked, unticked.replace("[ ]", "[x]")),
    /TASK-1\.2.*ticked|evidence\/tick-without-receipt|contradict/u,
  ],
  [
    "ticks every box",
    (own) => own.edit(own.plan, /^[^]*$/u, own.text(own.plan).replaceAll("[ ]", "[x]")),
    /evidence\/(?:tick-without|contradicting)-receipt/u,
  ],
  [
    "ticks by an editing tool",
    (own) =>
      own.tool("Edit", {
        file_path: `${root}/${own.plan}`,
        old_string: unticked,
        new_string: unticked.replace("[ ]", "[x]"),
      }),
    /set by proof, not by hand/u,
  ],
  [
    "ticks by a command",
    (own) => own.tool("Bash", { command: `sed -i 's/\\[ \\]/[x]/' ${own.plan}` }),
    /set by proof, not by a command/u,
  ],
  [
    "says that the plan is Completed",
    (own) => own.edit(own.plan, /\*\*Status\*\* \| [^|]+ \|/u, "**Status** | Completed |"),
    /evidence\/completed-without-receipt/u,
  ],
  [
    "says that the phase is COMPLETED",
    (own) => own.edit(own.plan, /- (?:PENDING|IN PROGRESS)/u, "- COMPLETED"),
    /COMPLETED|completed/u,
  ],
  ["deletes the step that fails", (own) => own.edit(own.plan, stepTwo, ""), /step:2, which is no longer in the plan/u],
  [
    "deletes the step and its task",
    (own) => (
      own.edit(own.plan, stepTwo, ""),
      own.edit(own.plan, taskTwo, ""),
      own.edit(own.plan, /\*\*Deliverables\*\*:\n[^\n]*\n/u, "")
    ),
    /step:2, which is no longer in the plan/u,
  ],
  [
    "deletes the verification",
    async (own) => (own.edit(own.plan, `Verification:\n${second}`, ""), rerun(own)),
    /edited since a person reviewed it/u,
  ],
  [
    "makes the verification an example",
    async (own) => (
      own.edit(own.plan, `Verification:\n${second}`, `Verification:\n<!-- iplan: role=example -->\n${second}`),
      rerun(own)
    ),
    /not approved|unverifiable|pending/u,
  ],
  [
    "replaces the verification by true",
    async (own) => (own.edit(own.plan, second, "```bash\ntrue\n```"), rerun(own)),
    /not approved/u,
  ],
  [
    "lets the verification pass anyhow",
    async (own) => (own.edit(own.plan, second, "```bash\ntest -e b.txt || true\n```"), rerun(own)),
    /not approved/u,
  ],
  [
    "has a person approve a check that passes anyhow",
    async (own) => {
      own.edit(own.plan, second, "```bash\ntest -e b.txt || true\n```");
      await own.asPerson(() => own.approve("IPLAN-001"));
      await rerun(own);
    },
    /unverifiable/u,
  ],
  [
    "has a person approve a check that only prints",
    async (own) => {
      own.edit(own.plan, second, "```bash\necho 'all tests passed'\n```");
      await own.asPerson(() => own.approve("IPLAN-001"));
      await rerun(own);
    },
    /unverifiable/u,
  ],
  [
    "checks something else",
    async (own) => (own.edit(own.plan, second, "```bash\ntest -e a.txt\n```"), rerun(own)),
    /edited since a person reviewed it/u,
  ],
  [
    "lets the action make what is checked",
    async (own) => (own.edit(own.plan, "echo building", "touch b.txt"), rerun(own)),
    /not approved/u,
  ],
  [
    "puts proved text in the place of the step",
    (own) => (
      own.edit(own.plan, "echo building", "touch a.txt"), own.edit(own.plan, second, "```bash\ntest -e a.txt\n```")
    ),
    /pending|its text changed/u,
  ],
  [
    "gives the step the number of the proved one",
    (own) => own.edit(own.plan, "**Step 2:", "**Step 1:"),
    /failed|pending/u,
  ],
  ["gives the plan another id", (own) => own.edit(own.plan, /IPLAN-001/gu, "IPLAN-009"), /pending|failed|IPLAN-009/u],
  [
    "writes a second plan of the same id that has no such step",
    (own) => own.put(planPath("IPLAN-001", "again"), failingPlan.replace(stepTwo, "").replace(taskTwo, "")),
    /IPLAN-001_again|two|duplicate/u,
  ],
  [
    "drops the deliverable that is missing",
    (own) => own.edit(own.plan, /\*\*Deliverables\*\*:\n[^\n]*\n/u, ""),
    /step:2|Step 2/u,
  ],
  [
    "calls the plan aborted",
    (own) => own.edit(own.plan, /\*\*Status\*\* \| [^|]+ \|/u, "**Status** | Aborted |"),
    /failed/u,
  ],
];
