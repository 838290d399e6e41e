import { hasPassed } from "#journal/replay";
import type { ClaimResult, CommandResult, Evidence, OutputReading, ShellExit, Verdict } from "#model/run";
import type { UnderstoodBlock } from "#model/understanding";
import { everyCommand } from "#plan/shell/every-command";

/** A block that ran, with what is known of it. */
export interface RanBlock {
  readonly block: UnderstoodBlock;
  readonly evidence: Evidence;
}

/** What a step's verdict rests on. */
export interface StepFacts {
  readonly blocks: readonly RanBlock[];
  readonly claims: readonly ClaimResult[];
}

/** A verdict with its reason in one line or a few. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** The verdict of a step from what its blocks did and its claims found. The first rule that speaks decides. */
export function judge(facts: StepFacts): Judgement {
  for (const rule of rules) {
    const judgement = rule(facts);
    if (judgement !== undefined) return judgement;
  }
  return { verdict: "unverifiable", reason: missingProof(facts) };
}

type JudgeRule = (facts: StepFacts) => Judgement | undefined;

const rules: readonly JudgeRule[] = [
  interrupted,
  failedAction,
  failedStatement,
  failedTests,
  failedClaim,
  zeroTests,
  alarmed,
  cutOff,
  nothingSeen,
  masked,
  proved,
  scaffolded,
];

function interrupted({ blocks }: StepFacts): Judgement | undefined {
  const block = blocks.find((each) => each.evidence.exit?.interrupted === true);
  return block && { verdict: "unknown", reason: `its ${block.evidence.role} was interrupted` };
}

function failedAction({ blocks }: StepFacts): Judgement | undefined {
  const block = blocks.find((each) => each.evidence.role === "action" && !hasPassed(each.evidence));
  if (block === undefined) return undefined;
  const { unready, exit } = block.evidence;
  return { verdict: "failed", reason: unready ?? `its action ${howItEnded(exit ?? {})}` };
}

function failedStatement({ blocks }: StepFacts): Judgement | undefined {
  const lines: string[] = [];
  for (const { evidence } of blocks) {
    if (evidence.role !== "verification" || hasPassed(evidence)) continue;
    if (evidence.unready !== undefined) {
      lines.push(evidence.unready);
      continue;
    }
    const failing = (evidence.commands ?? []).filter(hasFailed);
    for (const { text, exit } of failing) lines.push(`${firstLine(text)}: ${howItEnded(exit)}`);
    if (failing.length === 0) lines.push(`its verification ${howItEnded(evidence.exit ?? {})}`);
  }
  return lines.length === 0 ? undefined : { verdict: "failed", reason: lines.join("\n") };
}

function hasFailed({ exit, demanded, unreached }: CommandResult): boolean {
  return demanded !== true && unreached !== true && (exit.status !== 0 || isCut(exit));
}

function failedTests({ blocks }: StepFacts): Judgement | undefined {
  for (const { reading, isNegated } of blocks.flatMap(readingsOf)) {
    const failing = isNegated ? undefined : reading.summaries.find((summary) => summary.failed > 0);
    if (failing === undefined) continue;
    return {
      verdict: "failed",
      reason: `${failing.tool} counts ${failing.failed} failed, though the exit status is 0`,
    };
  }
  return undefined;
}

function failedClaim({ claims }: StepFacts): Judgement | undefined {
  const failed = claims.filter((claim) => !claim.holds && claim.undecided !== true);
  if (failed.length === 0) return undefined;
  return { verdict: "failed", reason: failed.map((claim) => `${firstLine(claim.text)}: ${claim.observed}`).join("\n") };
}

function zeroTests({ blocks }: StepFacts): Judgement | undefined {
  for (const { reading, isCheck } of blocks.flatMap(readingsOf)) {
    const empty = isCheck ? reading.summaries.find((summary) => summary.passed + summary.failed === 0) : undefined;
    if (empty !== undefined) return { verdict: "unverifiable", reason: `${empty.tool} ran no test` };
  }
  return undefined;
}

function alarmed({ blocks }: StepFacts): Judgement | undefined {
  for (const { reading, isRunner } of blocks.flatMap(readingsOf)) {
    const [alarm] = reading.alarms;
    const ownSummary = isRunner && reading.summaries.length > 0;
    if (alarm === undefined || ownSummary) continue;
    return { verdict: "suspect", reason: `exit status 0, but the output says: ${alarm}` };
  }
  return undefined;
}

/** Commands that prove nothing wherever they stand. */
const says = /^(?:echo|printf|true|:|exit|return|wait|cd|sleep)(?![\w-])/;

/** A check that never had its turn, because a command before it ended the shell well. */
function cutOff({ blocks }: StepFacts): Judgement | undefined {
  for (const { evidence } of blocks) {
    // Why: behind an `exit 0` nothing counts as a check any more, so only what says nothing anyway is passed over.
    const unreached = evidence.commands?.find(({ text, unreached: isLost }) => isLost === true && !says.test(text));
    if (unreached !== undefined)
      return {
        verdict: "unverifiable",
        reason: `${firstLine(unreached.text)}: the shell ended before it was its turn`,
      };
  }
  return undefined;
}

