import type { ShellProcess } from "#model/ports";
import type { BlockTree } from "./ending.ts";
import { processFamily, processRow, type ProcessRow } from "./process-table.ts";
import { createStrayFinder, isMarked, type SessionMark } from "./strays.ts";

/** What a session knows of the processes of its run. */
export interface RunProcesses {
  /** A block's tree, with the groups of others to be left alone. */
  treeOf(root: ShellProcess, session: number): BlockTree;
  leaveAlone(group: number): void;
  /** Processes nobody was told of yet; cheap when it is known which block ended just now. */
  told(root?: ShellProcess): readonly ProcessRow[];
  /** The same, but for the families of those to be spared. */
  others(spared: readonly ShellProcess[]): readonly ShellProcess[];
  familyOf(processes: readonly ShellProcess[]): readonly ShellProcess[];
}

const namesOf = (rows: readonly ProcessRow[]): ShellProcess[] => rows.map(({ pid, startTime }) => ({ pid, startTime }));

/** The processes of the run with that mark, as a session with this keeper sees them. */
export function createRunProcesses({ mark, isNewMark }: SessionMark, keeper: number): RunProcesses {
  const finder = createStrayFinder(mark, isNewMark === true ? processRow(keeper) : undefined);
  const isOurs = (row: ProcessRow): boolean => isMarked(row, mark);
  // Why: what an earlier process of the run left behind is told with the first block, and is no part of any block's tree.
  let untold = isNewMark === true ? [] : finder.look();
  const known = new Set<number>([keeper, ...untold.map((row) => row.group)]);
  const told = (root?: ShellProcess): readonly ProcessRow[] => {
    const all = [...untold, ...(root === undefined ? finder.look() : finder.lookAfter(root))];
    untold = [];
    for (const { group } of all) known.add(group);
    return all;
  };
  return {
    treeOf(root, session) {
      const others = new Set([...known].filter((group) => group !== root.pid));
      return { root, session, known: others, isMarked: isOurs };
    },
    leaveAlone: (group) => void known.add(group),
    told,
    others(spared) {
      const family = new Set(processFamily(spared, isOurs).map(({ pid }) => pid));
      return namesOf(told().filter(({ pid }) => !family.has(pid)));
    },
    familyOf: (processes) => processFamily(processes, isOurs),
  };
}
