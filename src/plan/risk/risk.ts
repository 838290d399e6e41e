import type { PlanBlock } from "#model/plan";
import type { ShellParser } from "#model/ports";
import type { PipelineCommand, ShellCommand, ShellScript, ShellWord, SimpleCommand } from "#model/shell-syntax";
import type { Span } from "#model/source";
import { type RiskClass, type RiskNote, riskOrder } from "#model/understanding";
import { everyCommand } from "../shell/every-command.ts";
import { heredocText } from "../shell/heredoc-text.ts";
import { handedScript, inlineCode, isInterpreter } from "../shell/handed-script.ts";
import { type Invocation, asksVersion, invocationOf, operands, subcommand } from "../shell/invocation.ts";
import { codeRisks } from "./code-risk.ts";
import { depthAfter, isDisk, placeOf } from "./path-place.ts";
import { riskRuleOf } from "./programs.ts";
import type { RiskCall, RiskFinding } from "./risk-finding.ts";
import { pipedTexts, spokenTexts, textOf } from "./spoken-texts.ts";
import { readers } from "./system.ts";

/** What a block may touch. */
export interface BlockRisk {
  readonly risk: RiskClass;
  readonly notes: readonly RiskNote[];
  /** It certainly changes something beyond temporary files. */
  readonly writes: boolean;
}

interface Survey {
  readonly parser: ShellParser;
  /** Functions the text defines: their bodies are judged where they stand. */
  readonly functions: Set<string>;
  readonly found: { readonly finding: RiskFinding; readonly span: Span; readonly text: string }[];
  /** Literal values that the text gives to variables: one may stand as the name of a command. */
  readonly values: Map<string, Set<string>>;
  /** Directories below the workspace's root; undefined when nobody can tell. */
  depth: number | undefined;
  /** Subshells that were entered, with the depth that holds again behind them. */
  readonly left: { readonly end: number; readonly depth: number | undefined }[];
}

/** Judges what the commands of a block may touch, by its syntax tree. */
export function riskOf(block: PlanBlock, syntax: ShellScript, parser: ShellParser): BlockRisk {
  const survey: Survey = { parser, functions: new Set(), values: new Map(), found: [], depth: 0, left: [] };
  surveyScript(survey, syntax, block.text, undefined, 0);
  const notes = survey.found.map(({ finding, span, text }) => ({
    risk: finding.risk,
    command: text,
    reason: finding.reason,
    range: block.rangeOf(span.start, span.end),
  }));
  const risk = worstRisk(notes.map((note) => note.risk));
  return { risk, notes, writes: survey.found.some(({ finding }) => finding.writes) };
}

/** The worst of several risks; reading for none. */
export function worstRisk(risks: Iterable<RiskClass>): RiskClass {
  let worst = 0;
  for (const risk of risks) worst = Math.max(worst, riskOrder.indexOf(risk));
  return riskOrder[worst] ?? "read";
}

function surveyScript(
  survey: Survey,
  script: ShellScript,
  text: string,
  fixed: Span | undefined,
  nesting: number,
): void {
  everyCommand(script, (command) => {
    if (command.kind === "function") survey.functions.add(command.name);
    if (command.kind === "simple") rememberValues(survey, command);
  });
  const left = survey.left.splice(0);
  everyCommand(script, (command) => {
    const span = fixed ?? command;
    const add = (findings: readonly RiskFinding[]): void => {
      for (const finding of findings)
        survey.found.push({ finding, span, text: text.slice(command.start, command.end) });
    };
    const scene: SimpleScene = { survey, text, span, nesting, add };
    followSubshells(survey, command);
    add(redirectRisks(survey, command));
    if (command.kind === "pipeline") surveyPipe(scene, command);
    if (command.kind === "simple") surveySimple(scene, command);
  });
  survey.left.splice(0, survey.left.length, ...left);
}

function rememberValues({ values }: Survey, { assignments }: SimpleCommand): void {
  for (const { name, value } of assignments)
    if (value?.literal !== undefined) values.set(name, (values.get(name) ?? new Set()).add(value.literal));
}

/** A `cd` in a subshell holds only there. */
function followSubshells(survey: Survey, command: ShellCommand): void {
  for (let last = survey.left.at(-1); last !== undefined && command.start >= last.end; last = survey.left.at(-1)) {
    survey.depth = last.depth;
    survey.left.pop();
  }
  if (command.kind === "subshell") survey.left.push({ end: command.end, depth: survey.depth });
}

/** What comes through a pipe may be run by the command that reads it. */
function surveyPipe(scene: SimpleScene, pipe: PipelineCommand): void {
  for (const { invocation, isShell, text } of pipedTexts(pipe, (each) => heredocText(each, scene.text))) {
    if (isShell && text !== undefined) surveyHanded(scene, text);
    else if (isShell) scene.add([{ risk: "outside", reason: "runs whatever comes through the pipe", writes: false }]);
    else if (text !== undefined && isInterpreter(invocation.program)) scene.add(codeRisks(text));
  }
}

/** Judges text that another shell runs: where it changes to stays its own affair. */
function surveyHanded({ survey, span, nesting }: SimpleScene, text: string, keepsPlace = false): void {
  if (nesting >= 4) return;
  const before = survey.depth;
  surveyScript(survey, survey.parser.parse(text), text, span, nesting + 1);
  if (!keepsPlace) survey.depth = before;
}

interface SimpleScene {
  readonly survey: Survey;
  readonly text: string;
  readonly span: Span;
  readonly nesting: number;
  add(findings: readonly RiskFinding[]): void;
}

function surveySimple(scene: SimpleScene, command: SimpleCommand): void {
  for (const text of behindVariable(scene.survey, command)) surveyHanded(scene, text, true);
  const invocation = invocationOf(command.words);
  if (invocation !== undefined) surveyInvocation(scene, command, invocation);
}