function nothingSeen({ blocks }: StepFacts): Judgement | undefined {
  const missing = blocks.flatMap(({ evidence }) => evidence.reading?.missing ?? []);
  return missing.length === 0 ? undefined : { verdict: "unverifiable", reason: missing.slice(0, 3).join("\n") };
}

/** A verification that drops the verdict it pretends to ask for is no better for what else it asks. */
function masked({ blocks }: StepFacts): Judgement | undefined {
  const lying = blocks.find(
    ({ block, evidence }) =>
      evidence.role === "verification" && block.vacuity?.kind !== "checks" && dropsVerdict(block),
  );
  const [note] = lying?.block.vacuity?.notes ?? [];
  return note && { verdict: "unverifiable", reason: `its verification cannot fail: ${note.reason}` };
}

function dropsVerdict(block: UnderstoodBlock): boolean {
  return block.vacuity?.dropsVerdict === true;
}

function proved({ blocks, claims }: StepFacts): Judgement | undefined {
  const checking = blocks.find((each) => each.evidence.role === "verification" && canFail(each.block));
  if (checking !== undefined)
    return { verdict: "verified", reason: `its verification passed: ${checkNames(checking.block)}` };
  const check = blocks.flatMap((each) =>
    each.evidence.role === "action" && !dropsVerdict(each.block) ? recognised(each.block) : [],
  )[0];
  if (check !== undefined) return { verdict: "verified", reason: `a check in its action passed: ${firstLine(check)}` };
  const held = claims.find((claim) => claim.holds);
  return held && { verdict: "verified", reason: `its outcome holds: ${firstLine(held.text)}` };
}

function scaffolded({ blocks }: StepFacts): Judgement | undefined {
  const scaffold = blocks.find((each) => each.block.role === "scaffold");
  return scaffold && { verdict: "handoff", reason: scaffold.block.why };
}

/** True when a verification holds something whose failure would have been seen. */
export function canFail(block: UnderstoodBlock): boolean {
  return block.vacuity?.kind === "checks";
}

function missingProof({ blocks }: StepFacts): string {
  const verification = blocks.find((each) => each.evidence.role === "verification");
  if (verification === undefined)
    return "no verification, no recognised check in its action, no outcome that became a claim";
  const note = verification.block.vacuity?.notes[0]?.reason;
  return `its verification cannot fail${note === undefined ? "" : `: ${note}`}`;
}

function recognised(block: UnderstoodBlock): readonly string[] {
  return block.vacuity?.recognised ?? [];
}

function checkNames(block: UnderstoodBlock): string {
  return (block.vacuity?.checks ?? []).map(firstLine).slice(0, 3).join(", ");
}

/** What the output of a block, or of each of its commands, tells. */
interface ToldReading {
  readonly reading: OutputReading;
  readonly isCheck: boolean;
  /** It belongs to a known check, whose own summary counts more than single lines. */
  readonly isRunner: boolean;
  /** Why: `! npm test` asks for failing tests, so their count says nothing against it. */
  readonly isNegated: boolean;
}

function readingsOf({ block, evidence }: RanBlock): readonly ToldReading[] {
  const { commands = [], reading } = evidence;
  const told = commands.flatMap((command, index): readonly ToldReading[] => {
    if (command.reading === undefined) return [];
    const isCheck = block.vacuity?.statements[index]?.checks === true;
    const isRunner = isCheck && recognised(block).some((text) => command.text.includes(text));
    const negated = command.demanded === true || isNegated(block, index);
    return [{ reading: command.reading, isCheck, isRunner, isNegated: negated }];
  });
  if (told.length > 0 || reading === undefined) return told;
  const isRunner = recognised(block).length > 0;
  return [{ reading, isCheck: isRunner || evidence.role === "verification", isRunner, isNegated: isNegated(block) }];
}

/** True when a command of the block, or the one at this index, asks for a failure: `! npm test`. */
function isNegated({ syntax }: UnderstoodBlock, index?: number): boolean {
  const statements = syntax?.statements.filter((_each, at) => index === undefined || at === index) ?? [];
  let negated = false;
  everyCommand({ start: 0, end: 0, statements }, (command) => {
    if (command.kind === "pipeline" && command.negated) negated = true;
  });
  return negated;
}

function isCut(exit: ShellExit): boolean {
  return exit.timedOut === true || exit.interrupted === true || exit.signal !== undefined;
}

/** How something ended, in words: `exited with status 2`, `ran out of time`, `did not run`. */
export function howItEnded(exit: ShellExit): string {
  if (exit.timedOut === true) return "ran out of time";
  if (exit.interrupted === true) return "was interrupted";
  if (exit.signal !== undefined) return `was ended by ${exit.signal}`;
  return exit.status === undefined ? "did not run" : `exited with status ${exit.status}`;
}

function firstLine(text: string): string {
  const line = text.trim().split("\n", 1)[0] ?? "";
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}
