import { IplanError } from "#model/errors";
import { counted } from "#render/layout";
import { overridesText, signaturesOf } from "#render/signatures";
import { escapeControls } from "#render/escape";
import { type BundleProblem, examineBundle } from "../bundle/examine.ts";
import { manifestName } from "../bundle/manifest.ts";
import { packBundle } from "../bundle/pack.ts";
import { fingerprintOf, writeSeal } from "../bundle/seal.ts";
import { argument, type CommandContext, type CommandHandler, option } from "../command.ts";
import { namedFile } from "../named-file.ts";
import { outputPath } from "../output-file.ts";
import { viewPlan } from "../plan-view.ts";
import { findPlan } from "../plans.ts";
import { openSession, type Session } from "../session.ts";
import { refuseAssistants } from "./trust.ts";

/** Larger files are no keys, in bytes. */
const largestKey = 65_536;

/** `iplan export bundle PLAN`: the evidence of a plan as one file that anybody can verify without the workspace. */
export const exportBundle: CommandHandler = async (context, input) => {
  const named = argument(input, "plan");
  if (named === undefined)
    throw new IplanError("usage/arguments", "A bundle is of one plan.", "iplan export bundle IPLAN-001");
  const seal = sealer(context, option(input, "seal"));
  const session = await openSession(context.host, context.cwd);
  const view = await viewPlan(session, findPlan(session, named));
  const { manifest, bytes } = await packBundle(session, view, seal?.make);
  const { problems, unbacked = [], view: packed } = await examineBundle(context.host, bytes);
  refuseDamage(manifest.plan.id, problems);
  const overrides = packed === undefined ? "" : overridesText(signaturesOf(packed.standing));
  const output = option(input, "output") ?? `${fileName(manifest.plan.id)}.iplan-bundle.tar`;
  write(session, output, bytes);
  const { plan, verdict, asOf, files, missing } = manifest;
  const data = {
    format: "bundle",
    output,
    plan: plan.id,
    verdict,
    asOf,
    files: files.length,
    missing: missing.length,
    unbacked,
    bytes: bytes.length,
    sha256: context.host.hash.sha256(bytes),
    ...(seal === undefined ? {} : { sealedBy: seal.fingerprint() }),
  };
  const page = (): string =>
    [
      `wrote ${escapeControls(output)}: ${plan.id} is ${verdict}${overrides}, ${counted(files.length, "file")}, ${counted(bytes.length, "byte")}\n`,
      missing.length === 0
        ? ""
        : `${counted(missing.length, "output")} named by the journal left out: gone, or too large\n`,
      unbacked.length === 0
        ? ""
        : `! only the receipt calls ${counted(unbacked.length, "part")} verified: their journals are on the machine that ran them, and this bundle proves nothing of them\n`,
      seal === undefined ? "not sealed; --seal KEYFILE signs it\n" : `sealed by ${seal.fingerprint()}\n`,
      `verify it anywhere: iplan verify --bundle ${escapeControls(output)}\n`,
    ].join("");
  return { kind: "export", exitCode: 0, data, page };
};

/** Why: what is wrong with it would be found by whoever verifies it, when nobody can mend it any more. */
function refuseDamage(plan: string, problems: readonly BundleProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new IplanError(
    "journal/damaged",
    `The evidence of ${plan} is not what was recorded: ${first.where} ${first.message}. No bundle was written.`,
    `Bring it back from a copy, or prove that step anew: iplan run ${plan} --redo STEP`,
  );
}

function fileName(id: string): string {
  return id.replace(/[^A-Za-z0-9_-]+/gu, "_");
}

interface Sealer {
  readonly make: (manifest: Uint8Array) => Uint8Array;
  readonly fingerprint: () => string;
}

/** Why: a seal is somebody's name under what a plan is called; no assistant may put it there. */
function sealer(context: CommandContext, path: string | undefined): Sealer | undefined {
  if (path === undefined) return undefined;
  refuseAssistants(context, "seal a bundle");
  const { hash, sign } = context.host;
  const key = new TextDecoder().decode(namedFile(context, path, largestKey));
  const probe = sign.sign(key, new Uint8Array());
  return {
    make: (manifest) => writeSeal(sign.sign(key, manifest), hash),
    fingerprint: () => fingerprintOf(probe.key, hash),
  };
}

/** Why: a name that was mistyped must not cost a document. */
function write(session: Session, path: string, bytes: Uint8Array): void {
  const { files } = session.host;
  const absolute = outputPath(session, path, "bundle", "IPLAN-001.iplan-bundle.tar");
  const head = files.readSlice(absolute, 0, manifestName.length + 1);
  if (head !== undefined && new TextDecoder().decode(head) !== `${manifestName}\0`)
    throw new IplanError(
      "usage/exists",
      `${path} is there and is no bundle; nothing was written.`,
      "Name another file, or remove this one.",
    );
  files.writeAtomic(absolute, bytes);
}
