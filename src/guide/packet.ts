import type {
  PhaseUnit,
  PlannedCommand,
  StepUnit,
  TaskUnit,
  UnderstoodBlock,
  UnderstoodOutcome,
  UnderstoodPlan,
  UnitStanding,
} from "#model/understanding";
import { type CutTexts, cutEach, cutList, cutText, divide, sizeOf, sizeOfAll } from "./cut-text.ts";
import { keyOf, type NextUnit } from "./next.ts";

/** What is known beside plan and standing: the last failure, what the unit serves, and where the work goes on. */
export interface PacketFacts {
  /** Last lines of the output of the last failed attempt. */
  readonly failure?: { readonly reason: string; readonly lines: readonly string[] };
  /** What the plan's Troubleshooting says of that failure. */
  readonly troubles?: readonly { readonly title: string; readonly symptom: string; readonly solution?: string }[];
  /** What was noted of this plan or unit, newest last. */
  readonly notes?: readonly string[];
  /** What is different now from what the last verdict was about, a sentence each. */
  readonly changed?: readonly string[];
  /** Where the unit starts, and with which exported variables, as the work before it left them. */
  readonly start?: { readonly directory: string; readonly exported: readonly string[] };
  /** Texts of the requirements and scenarios it serves, each under its id and place, nearest first. */
  readonly requirements?: readonly string[];
  /** Texts of the decisions that bind it. */
  readonly decisions?: readonly string[];
  /** A run would begin with another step, so this one has to be named. */
  readonly only?: boolean;
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
  /** What has to hold when it is done. */
  readonly acceptance: readonly string[];
  readonly files: readonly string[];
  readonly context: readonly string[];
  readonly requirements: readonly string[];
  readonly decisions: readonly string[];
  /** Size of the whole packet as text, estimated at four bytes a token. */
  readonly tokens: number;
  /** Parts left out for size, as the commands that fetch them. */
  readonly more: readonly string[];
}

const bytesPerToken = 4;

/** Bytes kept free for the headings and fences of the packet as a page. */
const pageBytes = 480;

/** The parts of a packet that are cut, each with how much of what is left it may take when all want more, and how it is cut. */
const parts = {
  commands: { weight: 9, cut: cutEach },
  verification: { weight: 5, cut: cutEach },
  acceptance: { weight: 4, cut: cutList },
  context: { weight: 5, cut: cutList },
  requirements: { weight: 5, cut: cutList },
  decisions: { weight: 2, cut: cutList },
  files: { weight: 1, cut: cutList },
} as const;

type PartName = keyof typeof parts;

const partNames = Object.keys(parts) as readonly PartName[];

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
  const more = [moreCommand(unit, facts.plan)];
  const shares = divide(
    bytes - sizeOfJson({ ...full, ...emptyParts(), more, tokens: maxTokens }),
    partNames.map((part) => ({ need: sizeOfAll(full[part]), weight: parts[part].weight })),
  );
  const cuts = Object.fromEntries(
    partNames.map((part, index) => [part, parts[part].cut(full[part], shares[index] ?? 0)]),
  ) as Record<PartName, CutTexts>;
  const wasCut = partNames.some((part) => cuts[part].cut) || full.brief !== whole.brief;
  const texts = Object.fromEntries(partNames.map((part) => [part, cuts[part].texts])) as Record<
    PartName,
    readonly string[]
  >;
  const packet = { ...full, ...texts, more: wasCut ? more : [] };
  return { ...packet, tokens: tokensOf({ ...packet, tokens: maxTokens }) };
}

/** Why: a larger packet has all that was cut, in the same order. */
function moreCommand(unit: NextUnit, plan: string): string {
  return unit.kind === "signature"
    ? `iplan show ${plan}`
    : `iplan next ${plan} --for ${keyOf(unit)} --max-tokens 20000`;
}

function emptyParts(): Record<PartName, readonly string[]> {
  return Object.fromEntries(partNames.map((part) => [part, [] as readonly string[]])) as Record<
    PartName,
    readonly string[]
  >;
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
  if (unit.kind === "step") return stepPacket(understood, unit.step, unit.standing, facts);
  if (unit.kind === "task") return taskPacket(understood, unit.task, unit.standing, facts);
  const empty = emptyParts();
  return {
    plan: understood.id,
    unit: { kind: "signature", id: unit.key, title: unit.title },
    brief: `A person has to judge this and sign: iplan sign ${facts.plan} ${unit.key} --reason "…"${unit.more > 0 ? ` (${unit.more} more wait for a signature)` : ""}`,
    ...empty,
  };
}

function stepPacket(
  understood: UnderstoodPlan,
  step: StepUnit,
  standing: UnitStanding,
  facts: PacketFacts,
): FullPacket {
  const commandsOf = (role: PlannedCommand["role"]) =>
    step.blocks.filter((block) => block.role === role).map((block) => block.block.text);
  const tasks = tasksOf(understood, step);
  return {
    plan: understood.id,
    unit: { kind: "step", id: step.key, title: step.title },
    brief: stepBrief(step, standing, facts),
    commands: commandsOf("action"),
    verification: commandsOf("verification"),
    acceptance: [...step.outcomes.map(outcomeLine), ...tasks.flatMap(acceptanceOf)],
    files: [...new Set([...step.files, ...tasks.flatMap((task) => task.task.files.map((file) => file.text))])],
    context: [
      ...recordLines(facts),
      ...step.step.prose.map((part) => part.text),
      ...tasks.map(({ id, task }) => `serves ${id}: ${task.name}`),
      ...tasks.flatMap(detailsOf),
      ...startLines(facts),
    ],
    requirements: facts.requirements ?? [],
    decisions: facts.decisions ?? [],
  };
}

