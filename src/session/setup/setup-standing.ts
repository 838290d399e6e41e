import { findBlock, hashMarks, markdownMarks } from "#author/setup/marked-block";
import { stripSettings } from "#author/setup/settings-merge";
import type { Host } from "#model/ports";
import { configFileName } from "../config.ts";
import type { FileChange } from "./file-change.ts";
import { assistantFiles, isInGit } from "./find-project.ts";
import { programCommand } from "./program-command.ts";
import { foundAssistants } from "./setup-choices.ts";
import { localSchema, offeredSettings, planSetup } from "./setup-plan.ts";

/** What `init` wrote into a workspace, by how it is now. */
export interface SetupStanding {
  /** Paths that are as `init` would write them. */
  readonly current: readonly string[];
  /** Parts of an older version, or that name a program that lies elsewhere now. */
  readonly stale: readonly string[];
  /** Blocks that were changed by hand. */
  readonly changed: readonly string[];
  /** Paths with what keeps them from being read. */
  readonly broken: readonly string[];
}

/** Compares what of `init` lies in a workspace with what it would write today; what it never wrote is no part of it. */
export function setupStanding(host: Host, root: string): SetupStanding {
  const assistants = foundAssistants({ signs: assistantFiles(host.files, root) });
  const changes = planSetup(host, root, {
    assistants,
    command: programCommand(host, root),
    folders: [],
    hasGit: isInGit(host.files, root),
    replacesChanged: false,
  });
  const settings = offeredSettings(assistants);
  const isOurs = ({ path, before }: FileChange): boolean => {
    if (path === localSchema) return before !== undefined;
    const text = new TextDecoder("utf-8").decode(before);
    const parts = settings.get(path);
    if (parts === undefined)
      return [markdownMarks, hashMarks].some((style) => findBlock(text, style).kind !== "absent");
    const stripped = stripSettings(text, parts);
    return "text" in stripped && stripped.text !== text;
  };
  const paths = (state: FileChange["state"], only: (change: FileChange) => boolean): readonly string[] =>
    changes.filter((change) => change.state === state && only(change)).map(({ path }) => path);
  const current = paths("unchanged", ({ note, path }) => note === undefined && path !== configFileName);
  const stale = paths("update", isOurs);
  const changed = paths("kept", () => true);
  // Why: what is wrong in files of others is not ours to tell where we wrote nothing.
  const isSetUp = current.length + stale.length + changed.length > 0;
  return {
    current,
    stale,
    changed,
    broken: changes.flatMap(({ state, path, note = "" }) =>
      state === "failed" && (isSetUp || note.includes("iplan:begin")) ? [`${path} ${note}`] : [],
    ),
  };
}
