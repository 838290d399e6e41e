import type { SettledEvidence } from "#journal/run-state";
import type { Files } from "#model/ports";
import type { OutputEvidence } from "#model/run";
import type { PlanView } from "./plan-view.ts";
import type { Session } from "./session.ts";

/** Most bytes of the end of an output that are read to show its last lines. */
const tailBytes = 16_384;

/** What an attempt at a unit printed, block by block. */
export interface RecordedOutput {
  readonly evidence: SettledEvidence;
  /** Which attempt; absent for what its services printed until they were ended. */
  readonly attempt?: number;
  /** Workspace-relative path of the redacted output; absent when nothing was printed. */
  readonly file?: string;
  /** The whole output, or its last part when it is longer than was asked for. */
  readonly text: string;
  readonly cut: boolean;
}

/** The outputs of a unit's last attempt in the last run of this machine. */
export function recordedOutput(
  session: Session,
  view: PlanView,
  unit: string,
  most: number = tailBytes,
): readonly RecordedOutput[] {
  const progress = (view.memory?.run ?? view.memory?.proven)?.progress.get(unit);
  return (progress?.ended ?? []).map((evidence) => readOutput(session, evidence, most));
}

/** The outputs of all attempts at a unit in the last run of this machine, and of the services it started. */
export function everyOutput(session: Session, view: PlanView, unit: string, most: number): readonly RecordedOutput[] {
  const run = view.memory?.run ?? view.memory?.proven;
  const progress = run?.progress.get(unit);
  const attempts = progress === undefined ? [] : [...(progress.earlier ?? []), progress];
  const told = attempts.flatMap(({ attempt, ended }) =>
    ended.map((evidence) => ({ ...readOutput(session, evidence, most), attempt })),
  );
  const services = (run?.logs.get(unit) ?? []).map(({ block, at, output }) =>
    readOutput(session, { block, role: "service", startedAt: at, durationMs: 0, output }, most),
  );
  return [...told, ...services];
}

/** An evidence's output, at most so many bytes of its end. */
export function readOutput(session: Session, evidence: SettledEvidence, most: number): RecordedOutput {
  const { output } = evidence;
  if (output?.file === undefined) return { evidence, text: "", cut: false };
  const start = Math.max(0, output.bytes - most);
  const { files } = session.host;
  const path = `${session.root}/${output.file}`;
  const bytes = files.readSlice(path, start, Math.min(most, output.bytes));
  if (bytes === undefined) return { evidence, file: output.file, text: gone, cut: false };
  if (isAltered(files, path, output)) return { evidence, file: output.file, text: altered, cut: false };
  return { evidence, file: output.file, text: new TextDecoder("utf-8").decode(bytes), cut: start > 0 };
}

const gone = "(the recorded output is gone)\n";
const altered = "(not shown: the file is not the output that was recorded; somebody altered it)\n";

/** Outputs of more bytes are compared by their length alone. Why: a page of last lines must not read them whole. */
const mostCompared = 64 * 1024 * 1024;

/** True when a file is not what an attempt printed. */
function isAltered(files: Files, path: string, { bytes, digest }: OutputEvidence): boolean {
  if (files.stat(path)?.size !== bytes) return true;
  return bytes <= mostCompared && files.digest(path) !== digest;
}

/** Why a unit failed last and the last lines it printed then; undefined when it did not. */
export function lastFailure(
  session: Session,
  view: PlanView,
  unit: string,
): { readonly reason: string; readonly lines: readonly string[] } | undefined {
  const record = view.memory?.units.get(unit);
  if (record === undefined || !["failed", "suspect", "unknown"].includes(record.verdict)) return undefined;
  const last = recordedOutput(session, view, unit).at(-1);
  return { reason: record.reason, lines: tailLines(last?.text ?? "", 12) };
}

/** The last lines of a text that are not blank. */
export function tailLines(text: string, count: number): readonly string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .slice(-count);
}