function outcomeLine({ text, claims }: UnderstoodOutcome): string {
  return claims.length > 0 ? text : `${text} (a person judges)`;
}

function acceptanceOf({ id, task }: TaskUnit): string[] {
  return [
    ...task.verify.map(({ text }) => `${id} verify: ${text}`),
    ...task.targets.map(({ text }) => `${id} target: ${text}`),
  ];
}

/** What the plan says of a task beside its files and what has to hold. */
function detailsOf({ task }: TaskUnit): string[] {
  const told = new Set([...task.files, ...task.verify, ...task.targets].map(({ range }) => range.start.line));
  return task.details.filter(({ range }) => !told.has(range.start.line)).map(({ text }) => text);
}

function stepBrief(step: StepUnit, { verdict, reason }: UnitStanding, facts: PacketFacts): string {
  const { plan } = facts;
  const state = verdict === "pending" ? "not run yet" : `${verdict}: ${reason}`;
  if (verdict === "verified") return `Step ${step.number} is ${state}. There is nothing to do in it.`;
  const command = stepCommand(step, verdict, plan);
  if (step.handoff !== undefined)
    return `Step ${step.number} is work for a person or an assistant: ${step.handoff}. When it is done: ${settlingCommand(step, plan)}`;
  if (verdict === "unverifiable")
    return `Step ${step.number} is ${state}. It ran, and a run does not repeat it. Write a verification that can fail, or look and sign: ${command}`;
  const blank = placeholderOf(step);
  if (blank !== undefined)
    return `Step ${step.number} is ${state}. It cannot run: ${blank.text} in line ${blank.range.start.line} is a placeholder. Write what it stands for, then: ${command}`;
  // Why: a run begins with the first step that is open, which may be another one than this.
  const only = facts.only === true ? ` --only ${step.number}` : "";
  return `Step ${step.number} is ${state}. Run it with: ${command}${command.startsWith("iplan run") ? only : ""}`;
}

/** The command that goes on with a step of this verdict. */
export function stepCommand(step: StepUnit, verdict: string, plan: string): string {
  if (verdict === "handoff") return settlingCommand(step, plan);
  if (verdict === "unverifiable") return `iplan sign ${plan} ${step.key} --reason "…"`;
  return placeholderOf(step) === undefined ? `iplan run ${plan}` : `iplan check ${plan}`;
}

/** The first placeholder in a step's commands; with one no run begins. */
function placeholderOf(step: StepUnit): UnderstoodBlock["placeholders"][number] | undefined {
  return step.blocks.flatMap((block) => block.placeholders)[0];
}

/** The command that settles a step of work for people: its own checks where it has any, else a person's signature. */
export function settlingCommand(step: StepUnit, plan: string): string {
  const isProvable = step.blocks.length > 0 || step.outcomes.some((outcome) => outcome.claims.length > 0);
  return isProvable ? `iplan verify ${plan} ${step.number}` : `iplan sign ${plan} ${step.key} --reason "…"`;
}

function taskPacket(
  understood: UnderstoodPlan,
  task: TaskUnit,
  { verdict, reason }: UnitStanding,
  facts: PacketFacts,
): FullPacket {
  const settled = verdict === "verified";
  return {
    plan: understood.id,
    unit: { kind: "task", id: task.id, title: task.task.name },
    brief: settled
      ? `${task.id} is verified: ${reason}. There is nothing to do in it.`
      : `${task.id} is open: ${reason}. When it is done: iplan verify ${facts.plan} ${task.id}`,
    commands: [],
    verification: task.blocks.map((block) => block.block.text),
    acceptance: acceptanceOf(task),
    files: task.task.files.map((file) => file.text),
    context: [...recordLines(facts), ...detailsOf(task), ...startLines(facts)],
    requirements: facts.requirements ?? [],
    decisions: facts.decisions ?? [],
  };
}

function tasksOf(understood: UnderstoodPlan, step: StepUnit): TaskUnit[] {
  const ids = new Set(step.ties.map((tie) => tie.task));
  return understood.phases.flatMap((phase: PhaseUnit) => phase.tasks.filter((task) => ids.has(task.id)));
}

/** Where the unit begins. */
function startLines({ start }: PacketFacts): string[] {
  if (start === undefined) return [];
  const place = start.directory === "." ? "the workspace root" : start.directory;
  const names = start.exported.slice(0, 24).join(", ");
  return [`starts in ${place}${names === "" ? "" : `, with ${names} exported`}`];
}

/** What is recorded: the notes, then the last failure and what the plan says of it. */
function recordLines(facts: PacketFacts): string[] {
  const notes = [
    ...(facts.notes ?? []).map((note) => `noted: ${note}`),
    ...(facts.changed ?? []).map((change) => `changed: ${change}`),
  ];
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
