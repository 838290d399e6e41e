import type { Tag } from "#model/plan";
import type { PhaseUnit, PlannedCommand, StepUnit, TaskUnit, UnderstoodPlan } from "#model/understanding";
import type { NextUnit } from "./next.ts";

/** What is known beside plan and standing: the last failure and where the work goes on. */
export interface PacketFacts {
  /** Last lines of the output of the last failed attempt. */
  readonly failure?: { readonly reason: string; readonly lines: readonly string[] };
  /** What was noted of this plan or unit, newest last. */
  readonly notes?: readonly string[];
  /** How a reader names the plan on the command line. */
  readonly plan: string;
}

/** What an assistant or a person is handed: the one unit, small, sufficient, most useful first. */
export interface Packet {
  readonly plan: string;
  readonly unit: { readonly kind: NextUnit["kind"]; readonly id: string; readonly title: string };
  readonly brief: string;
  readonly commands: readonly string[];
  readonly verification: readonly string[];
  readonly files: readonly string[];
  readonly context: readonly string[];
  /** Size of the whole packet as text, estimated at four bytes a token. */
  readonly tokens: number;
  /** Parts left out for size, as the commands that fetch them. */
  readonly more: readonly string[];
}

const bytesPerToken = 4;

/** Builds the packet of a unit within a number of tokens: what does not fit is cut at line borders and named. */
export function createPacket(
  understood: UnderstoodPlan,
  unit: NextUnit,
  facts: PacketFacts,
  maxTokens: number,
): Packet {
  const full = fullPacket(understood, unit, facts);
  // Why: the shares sum to 0.85, the rest is names, keys and the brief.
  const room = Math.max(60, maxTokens) * bytesPerToken;
  const commands = cutTexts(full.commands, room * 0.4);
  const verification = cutTexts(full.verification, room * 0.2);
  const context = cutLines(full.context, room * 0.2);
  const files = cutLines(full.files, room * 0.05);
  const wasCut = [commands, verification, context, files].some((part) => part.cut);
  const packet = {
    ...full,
    brief: cutText(full.brief, room * 0.1).text,
    commands: commands.texts,
    verification: verification.texts,
    context: context.texts,
    files: files.texts,
    more: wasCut ? [`iplan show ${facts.plan}${unit.kind === "step" ? ` ${unit.step.number}` : ""}`] : [],
  };
  return { ...packet, tokens: tokensOf(packet) };
}

/** Tokens of a value's JSON text, estimated. */
export function tokensOf(value: unknown): number {
  return Math.ceil(new TextEncoder().encode(JSON.stringify(value)).length / bytesPerToken);
}

type FullPacket = Omit<Packet, "tokens" | "more">;

function fullPacket(understood: UnderstoodPlan, unit: NextUnit, facts: PacketFacts): FullPacket {
  if (unit.kind === "step")
    return stepPacket(understood, unit.step, unit.standing.reason, unit.standing.verdict, facts);
  if (unit.kind === "task") return taskPacket(understood, unit.task, unit.standing.reason, facts);
  return {
    plan: understood.id,
    unit: { kind: "signature", id: unit.key, title: unit.title },
    brief: `A person has to judge this and sign: iplan sign ${facts.plan} ${unit.key} --reason "…"${unit.more > 0 ? ` (${unit.more} more wait for a signature)` : ""}`,
    commands: [],
    verification: [],
    files: [],
    context: [],
  };
}

function stepPacket(
  understood: UnderstoodPlan,
  step: StepUnit,
  why: string,
  verdict: string,
  facts: PacketFacts,
): FullPacket {
  const commandsOf = (role: PlannedCommand["role"]) =>
    step.blocks.filter((block) => block.role === role).map((block) => block.block.text);
  const tasks = tasksOf(understood, step);
  return {
    plan: understood.id,
    unit: { kind: "step", id: step.key, title: step.title },
    brief: stepBrief(step, verdict, why, facts),
    commands: commandsOf("action"),
    verification: commandsOf("verification"),
    files: [...new Set([...step.files, ...tasks.flatMap((task) => task.task.files.map((file) => file.text))])],
    context: [
      ...recordLines(facts),
      ...step.step.prose.map((part) => part.text),
      ...step.outcomes.map(
        (outcome) => `expected: ${outcome.text}${outcome.claims.length > 0 ? "" : " (a person judges)"}`,
      ),
      ...tasks.map(taskLine),
      ...servedTags(understood.plan.tags),
    ],
  };
}

