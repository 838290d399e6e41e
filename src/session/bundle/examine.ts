import { IplanError } from "#model/errors";
import type { Host } from "#model/ports";
import type { PlanView } from "../plan-view.ts";
import { type ArchiveProblem, readArchive, type ReadArchive } from "./archive.ts";
import { bundleStanding } from "./bundle-standing.ts";
import { compareRecord, type RecordProblem, unbackedParts } from "./compare-record.ts";
import { type BundledFile, type Manifest, manifestName, readManifest, sealName, workspaceFolder } from "./manifest.ts";
import { readSeal, type SealState } from "./seal.ts";

/** What is wrong with a bundle. */
export type BundleProblem = ArchiveProblem | RecordProblem;

/** What the examination of a bundle gave. */
export interface ExaminedBundle {
  readonly problems: readonly BundleProblem[];
  readonly seal: SealState;
  /** Absent where there is no readable one. */
  readonly manifest?: Manifest;
  /** The plan as it stands by the bundle alone; absent where the bundle is not whole. */
  readonly view?: PlanView;
  /** Parts of the plan that only the receipt calls verified. */
  readonly unbacked?: readonly string[];
}

/**
 * Examines a bundle in memory: its form byte for byte, every digest, the seal, the chain of its journals, its receipt against them, and
 * every verdict, computed afresh from the evidence. Throws `usage/not-a-bundle` for what never was one.
 */
export async function examineBundle(host: Host, bytes: Uint8Array, wanted?: string): Promise<ExaminedBundle> {
  refuseOthers(bytes);
  const archive = readArchive(bytes);
  const [first] = archive.files;
  const broken = (problems: readonly BundleProblem[], seal: SealState = { state: "none" }): ExaminedBundle => ({
    problems,
    seal,
  });
  if (first?.name !== manifestName) return broken([archive.problem ?? noManifest]);
  const manifest = readManifest(first.bytes, host.hash);
  const sealed = archive.files[1]?.name === sealName ? archive.files[1] : undefined;
  const seal = readSeal(sealed?.bytes, first.bytes, host, wanted);
  const sealing = sealProblem(seal, sealed?.offset ?? 0);
  if (typeof manifest === "string")
    return broken([{ where: manifestName, offset: first.offset, message: manifest }, ...sealing], seal);
  const from = sealed === undefined ? 1 : 2;
  const contents = compareFiles(archive, manifest, from, host);
  const problems = [...sealing, ...contents, ...(archive.problem === undefined ? [] : [archive.problem])];
  if (problems.length > 0) return { problems, seal, manifest };
  const files = new Map(
    archive.files.slice(from).map(({ name, bytes: content }) => [name.slice(workspaceFolder.length), content]),
  );
  return { ...(await examineRecord(host, manifest, files)), seal, manifest };
}

async function examineRecord(
  host: Host,
  manifest: Manifest,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Pick<ExaminedBundle, "problems" | "view" | "unbacked">> {
  try {
    const view = await bundleStanding(host, { files, declared: manifest.declared, path: manifest.plan.path });
    const unbacked = unbackedParts(host, view, manifest, files);
    return { problems: compareRecord(host, view, manifest, files), view, unbacked };
  } catch (error) {
    // Why: what stands in a bundle may be anything, and whatever it breaks is something wrong with it.
    const message = error instanceof IplanError ? error.message : "what it records is of no known form";
    return { problems: [{ where: manifest.plan.path, message }] };
  }
}

const noManifest: ArchiveProblem = { where: "archive", offset: 0, message: `does not begin with ${manifestName}` };

/** Why: what a person named by mistake is told from a bundle that somebody changed. */
function refuseOthers(bytes: Uint8Array): void {
  const head = new TextDecoder().decode(bytes.subarray(0, 512));
  const isOne = head.startsWith(`${manifestName}\u0000`) || head.slice(257, 262) === "ustar";
  if (isOne) return;
  const isPacked =
    bytes[0] === 0x1f || head.startsWith("PK") || head.startsWith("BZh") || head.startsWith("\uFFFD7zXZ");
  throw new IplanError(
    "usage/not-a-bundle",
    bytes.length === 0 ? "The file is empty." : "The file is no bundle of iplan.",
    isPacked
      ? "A bundle is not compressed, and nothing is unpacked to look into it: unpack the file first."
      : "Name a file that `iplan export bundle PLAN` wrote.",
  );
}

function sealProblem({ state }: SealState, offset: number): readonly ArchiveProblem[] {
  if (state === "broken") return [{ where: sealName, offset, message: "is no signature of this manifest" }];
  return state === "other-key"
    ? [{ where: sealName, offset, message: "was made with another key than the one that was named" }]
    : [];
}

/** Every file as the manifest has it, in its order, and no other. */
function compareFiles(
  { files, problem }: ReadArchive,
  manifest: Manifest,
  from: number,
  { hash }: Host,
): readonly ArchiveProblem[] {
  const problems: ArchiveProblem[] = [];
  const wanted = new Map(manifest.files.map((file, place) => [`${workspaceFolder}${file.path}`, { file, place }]));
  let last = -1;
  for (const { name, bytes, offset } of files.slice(from)) {
    const known = wanted.get(name);
    const message = known === undefined ? "is not in the manifest" : changeOf(known.file, bytes, hash);
    if (message !== undefined) problems.push({ where: name, offset, message });
    else if ((known?.place ?? 0) < last)
      problems.push({ where: name, offset, message: "does not stand where the manifest has it" });
    last = Math.max(last, known?.place ?? 0);
    wanted.delete(name);
  }
  // Why: behind a place where the archive cannot be read on, everything is missing.
  if (problem !== undefined) return problems;
  return [...problems, ...[...wanted.keys()].map((where) => ({ where, offset: 0, message: "is missing" }))];
}

function changeOf(file: BundledFile, bytes: Uint8Array, hash: Host["hash"]): string | undefined {
  if (file.bytes !== bytes.length) return `has ${bytes.length} bytes, the manifest says ${file.bytes}`;
  return file.sha256 === hash.sha256(bytes) ? undefined : "was changed: its digest is not that of the manifest";
}
