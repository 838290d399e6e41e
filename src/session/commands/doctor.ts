import { receiptPath } from "#author/receipt";
import { type ExitCode, IplanError } from "#model/errors";
import { oneLine } from "#render/escape";
import { foldedColumns } from "#render/layout";
import { type CommandContext, type CommandHandler, option } from "../command.ts";
import { type PlanView, readReceipt, viewPlan } from "../plan-view.ts";
import { findPlan, readPlans } from "../plans.ts";
import { configFileName } from "../config.ts";
import { distrustOf } from "../distrusted.ts";
import { openSession, type Session } from "../session.ts";
import { setupStanding } from "../setup/setup-standing.ts";

/** One thing that was looked at. */
interface Examination {
  readonly subject: string;
  readonly state: "ok" | "note" | "problem";
  readonly finding: string;
  /** What to do about it. */
  readonly cure?: string;
}

const glyphs: Readonly<Record<Examination["state"], string>> = { ok: "✓", note: "·", problem: "✗" };

/** `iplan doctor`: what is installed, found, stale or broken, and what to do. Runs nothing of a plan. */
export const doctor: CommandHandler = async (context, input) => {
  const examinations = [...(await machine(context))];
  const session = await workspace(context, examinations);
  if (session !== undefined) {
    await plans(session, examinations);
    const named = option(input, "plan");
    if (named !== undefined) examinations.push(...(await prerequisites(session, named)));
  }
  return {
    kind: "doctor",
    exitCode: exitCodeOf(examinations),
    data: { examinations },
    page: () => page(context, examinations),
  };
};

/** Why: without its shell the program cannot do what it is for, which is more than something to mend. */
function exitCodeOf(examinations: readonly Examination[]): ExitCode {
  const problems = examinations.filter((entry) => entry.state === "problem");
  if (problems.some((entry) => entry.subject === "bash")) return 2;
  return problems.length > 0 ? 1 : 0;
}

function page(context: CommandContext, examinations: readonly Examination[]): string {
  const { paint, width } = context;
  const tone = { ok: paint.green, note: paint.dim, problem: paint.red };
  const rows = examinations.map((entry) => [
    tone[entry.state](glyphs[entry.state]),
    oneLine(entry.subject, 30),
    oneLine(entry.finding, 400),
  ]);
  const cures = examinations.flatMap((entry) =>
    entry.cure === undefined ? [] : [`  ${oneLine(entry.subject, 30)}: ${oneLine(entry.cure, 400)}\n`],
  );
  return `${foldedColumns(rows, "", width)}${cures.length === 0 ? "" : `\n${paint.bold("what to do")}\n${cures.join("")}`}`;
}

async function machine(context: CommandContext): Promise<Examination[]> {
  const { host } = context;
  const found: Examination[] = [{ subject: "iplan", state: "ok", finding: host.version }];
  try {
    const session = await host.shell.open({});
    await session.close();
    const path = host.machine.which("bash");
    const version = path === undefined ? undefined : await host.machine.version(path, ["--version"]);
    found.push({ subject: "bash", state: "ok", finding: version?.split("\n")[0] ?? "5 or later" });
  } catch (error) {
    found.push(problemOf("bash", error));
  }
  found.push(gitOf(context));
  found.push({ subject: "actor", state: "ok", finding: `${context.actor.name} (${context.actor.kind})` });
  return found;
}

function gitOf({ host, cwd }: CommandContext): Examination {
  const path = host.machine.which("git");
  if (path === undefined) {
    const cure = "Install git to have commits recorded with the evidence.";
    return { subject: "git", state: "note", finding: "not found", cure };
  }
  const distrust = distrustOf(host, cwd);
  if (distrust === undefined) return { subject: "git", state: "ok", finding: path };
  return { subject: "git", state: "note", finding: distrust.message, cure: distrust.cure };
}

function problemOf(subject: string, error: unknown): Examination {
  if (error instanceof IplanError) return { subject, state: "problem", finding: error.message, cure: error.cure };
  throw error;
}

async function workspace(context: CommandContext, found: Examination[]): Promise<Session | undefined> {
  try {
    const session = await openSession(context.host, context.cwd);
    found.push({ subject: "workspace", state: "ok", finding: session.root });
    found.push(configuration(session), documents(session), setup(session));
    const trust = session.host.trust(session.root);
    const key = trust.key({ create: false });
    found.push({
      subject: "workspace key",
      state: key === undefined ? "note" : "ok",
      finding: key === undefined ? "none yet; made at the first run" : `kept in ${trust.stateDirectory()}`,
    });
    return session;
  } catch (error) {
    found.push(problemOf("workspace", error));
    return undefined;
  }
}

function configuration(session: Session): Examination {
  const { file, read, profile } = session.settings;
  const problems = [...read.problems, ...profile.problems];
  if (problems.length > 0) {
    const causes = new Set(problems.map(({ cause }, index) => cause ?? index));
    const finding = `${causes.size} to mend: ${problems[0]?.message ?? ""}`;
    return { subject: configFileName, state: "problem", finding, cure: "iplan check shows each with its place." };
  }
  const name = `profile ${session.profile.name}`;
  if (file === undefined)
    return { subject: configFileName, state: "note", finding: `not there; ${name}, everything else by default` };
  return { subject: configFileName, state: "ok", finding: name };
}

