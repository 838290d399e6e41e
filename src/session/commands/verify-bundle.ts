import { type ExitCode, IplanError } from "#model/errors";
import type { Verdict } from "#model/run";
import { renderBundlePage, type ShownBundle } from "#render/bundle-page";
import { signaturesOf } from "#render/signatures";
import { type ExaminedBundle, examineBundle } from "../bundle/examine.ts";
import { type CommandContext, type CommandHandler, type CommandInput, option } from "../command.ts";
import { namedFile } from "../named-file.ts";

/** Larger files are not read, in bytes. */
const largestBundle = 1024 * 1024 * 1024;

/** Larger files are no keys, in bytes. */
const largestKey = 65_536;

/** `iplan verify --bundle FILE`: examines an evidence bundle without any workspace, in memory. */
export const verifyBundle: CommandHandler = async (context, input) => {
  refuseOthers(input);
  const path = option(input, "bundle") ?? "";
  const bytes = namedFile(context, path, largestBundle);
  const key = option(input, "key");
  const wanted =
    key === undefined
      ? undefined
      : context.host.sign.publicKey(new TextDecoder().decode(namedFile(context, key, largestKey)));
  const examined = await examineBundle(context.host, bytes, wanted);
  if (wanted !== undefined && examined.seal.state === "none") return outcome(context, path, bytes, unsealed(examined));
  return outcome(context, path, bytes, examined);
};

function refuseOthers(input: CommandInput): void {
  const other = ["audit", "trust", "allow", "timeout", "secret"].find((name) => input.options[name] !== undefined);
  const named = Object.values(input.arguments).some((value) => value !== undefined && value.length > 0);
  if (other === undefined && !named) return;
  throw new IplanError(
    "usage/arguments",
    `--bundle stands alone: a bundle says itself which plan it is of, and nothing of it is run.`,
    "iplan verify --bundle FILE [--key FILE]",
  );
}

/** Why: who names a key wants to know that its owner sealed it; that nobody did is no yes. */
function unsealed(examined: ExaminedBundle): ExaminedBundle {
  const problem = { where: "seal.json", message: "is not there: nobody sealed this bundle" };
  return { ...examined, problems: [...examined.problems, problem] };
}

function outcome(
  { host, paint, width }: CommandContext,
  bundle: string,
  bytes: Uint8Array,
  { problems, seal, manifest, view, unbacked = [] }: ExaminedBundle,
): Awaited<ReturnType<CommandHandler>> {
  const whole = problems.length === 0;
  const standing = view?.standing.verdict;
  const verdict = standing === "verified" && unbacked.length > 0 ? "unverifiable" : standing;
  const files: Record<string, number> = {};
  for (const { kind } of manifest?.files ?? []) files[kind] = (files[kind] ?? 0) + 1;
  const data: ShownBundle = {
    bundle,
    sha256: host.hash.sha256(bytes),
    bytes: bytes.length,
    whole,
    seal,
    problems,
    ...(manifest === undefined
      ? {}
      : { plan: manifest.plan.id, tool: manifest.tool, asOf: manifest.asOf, files, missing: manifest.missing.length }),
    ...(view === undefined || verdict === undefined
      ? {}
      : { verdict, counts: view.standing.counts, unbacked, signed: signaturesOf(view.standing) }),
  };
  return {
    kind: "bundle",
    exitCode: whole ? codes[verdict ?? "unknown"] : 1,
    data,
    page: () => renderBundlePage(data, paint, width),
  };
}

/** What a whole bundle proves of its plan. */
const codes: Readonly<Record<Verdict, ExitCode>> = {
  failed: 1,
  unknown: 1,
  suspect: 1,
  stale: 1,
  unverifiable: 1,
  handoff: 4,
  manual: 4,
  pending: 4,
  skipped: 4,
  verified: 0,
};