function surveyInvocation(scene: SimpleScene, command: SimpleCommand, invocation: Invocation): void {
  const { survey, text } = scene;
  const bodyOf = (each: ShellCommand): string | undefined => heredocText(each, text);
  scene.add(wrapperRisks(invocation));
  const handed = handedScript(command, invocation, bodyOf);
  if (handed !== undefined) {
    if (handed.text === undefined) scene.add([unknown("runs text that only bash can know")]);
    surveyHanded(scene, handed.text ?? unknownText(invocation), handed.same);
    return;
  }
  for (const spoken of spokenTexts(invocation)) surveyHanded(scene, spoken);
  const body = invocation.program === "ssh" ? bodyOf(command) : undefined;
  if (body !== undefined) surveyHanded(scene, body);
  scene.add(callRisks(survey, invocation, inlineCode(command, invocation, bodyOf)));
  for (const nested of foundByFind(invocation)) surveyInvocation(scene, command, nested);
  if (invocation.program === "cd" || invocation.program === "pushd")
    survey.depth = depthAfter(placeNamed(operands(invocation.args)[0]), survey.depth);
}

/** The directory a `cd` names; without one it goes home. */
function placeNamed(word: ShellWord | undefined): string | undefined {
  return word === undefined ? "~" : (word.literal ?? (/^"?\$\{?HOME\}?"?$/.test(word.raw) ? "~" : undefined));
}

/** Text with expansions: what of it can be read is judged as it stands. */
function unknownText({ program, args, values }: Invocation): string {
  if (program === "eval") return args.map(textOf).join(" ");
  const word = args[values.findIndex((value) => /^-[a-z]*c$/.test(value)) + 1];
  return word === undefined ? "" : textOf(word);
}

/** A call whose first word is a variable, once for each value the text gives it. */
function behindVariable({ values }: Survey, { words }: SimpleCommand): readonly string[] {
  if (values.size === 0) return [];
  const name = /^"?\$\{?(\w+)\}?"?$/.exec(words[0]?.raw ?? "")?.[1];
  const rest = words.slice(1).map((word) => word.raw);
  return [...(values.get(name ?? "") ?? [])].map((value) => [value, ...rest].join(" "));
}

function redirectRisks({ depth }: Survey, command: ShellCommand): readonly RiskFinding[] {
  if (command.redirects.length === 0) return [];
  return command.redirects.flatMap(({ operator, target }): readonly RiskFinding[] => {
    if (target === undefined || !/^(?:&?>>?|>\||<>)$/.test(operator)) return [];
    const place = placeOf(target, depth);
    if (place === "nowhere") return [];
    if (isDisk(target)) return [{ risk: "destructive", reason: `overwrites the disk ${target.raw}`, writes: true }];
    if (place === "outside")
      return [{ risk: "outside", reason: `writes ${target.raw}, outside of the workspace`, writes: true }];
    return [{ risk: "workspace", reason: `writes ${target.raw}`, writes: place !== "scratch" }];
  });
}

function wrapperRisks({ wrappers }: Invocation): readonly RiskFinding[] {
  if (wrappers.length === 0) return [];
  const asRoot = wrappers.some((name) => name === "sudo" || name === "doas");
  const contained = wrappers.some((name) => ["docker", "podman", "docker-compose"].includes(name));
  const remote = wrappers.includes("kubectl");
  const fetched = wrappers.some((name) => ["npx", "bunx", "uvx", "pipx"].includes(name));
  return [
    ...(asRoot
      ? [{ risk: "outside", reason: "runs with the rights of the administrator", writes: false } as const]
      : []),
    ...(contained ? [{ risk: "outside", reason: "changes containers of this machine", writes: true } as const] : []),
    ...(remote ? [{ risk: "publish", reason: "runs in a cluster that others use", writes: true } as const] : []),
    ...(fetched ? [{ risk: "workspace", reason: "runs a tool of the project", writes: false } as const] : []),
  ];
}

function callRisks(survey: Survey, invocation: Invocation, code: string | undefined): readonly RiskFinding[] {
  const { program, values } = invocation;
  if (readers.has(program)) return [];
  // Why: a function may be gone where its name is called, so what is known of a program holds all the same.
  if (survey.functions.has(program) && riskRuleOf(program) === undefined) return [];
  if (asksVersion(program, values)) return [];
  const call: RiskCall = { place: (word) => placeOf(word, survey.depth), ...invocation };
  const known = riskRuleOf(program);
  const inline = code === undefined ? [] : codeRisks(code);
  if (known !== undefined) {
    // Why: code that was read tells more than that a program may write.
    const findings = known(call).filter(({ risk, writes }) => code === undefined || writes || risk !== "workspace");
    return [...findings, ...inline];
  }
  if (code !== undefined) return inline;
  if (isInterpreter(program) || program !== "") return [unknown(`\`${program}\` may write files`)];
  return [unknown("runs a program that only bash can know")];
}

function unknown(reason: string): RiskFinding {
  return { risk: "workspace", reason, writes: false };
}

/** Programs that `find` starts with `-exec` and its kin. */
function foundByFind(invocation: Invocation): readonly Invocation[] {
  if (invocation.program !== "find" || subcommand(invocation) === undefined) return [];
  return invocation.values.flatMap((value, index) => {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(value)) return [];
    const rest = invocation.args.slice(index + 1);
    const end = rest.findIndex((word) => [";", "\\;", "+", "';'"].includes(word.raw));
    const nested = invocationOf(end < 0 ? rest : rest.slice(0, end));
    // Why: what `find` hands over is a list, as with xargs.
    return nested === undefined ? [] : [{ ...nested, wrappers: [...nested.wrappers, "xargs"] }];
  });
}