/** What `init` wrote, and whether it would write the same today. */
function setup({ host, root }: Session): Examination {
  const { current, stale, changed, broken } = setupStanding(host, root);
  const subject = "setup";
  const repair = "iplan init brings it up to date; --dry-run shows it first.";
  if (broken.length > 0)
    return { subject, state: "problem", finding: broken.join("; "), cure: "Mend it, then: iplan init" };
  if (stale.length > 0) return { subject, state: "note", finding: `out of date: ${stale.join(", ")}`, cure: repair };
  const byHand = changed.length === 0 ? "" : `; changed by hand: ${changed.join(", ")}`;
  if (current.length > 0) return { subject, state: "ok", finding: `${current.join(", ")}${byHand}` };
  return { subject, state: "note", finding: `iplan init has written nothing here${byHand}` };
}

/** What walks read: where they look, what they pass over, which source files' tags count. */
function documents({ config, documents: all }: Session): Examination {
  const tags = config.sources.length === 0 ? "" : `; tags of ${config.sources.join(", ")}`;
  const passed = config.ignore.length === 0 ? "" : ` and ${config.ignore.join(", ")}`;
  return {
    subject: "documents",
    state: all().length === 0 ? "note" : "ok",
    finding: `${all().length} below ${config.docs}, without .gitignore${passed}${tags}`,
  };
}

async function plans(session: Session, found: Examination[]): Promise<void> {
  const { plans: all, unreadable } = readPlans(session);
  for (const plan of unreadable) found.push(problemOf(plan.id, plan.error));
  if (all.length + unreadable.length === 0)
    found.push({
      subject: "plans",
      state: "note",
      finding: "none found",
      cure: "iplan new iplan --title 'What you want to build'",
    });
  for (const plan of all) {
    try {
      const view = await viewPlan(session, plan);
      const foreign = view.record?.foreign ?? [];
      if (foreign.length > 0)
        found.push({
          subject: plan.id,
          state: "note",
          finding: `${foreign.length} journals of another machine lie here; they decide nothing`,
          cure: `Delete them when nobody needs them: ${foreign.join(", ")}`,
        });
      found.push(...recordDamage(view));
      const open = view.record?.open;
      if (open !== undefined)
        found.push({
          subject: plan.id,
          state: "note",
          finding: `${open} was started and has no recorded end`,
          cure: `iplan run ${plan.id} asks its verification first`,
        });
      found.push(receiptOf(session, plan.id, plan.path));
    } catch (error) {
      found.push(problemOf(plan.id, error));
    }
  }
}

/** What was done to journals of this machine, and what a receipt says that they do not. */
function recordDamage({ document: { id, path }, memory }: PlanView): readonly Examination[] {
  const damaged = (memory?.damage ?? []).map(
    (each): Examination => ({
      subject: id,
      state: "problem",
      finding: `journal damaged (${each.kind}): ${each.message}`,
      cure: each.path.includes("/.iplan/notes/")
        ? `Move it away: mv ${each.path} ${each.path}.damaged. What it signed counts by the receipt, until it is signed again.`
        : `iplan run ${id} puts it aside and asks every step its verification first; nothing is deleted.`,
    }),
  );
  const differing = (memory?.differing ?? []).map(
    (each): Examination => ({
      subject: id,
      state: "problem",
      finding: `receipt edited: ${each.unit}: ${each.reason}`,
      cure: `Restore ${receiptPath(path)} from git, or ask afresh: iplan verify --audit ${id}`,
    }),
  );
  return [...damaged, ...differing];
}

function receiptOf(session: Session, id: string, path: string): Examination {
  const receipt = readReceipt(session, path);
  if (receipt === undefined) return { subject: id, state: "ok", finding: "no receipt yet" };
  const first = receipt.problems[0];
  if (first === undefined) return { subject: id, state: "ok", finding: `receipt with ${receipt.lines.length} lines` };
  return {
    subject: id,
    state: "problem",
    finding: `receipt damaged at line ${first.line}: ${first.message}`,
    cure: `Mend or delete ${receiptPath(path)}; iplan verify ${id} writes it anew.`,
  };
}

async function prerequisites(session: Session, named: string): Promise<Examination[]> {
  const { probePrerequisites } = await import("#execute/prerequisites");
  const { unapproved } = await import("#execute/approval");
  const view = await viewPlan(session, findPlan(session, named));
  const trust = session.host.trust(session.root);
  const probes = await probePrerequisites(view.understood.plan.prerequisites, session.host, session.root, {
    versions: true,
    approved: unapproved(view.understood, view.understood.commands, trust).length === 0,
  });
  return probes.map((probe) => ({
    subject: oneLine(probe.prerequisite.name ?? probe.prerequisite.text, 30),
    state: probe.state === "met" ? "ok" : probe.state === "missing" ? "problem" : "note",
    finding: probe.observed,
    ...(probe.state === "missing"
      ? { cure: `Provide it, or mark it optional in the plan: "${oneLine(probe.prerequisite.text, 60)}"` }
      : {}),
  }));
}
