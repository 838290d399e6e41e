import type { Readiness } from "#rules/score";
import { joined, openSealedFile, type SealedFile } from "./sealed-file.ts";
import type { Checked } from "./checking.ts";
import type { Observation } from "./observed-host.ts";
import type { Session } from "./session.ts";
import { writingTime } from "./times.ts";

/**
 * The check of a whole workspace: the former one when everything it looked at is as it was, else a new one, which is kept. It is kept
 * under the workspace's key, for one version and one day; what is damaged or foreign is not believed.
 */
export async function checkOnce(
  session: Session,
  observation: Observation,
  check: () => Promise<Checked>,
): Promise<Checked> {
  // Why: waivers hold until a day.
  const file = openSealedFile(session, "check", writingTime(session.host.clock).date);
  if (!file.open) return check();
  const known = readKept(file);
  if (known !== undefined && observation.holds(known.answers)) return known.checked();
  const checked = await check();
  const answers = observation.settled();
  if (answers !== undefined) keep(file, [...answers], checked);
  return checked;
}

type Answers = readonly (readonly [string, string])[];

interface Kept {
  readonly answers: Answers;
  /** Reads the result, which is long, when it is wanted. */
  checked(): Checked;
}

/** What a check gave, as it is kept: maps and sets as lists. */
interface PlainChecked extends Omit<Checked, "result" | "plans" | "ids" | "declared"> {
  readonly result: Omit<Checked["result"], "readiness"> & {
    readonly readiness: readonly (readonly [string, Readiness])[];
  };
  readonly plans: readonly string[];
  readonly ids: readonly (readonly [string, string])[];
  readonly declared: readonly (readonly [string, number])[];
}

/** Why: sealed bytes were written below by this very version, so their shape is known. */
function readKept(file: SealedFile): Kept | undefined {
  const body = file.read();
  const end = body?.indexOf(10) ?? -1;
  if (body === undefined || end < 0) return undefined;
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return {
    answers: JSON.parse(text(body.subarray(0, end))) as Answers,
    checked: () => fromPlain(JSON.parse(text(body.subarray(end + 1))) as PlainChecked),
  };
}

function keep(file: SealedFile, answers: Answers, checked: Checked): void {
  const encoder = new TextEncoder();
  const head = encoder.encode(`${JSON.stringify(answers)}\n`);
  file.write(joined(head, encoder.encode(JSON.stringify(toPlain(checked)))));
}

function toPlain({ result, plans, ids, declared, ...counts }: Checked): PlainChecked {
  return {
    ...counts,
    result: { ...result, readiness: [...result.readiness] },
    plans: [...plans],
    ids: [...ids],
    declared: [...declared],
  };
}

function fromPlain({ result, plans, ids, declared, ...counts }: PlainChecked): Checked {
  return {
    ...counts,
    result: { ...result, readiness: new Map(result.readiness) },
    plans: new Set(plans),
    ids: new Map(ids),
    declared: new Map(declared),
  };
}
