import type { Tag } from "#model/plan";
import type { PhaseUnit, PlannedCommand, StepUnit, TaskUnit, UnderstoodPlan } from "#model/understanding";
import { type CutTexts, cutEach, cutList, cutText, divide, sizeOf, sizeOfAll } from "./cut-text.ts";
import type { NextUnit } from "./next.ts";

/** What is known beside plan and standing: the last failure and where the work goes on. */
export interface PacketFacts {
  /** Last lines of the output of the last failed attempt. */
  readonly failure?: { readonly reason: string; readonly lines: readonly string[] };
  /** What the plan's Troubleshooting says of that failure. */
  readonly troubles?: readonly { readonly title: string; readonly symptom: string; readonly solution?: string }[];
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

/** Bytes kept free for the headings and fences of the packet as a page. */
const pageBytes = 240;

/** How much of what is left each part may take when all want more. */
const weights = { commands: 9, verification: 5, context: 5, files: 1 } as const;

/** Builds the packet of a unit within a number of tokens: what does not fit is cut at line borders and named. */
export function createPacket(
  understood: UnderstoodPlan,
  unit: NextUnit,
  facts: PacketFacts,
  maxTokens: number,
): Packet {
  const whole = fullPacket(understood, unit, facts);
  const bytes = maxTokens * bytesPerToken - Math.min(pageBytes, maxTokens / 4);
  const full = { ...whole, ...cutWords(whole, bytes) };
  const more = [`iplan show ${facts.plan}${unit.kind === "step" ? ` ${unit.step.number}` : ""}`];
  const frame = { ...full, commands: [], verification: [], files: [], context: [], more, tokens: maxTokens };
  const parts = ["commands", "verification", "context", "files"] as const;
  const shares = divide(
    bytes - sizeOfJson(frame),
    parts.map((part) => ({ need: sizeOfAll(full[part]), weight: weights[part] })),
  );
  const [commands, verification, context, files] = parts.map((part, index) =>
    (part === "context" || part === "files" ? cutList : cutEach)(full[part], shares[index] ?? 0),
  ) as [CutTexts, CutTexts, CutTexts, CutTexts];
  const wasCut = [commands, verification, context, files].some((part) => part.cut) || full.brief !== whole.brief;
  const packet = {
    ...full,
    commands: commands.texts,
    verification: verification.texts,
    files: files.texts,
    context: context.texts,
    more: wasCut ? more : [],
  };
  return { ...packet, tokens: tokensOf({ ...packet, tokens: maxTokens }) };
}

/** Title and brief, which carry texts of any length. */
function cutWords(full: FullPacket, bytes: number): Pick<FullPacket, "unit" | "brief"> {
  const title = cutText(full.unit.title, Math.max(60, bytes / 12));
  return { unit: { ...full.unit, title }, brief: cutBrief(full.brief, bytes / 5) };
}

/** Why: a brief ends with the command to give, which must stay whole; what is said before it may be cut. */
function cutBrief(brief: string, bytes: number): string {
  const at = brief.lastIndexOf("iplan ");
  if (at < 0 || sizeOf(brief) <= bytes) return cutText(brief, bytes);
  const lead = brief.lastIndexOf(". ", at);
  const tail = brief.slice(lead < 0 ? at : lead);
  return `${cutText(brief.slice(0, lead < 0 ? at : lead), Math.max(40, bytes - sizeOf(tail)))}${tail}`;
}

function sizeOfJson(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/** Tokens of a value's JSON text, estimated. */
export function tokensOf(value: unknown): number {
  return Math.ceil(sizeOfJson(value) / bytesPerToken);
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
  const command = stepCommand(step, verdict, facts.plan);
  if (step.handoff !== undefined)
    return `Step ${step.number} is work for a person or an assistant: ${step.handoff}. When it is done: ${settlingCommand(step, facts.plan)}`;
  if (verdict === "unverifiable")
    return `Step ${step.number} is ${state}. It ran, and a run does not repeat it. Write a verification that can fail, or look and sign: ${command}`;
  return `Step ${step.number} is ${state}. Run it with: ${command}`;
}

/** The command that goes on with a step of this verdict. */
export function stepCommand(step: StepUnit, verdict: string, plan: string): string {
  if (verdict === "handoff") return settlingCommand(step, plan);
  return verdict === "unverifiable" ? `iplan sign ${plan} ${step.key} --reason "…"` : `iplan run ${plan}`;
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

/** What is recorded: the notes, then the last failure and what the plan says of it. */
function recordLines(facts: PacketFacts): string[] {
  const notes = (facts.notes ?? []).map((note) => `noted: ${note}`);
  if (facts.failure === undefined) return notes;
  const troubles = (facts.troubles ?? []).flatMap(({ title, symptom, solution }) => [
    `troubleshooting: ${title} (symptom: ${symptom.replaceAll("\n", " ")})`,
    ...(solution === undefined ? [] : `solution: ${solution}`.split("\n").map((line) => `  ${line}`)),
  ]);
  return [
    ...notes,
    `last failure: ${facts.failure.reason}`,
    ...troubles,
    ...facts.failure.lines.map((line) => `  ${line}`),
  ];
}

/** Tags that are named, from the nearest layers; a packet is to be small. */
const mostTags = 16;

function servedTags(tags: readonly Tag[]): string[] {
  const live = tags.filter((tag) => tag.live && tag.document !== undefined);
  const names = [
    ...new Set(live.map((tag) => (tag.element === undefined ? tag.document : `${tag.document}:${tag.element}`))),
  ];
  if (names.length === 0) return [];
  const more = names.length - mostTags;
  return [`traces to: ${names.slice(-mostTags).join(", ")}${more > 0 ? `, and ${more} more` : ""}`];
}
