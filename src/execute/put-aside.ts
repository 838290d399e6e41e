import type { JournalDamage } from "#journal/find-damage";
import type { LiveRun } from "./live-run.ts";
import { relativeTo } from "./block-evidence.ts";
import type { RunContext } from "./run-options.ts";

/** A damaged journal under its new name. */
export interface PutAside {
  readonly damage: JournalDamage;
  /** Absolute path it has now. */
  readonly kept: string;
}

/** Renames damaged journals of runs, so that a new one begins; nothing is deleted. Gives the first damage of each. */
export function putAside(damage: readonly JournalDamage[], runs: string, { host }: RunContext): readonly PutAside[] {
  const first = new Map<string, JournalDamage>();
  for (const each of damage) if (each.path.startsWith(`${runs}/`) && !first.has(each.path)) first.set(each.path, each);
  return [...first.values()].map((each) => {
    const kept = freeName(`${each.path}.damaged`, (path) => host.files.stat(path) !== undefined);
    host.files.rename(each.path, kept);
    return { damage: each, kept };
  });
}

function freeName(path: string, isTaken: (path: string) => boolean): string {
  let name = path;
  for (let number = 2; isTaken(name); number++) name = `${path}-${number}`;
  return name;
}

/** Writes down in the new journal what was put aside, and tells it. */
export function recordPutAside(run: LiveRun, aside: readonly PutAside[]): void {
  for (const { damage, kept } of aside) {
    const { root } = run.context;
    const file = relativeTo(root, damage.path);
    run.record({
      type: "journal-damaged",
      file,
      kept: relativeTo(root, kept),
      line: damage.line,
      event: damage.seq,
      kind: damage.kind,
    });
    run.notice(
      `${damage.message}; it is kept as ${relativeTo(root, kept)}, and every step is asked before it is believed`,
    );
  }
  if (aside.length > 0) run.sync();
}
