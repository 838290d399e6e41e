import type { ImportedPlan, ImportFile } from "./imported-plan.ts";
import { otherState, SourceLines } from "./source-lines.ts";
import { readDesign, readRequirements } from "./spec-documents.ts";
import { folderTitle, takeTitle } from "./spec-kit.ts";
import { phasesOfNumbers } from "./task-list.ts";

/** Reads a specification of Kiro, or of cc-sdd, which lies in the same files beside a `spec.json`. */
export function readKiro(files: readonly ImportFile[]): ImportedPlan {
  const sources = files.map((file) => new SourceLines(file));
  const named = (name: string): SourceLines | undefined => sources.find(({ path }) => path.split("/").at(-1) === name);
  const [tasks, design, requirements, json] = ["tasks.md", "design.md", "requirements.md", "spec.json"].map(named);
  const phases = tasks === undefined ? [] : phasesOfNumbers(tasks, tasks.lines);
  const title = [tasks, requirements, design].flatMap((source) =>
    source === undefined ? [] : (takeTitle(source, source.sections()) ?? []),
  )[0];
  const required = requirements === undefined ? { introduction: [], criteria: [] } : readRequirements(requirements);
  const designed = design === undefined ? { context: [], decisions: [], risks: [] } : readDesign(design);
  const name = (json === undefined ? undefined : takeName(json)) ?? title ?? folderTitle(files[0]?.path ?? "");
  return {
    format: json === undefined ? "kiro" : "cc-sdd",
    ...(name === "" ? {} : { title: name }),
    objective: required.introduction,
    deliverables: [],
    context: designed.context,
    decisions: designed.decisions,
    phases,
    checks: [],
    criteria: required.criteria,
    risks: designed.risks,
    sources: files.map(({ path }) => path),
    remarks: sources.flatMap((source) => source.remarks()),
  };
}

/** The name in a `spec.json`; approvals and states of other tools decide nothing here. */
function takeName(source: SourceLines): string | undefined {
  const line = source.lines.find(({ text }) => /^\s*"feature_name"\s*:/u.test(text));
  const name = /"feature_name"\s*:\s*"([^"]*)"/u.exec(line?.text ?? "")?.[1];
  if (line !== undefined) source.take(line);
  for (const each of source.lines) {
    if (each.number === 1) source.take(each);
    else if (each !== line && each.text.trim() !== "") source.remark(each, otherState);
  }
  if (name === undefined || name.trim() === "") return undefined;
  return folderTitle(`${name}/`);
}
