import type { Readiness } from "#rules/score";
import type { Checked } from "./checking.ts";
import { readKept, writeKept } from "./kept-bytes.ts";
import type { Observation } from "./observed-host.ts";
import { openSealedFile } from "./sealed-file.ts";
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
  const known = readKept(file, session.host.files);
  // Why: sealed bytes were written below by this very version, so their shape is known.
  if (known !== undefined) return fromPlain(JSON.parse(new TextDecoder().decode(known)) as PlainChecked);
  const checked = await check();
  const answers = observation.settled();
  if (answers !== undefined) writeKept(file, answers, piecesOf(toPlain(checked)));
  return checked;
}

/** What a check gave, as it is kept: maps and sets as lists, findings apart. */
interface PlainChecked extends Omit<Checked, "result" | "plans" | "ids" | "declared"> {
  readonly findings: Checked["result"]["findings"];
  readonly result: Omit<Checked["result"], "findings" | "readiness"> & {
    readonly readiness: readonly (readonly [string, Readiness])[];
  };
  readonly plans: readonly string[];
  readonly ids: readonly (readonly [string, string])[];
  readonly declared: readonly (readonly [string, number])[];
}

function toPlain({ result, plans, ids, declared, ...counts }: Checked): PlainChecked {
  const { findings, readiness, ...others } = result;
  return {
    ...counts,
    findings,
    result: { ...others, readiness: [...readiness] },
    plans: [...plans],
    ids: [...ids],
    declared: [...declared],
  };
}

function fromPlain({ findings, result, plans, ids, declared, ...counts }: PlainChecked): Checked {
  return {
    ...counts,
    result: { ...result, findings, readiness: new Map(result.readiness) },
    plans: new Set(plans),
    ids: new Map(ids),
    declared: new Map(declared),
  };
}

/** As JSON, a few findings at a time: all at once they take as much memory as the check. */
function* piecesOf({ findings, ...rest }: PlainChecked): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${JSON.stringify(rest).slice(0, -1)},"findings":[`);
  for (let at = 0; at < findings.length; at += 200) {
    const some = JSON.stringify(findings.slice(at, at + 200)).slice(1, -1);
    yield encoder.encode(at === 0 ? some : `,${some}`);
  }
  yield encoder.encode("]}");
}
