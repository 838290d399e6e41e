import { receiptPath } from "#author/receipt";
import { readPlanJournals } from "#journal/plan-journals";
import type { JournalContent } from "#journal/read-journal";
import { readPlanNotes } from "#journal/notes";
import { stateFolders } from "#journal/workspace-state";
import { IplanError } from "#model/errors";
import type { JournalEvent, OutputEvidence } from "#model/run";
import type { PlanRecord } from "#model/understanding";
import { configFileName } from "../config.ts";
import type { PlanView } from "../plan-view.ts";
import type { Session } from "../session.ts";
import { writeArchive } from "./archive.ts";
import { bundleStanding, verdictsOf } from "./bundle-standing.ts";
import { chainDocuments } from "./chain-documents.ts";
import {
  type BundledFile,
  type BundledKind,
  type Manifest,
  manifestName,
  type MissingOutput,
  sealName,
  workspaceFolder,
  writeManifest,
} from "./manifest.ts";

/** Larger outputs are named and left out, in bytes. */
export const largestOutput: number = 16 * 1024 * 1024;

/** A bundle that was made. */
export interface PackedBundle {
  readonly manifest: Manifest;
  readonly bytes: Uint8Array;
}

interface Packed {
  readonly kind: BundledKind;
  readonly bytes: Uint8Array;
}

/**
 * Everything by which somebody without the workspace can see where a plan stands and why, as one archive. The same record gives the same
 * bytes. `seal` makes the last file of the manifest's bytes. Throws where nothing is recorded, or a journal is damaged.
 */
export async function packBundle(
  session: Session,
  view: PlanView,
  seal?: (manifest: Uint8Array) => Uint8Array,
): Promise<PackedBundle> {
  refuseUnfit(view);
  const files = new Map<string, Packed>();
  for (const part of view.document.parts) files.set(part.path, { kind: "plan", bytes: part.source.bytes });
  addFile(session, files, receiptPath(view.document.path), "receipt");
  for (const path of settingsOf(session)) addFile(session, files, path, "settings");
  for (const path of await chainDocuments(session, view))
    if (!files.has(path)) addFile(session, files, path, "document");
  const journals = addJournals(session, view, files);
  const missing = addOutputs(
    session,
    journals.flatMap((journal) => journal.events),
    files,
  );
  const manifest = await manifestOf(session, view, { files, missing, journals });
  const bytes = writeManifest(manifest, session.host.hash);
  const sealed = seal?.(bytes);
  const contents = manifest.files.map(({ path }) => ({
    name: `${workspaceFolder}${path}`,
    bytes: files.get(path)?.bytes ?? new Uint8Array(),
  }));
  return {
    manifest,
    bytes: writeArchive([
      { name: manifestName, bytes },
      ...(sealed === undefined ? [] : [{ name: sealName, bytes: sealed }]),
      ...contents,
    ]),
  };
}

function refuseUnfit({ memory, record, understood }: PlanView): void {
  const [damage] = memory?.damage ?? [];
  if (damage !== undefined)
    throw new IplanError(
      "journal/damaged",
      `The journal of ${understood.id} is damaged: ${damage.message}.`,
      `Let a run put it aside and ask everything afresh: iplan run ${understood.id}`,
    );
  if (record === undefined || record.units.size === 0)
    throw new IplanError(
      "usage/nothing-to-check",
      `Nothing is recorded of ${understood.id}: there is nothing to show yet.`,
      `Run it: iplan run ${understood.id}`,
    );
}

function addFile(session: Session, files: Map<string, Packed>, path: string, kind: BundledKind): void {
  const absolute = `${session.root}/${path}`;
  if (session.host.files.stat(absolute)?.kind !== "file") return;
  const bytes = session.host.files.read(absolute);
  if (bytes !== undefined) files.set(path, { kind, bytes });
}

/** The configuration, and the project's own profile. */
function settingsOf({ settings }: Session): readonly string[] {
  return [configFileName, ...(settings.profile.path === undefined ? [] : [settings.profile.path])];
}

