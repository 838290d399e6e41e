import type { PlanBlock } from "#model/plan";
import type { ShellParser } from "#model/ports";
import type { ShellCommand, ShellScript, SimpleCommand } from "#model/shell-syntax";
import type { Span } from "#model/source";
import { type RiskClass, type RiskNote, riskOrder } from "#model/understanding";
import { everyCommand } from "../shell/every-command.ts";
import { heredocText } from "../shell/heredoc-text.ts";
import { handedScript, inlineCode, isInterpreter } from "../shell/handed-script.ts";
import { type Invocation, asksVersion, invocationOf, operands, subcommand } from "../shell/invocation.ts";
import { codeRisks } from "./code-risk.ts";
import { depthAfter, placeOf } from "./path-place.ts";
import { riskRuleOf } from "./programs.ts";
import type { RiskCall, RiskFinding } from "./risk-finding.ts";
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
  depth: number | undefined;
}

/** Judges what the commands of a block may touch, by its syntax tree. */
export function riskOf(block: PlanBlock, syntax: ShellScript, parser: ShellParser): BlockRisk {
  const survey: Survey = { parser, functions: new Set(), found: [], depth: 0 };
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
  });
  everyCommand(script, (command) => {
    const span = fixed ?? command;
    const add = (findings: readonly RiskFinding[]): void => {
      for (const finding of findings)
        survey.found.push({ finding, span, text: text.slice(command.start, command.end) });
    };
    add(redirectRisks(survey, command));
    if (command.kind === "simple") surveySimple({ survey, text, span, nesting, add }, command);
  });
}

interface SimpleScene {
  readonly survey: Survey;
  readonly text: string;
  readonly span: Span;
  readonly nesting: number;
  add(findings: readonly RiskFinding[]): void;
}

function surveySimple(scene: SimpleScene, command: SimpleCommand): void {
  const invocation = invocationOf(command.words);
  if (invocation === undefined) return;
  const { survey, text } = scene;
  const bodyOf = (each: ShellCommand): string | undefined => heredocText(each, text);
  scene.add(wrapperRisks(invocation));
  const handed = handedScript(command, invocation, bodyOf);
  if (handed !== undefined) {
    if (handed.text === undefined) scene.add([unknown("runs text that only bash can know")]);
    else if (scene.nesting < 4)
      surveyScript(survey, survey.parser.parse(handed.text), handed.text, scene.span, scene.nesting + 1);
    return;
  }
  scene.add(callRisks(survey, invocation, inlineCode(command, invocation, bodyOf)));
  for (const nested of foundByFind(invocation)) scene.add(callRisks(survey, nested, undefined));
  if (invocation.program === "cd") survey.depth = depthAfter(operands(invocation.args)[0]?.literal, survey.depth);
}

function redirectRisks({ depth }: Survey, command: ShellCommand): readonly RiskFinding[] {
  return command.redirects.flatMap(({ operator, target }): readonly RiskFinding[] => {
    if (target === undefined || !/^(?:&?>>?|>\||<>)$/.test(operator)) return [];
    const place = placeOf(target, depth);
    if (place === "nowhere") return [];
    if (place === "outside")
      return [{ risk: "outside", reason: `writes ${target.raw}, outside of the workspace`, writes: true }];
    return [{ risk: "workspace", reason: `writes ${target.raw}`, writes: place !== "scratch" }];
  });
}

function wrapperRisks({ wrappers }: Invocation): readonly RiskFinding[] {
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
  if (survey.functions.has(program) || readers.has(program)) return [];
  if (asksVersion(program, values)) return [];
  const call: RiskCall = { ...invocation, place: (word) => placeOf(word, survey.depth) };
  const known = riskRuleOf(program);
  const inline = code === undefined ? [] : codeRisks(code);
  if (known !== undefined) return [...known(call), ...inline];
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
