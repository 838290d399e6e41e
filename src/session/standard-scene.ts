import { readPlanNotes } from "#journal/notes";
import { readPlanJournals } from "#journal/plan-journals";
import { stateFolders } from "#journal/workspace-state";
import { IplanError } from "#model/errors";
import type { JournalEvent } from "#model/run";
import type { StandardScene } from "#render/standard/scene";
import { checkDocuments, scoresOf } from "./checking.ts";
import type { PlanView } from "./plan-view.ts";
import { selectDocuments } from "./select-documents.ts";
import type { Session } from "./session.ts";

/** Everything the shapes of the public standard are made of. Throws `journal/damaged` where the record cannot be relied on. */
export async function standardScene(session: Session, view: PlanView): Promise<StandardScene> {
  const { understood, standing, document } = view;
  refuseDamage(view);
  const paths = document.parts.map(({ path }) => path);
  const checked = await checkDocuments(session, selectDocuments(session, paths), { whole: false, history: false });
  const git = session.host.git(session.root);
  const [branch, commit] = [git.branch(), git.head()];
  return {
    understood,
    standing,
    path: document.path,
    events: eventsOf(session, view),
    upstream: upstreamOf(view),
    findings: checked.result.findings.filter(({ path }) => paths.includes(path)),
    score: scoresOf(checked, false).find(({ path }) => path === document.path)?.score ?? 0,
    tool: `iplan ${session.host.version}`,
    ...(branch === undefined ? {} : { branch }),
    ...(commit === undefined ? {} : { commit }),
    secrets: session.config.secrets.length > 0,
    hash: session.host.hash,
  };
}

function refuseDamage({ memory, understood }: PlanView): void {
  const [damage] = memory?.damage ?? [];
  if (damage === undefined) return;
  throw new IplanError(
    "journal/damaged",
    `The journal of ${understood.id} is damaged: ${damage.message}.`,
    `Let a run put it aside and ask everything afresh: iplan run ${understood.id}`,
  );
}

/** Events of the last run and what leads up to it, notes and signatures between them, in the order of time. */
function eventsOf({ host, root }: Session, { document }: PlanView): readonly JournalEvent[] {
  const folders = stateFolders(root);
  const seal = { key: host.trust(root).key({ create: false }), hash: host.hash };
  const place = { root, id: document.id, path: document.path };
  const runs = readPlanJournals(host.files, folders.runs, place, seal).own;
  const notes = readPlanNotes(host.files, folders.notes, place, seal).own;
  const events = [...runs, ...notes].flatMap((content) => content.events);
  return events.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
}

function upstreamOf({ document }: PlanView): Readonly<Record<string, readonly string[]>> {
  const byType = new Map<string, Set<string>>();
  for (const tag of document.plan.tags) {
    if (!tag.live || tag.document === undefined) continue;
    const id = tag.element === undefined ? tag.document : `${tag.document}:${tag.element}`;
    byType.set(tag.type, (byType.get(tag.type) ?? new Set()).add(id));
  }
  return Object.fromEntries([...byType].map(([type, ids]) => [type, [...ids].sort()]));
}