function addJournals(session: Session, { document }: PlanView, files: Map<string, Packed>): readonly JournalContent[] {
  const { host, root } = session;
  const folders = stateFolders(root);
  const seal = { key: host.trust(root).key({ create: false }), hash: host.hash };
  const place = { root, id: document.id, path: document.path };
  const runs = readPlanJournals(host.files, folders.runs, place, seal).own;
  const notes = readPlanNotes(host.files, folders.notes, place, seal).own;
  const add = (kind: BundledKind) => (content: JournalContent) => {
    const bytes = host.files.readSlice(content.path, 0, content.wholeBytes) ?? new Uint8Array();
    files.set(content.path.slice(root.length + 1), { kind, bytes });
  };
  runs.forEach(add("journal"));
  notes.forEach(add("notes"));
  return [...runs, ...notes];
}

function addOutputs(
  session: Session,
  events: readonly JournalEvent[],
  files: Map<string, Packed>,
): readonly MissingOutput[] {
  const missing = new Map<string, MissingOutput>();
  for (const { digest, bytes, file } of events.flatMap(outputsOf)) {
    if (file === undefined || files.has(file) || missing.has(digest)) continue;
    const reason = bytes > largestOutput ? "too-large" : "gone";
    if (reason === "gone") addFile(session, files, file, "output");
    if (!files.has(file)) missing.set(digest, { digest, bytes, reason });
  }
  return [...missing.values()].sort((a, b) => (a.digest < b.digest ? -1 : 1));
}

/** Outputs that an event names. */
export function outputsOf(event: JournalEvent): readonly OutputEvidence[] {
  if (event.type === "block-ended") return event.evidence.output === undefined ? [] : [event.evidence.output];
  return event.type === "leftover" && event.output !== undefined ? [event.output] : [];
}

async function manifestOf(
  session: Session,
  view: PlanView,
  packed: {
    readonly files: ReadonlyMap<string, Packed>;
    readonly missing: readonly MissingOutput[];
    readonly journals: readonly JournalContent[];
  },
): Promise<Manifest> {
  const { host } = session;
  const { document, understood, record, receipt } = view;
  const declared = declaredNow(session, record, packed.files);
  const contents = new Map([...packed.files].map(([path, { bytes }]) => [path, bytes]));
  const seen = await bundleStanding(host, { files: contents, declared, path: document.path });
  const times = [...packed.journals.flatMap((journal) => journal.events), ...(receipt?.lines ?? [])].map(
    ({ at }) => at,
  );
  return {
    schema: "iplan-bundle/1",
    tool: `iplan ${host.version}`,
    profile: session.profile.name,
    plan: {
      id: understood.id,
      path: document.path,
      parts: document.parts.map(({ path }) => path),
      planHash: understood.planHash,
      approvalHash: understood.approvalHash,
    },
    asOf: times.reduce((latest, at) => (at > latest ? at : latest), ""),
    verdict: seen.standing.verdict,
    verdicts: verdictsOf(seen),
    declared,
    files: [...packed.files]
      .map(
        ([path, { kind, bytes }]): BundledFile => ({
          path,
          kind,
          bytes: bytes.length,
          sha256: host.hash.sha256(bytes),
        }),
      )
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    missing: packed.missing,
  };
}

/** Digests of the files that verdicts rest on, as they are now. What is not there has none, and its step is stale. */
function declaredNow(
  session: Session,
  record: PlanRecord | undefined,
  files: ReadonlyMap<string, Packed>,
): Readonly<Record<string, string>> {
  const names = new Set([...(record?.units.values() ?? [])].flatMap((unit) => Object.keys(unit.files ?? {})));
  const digests = [...names].sort().flatMap((name): [string, string][] => {
    const isInside = !name.startsWith("/") && !name.split("/").includes("..") && !files.has(name);
    const path = `${session.root}/${name}`;
    const digest =
      isInside && session.host.files.stat(path)?.kind === "file" ? session.host.files.digest(path) : undefined;
    return digest === undefined ? [] : [[name, digest]];
  });
  return Object.fromEntries(digests);
}
