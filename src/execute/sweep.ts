import type { LiveRun } from "./live-run.ts";

/**
 * Removes what a run that died left behind and nobody needs: raw output of blocks that ended, half-written evidence, and the private
 * files of runs that were started over. State files stay: later steps start from them.
 */
export function sweepRemains(run: LiveRun): void {
  const { files } = run.context.host;
  const open = run.state().open?.spool;
  const serving = new Set(run.state().leftovers.flatMap(({ service }) => service ?? []));
  for (const spool of directoriesIn(run, run.spool)) {
    if (spool === open || serving.has(spool)) continue;
    for (const { name } of files.list(spool)) {
      if (name === "output" || name.startsWith("output.")) files.remove(`${spool}/${name}`);
    }
  }
  const evidence = `${run.context.root}/.iplan/evidence`;
  for (const { name } of files.stat(evidence) === undefined ? [] : files.list(evidence)) {
    if (name.startsWith(`${run.id}.`) && name.endsWith(".part")) files.remove(`${evidence}/${name}`);
  }
  if (run.options.over === true && run.memory.run !== undefined) {
    files.remove(`${run.spool.slice(0, run.spool.lastIndexOf("/"))}/${run.memory.run.run}`);
  }
}

function directoriesIn(run: LiveRun, folder: string): readonly string[] {
  const { files } = run.context.host;
  if (files.stat(folder) === undefined) return [];
  return files.list(folder).flatMap(({ name, kind }) => (kind === "directory" ? [`${folder}/${name}`] : []));
}