function stepBrief(step: StepUnit, verdict: string, why: string, facts: PacketFacts): string {
  const state = verdict === "pending" ? "not run yet" : `${verdict}: ${why}`;
  if (step.handoff === undefined) return `Step ${step.number} is ${state}. Run it with: iplan run ${facts.plan}`;
  return `Step ${step.number} is work for a person or an assistant: ${step.handoff}. When it is done: ${settlingCommand(step, facts.plan)}`;
}

/** The command that settles a step of work for people: its own checks where it has any, else a person's signature. */
export function settlingCommand(step: StepUnit, plan: string): string {
  const isProvable = step.blocks.length > 0 || step.outcomes.some((outcome) => outcome.claims.length > 0);
  return isProvable ? `iplan verify ${plan} ${step.number}` : `iplan sign ${plan} ${step.key} --reason "…"`;
}

function taskPacket(understood: UnderstoodPlan, task: TaskUnit, why: string, facts: PacketFacts): FullPacket {
  return {
    plan: understood.id,
    unit: { kind: "task", id: task.id, title: task.task.name },
    brief: `${task.id} is open: ${why}. When it is done: iplan verify ${facts.plan} ${task.id}`,
    commands: [],
    verification: task.blocks.map((block) => block.block.text),
    files: task.task.files.map((file) => file.text),
    context: [
      ...recordLines(facts),
      ...task.task.details.map((detail) => detail.text),
      ...servedTags(understood.plan.tags),
    ],
  };
}

function tasksOf(understood: UnderstoodPlan, step: StepUnit): TaskUnit[] {
  const ids = new Set(step.ties.map((tie) => tie.task));
  return understood.phases.flatMap((phase: PhaseUnit) => phase.tasks.filter((task) => ids.has(task.id)));
}

function taskLine(task: TaskUnit): string {
  const verify = task.task.verify.map((entry) => entry.text).join("; ");
  return `serves ${task.id}: ${task.task.name}${verify === "" ? "" : ` (verify: ${verify})`}`;
}

/** What is recorded: the notes, then the last failure. */
function recordLines(facts: PacketFacts): string[] {
  const notes = (facts.notes ?? []).map((note) => `noted: ${note}`);
  if (facts.failure === undefined) return notes;
  return [...notes, `last failure: ${facts.failure.reason}`, ...facts.failure.lines.map((line) => `  ${line}`)];
}

function servedTags(tags: readonly Tag[]): string[] {
  const live = tags.filter((tag) => tag.live && tag.document !== undefined);
  const names = [
    ...new Set(live.map((tag) => (tag.element === undefined ? tag.document : `${tag.document}:${tag.element}`))),
  ];
  return names.length === 0 ? [] : [`traces to: ${names.join(", ")}`];
}

function cutLines(lines: readonly string[], bytes: number): { texts: string[]; cut: boolean } {
  const texts: string[] = [];
  let used = 0;
  for (const line of lines) {
    used += line.length + 4;
    if (used > bytes) return { texts, cut: true };
    texts.push(line);
  }
  return { texts, cut: false };
}

function cutTexts(texts: readonly string[], bytes: number): { texts: string[]; cut: boolean } {
  const share = bytes / Math.max(1, texts.length);
  const cut = texts.map((text) => cutText(text, share));
  return { texts: cut.map((part) => part.text), cut: cut.some((part) => part.cut) };
}

function cutText(text: string, bytes: number): { text: string; cut: boolean } {
  if (text.length <= bytes) return { text, cut: false };
  const lines = text.split("\n");
  const kept = cutLines(lines, bytes - 20).texts;
  const first = kept.length === 0 ? [`${text.slice(0, Math.max(10, Math.floor(bytes - 24)))}…`] : kept;
  return { text: [...first, `… ${lines.length - kept.length} more lines`].join("\n"), cut: true };
}
