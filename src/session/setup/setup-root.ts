import { IplanError } from "#model/errors";
import type { Host } from "#model/ports";
import { configFileName } from "../config.ts";
import { findRoot } from "../workspace.ts";
import { manifests } from "./find-project.ts";

/** The directory that is made a workspace, and why this one. */
export interface SetupRoot {
  readonly root: string;
  readonly why: string;
}

/**
 * The directory `init` works in: the workspace it stands in; else where it stands when a project begins there; else the root of the
 * repository; else where it stands. Throws `usage/arguments` for a directory that is no project: the home or the root of all.
 */
export function setupRoot({ files, machine }: Host, cwd: string): SetupRoot {
  const start = files.realPath(cwd);
  if (start === undefined || files.stat(start)?.kind !== "directory") {
    throw new IplanError("usage/arguments", `${cwd} is not a directory.`, "Give --cwd a directory that exists.");
  }
  const chosen = choose(files, start);
  const home = machine.environment["HOME"];
  if (chosen.root !== "/" && chosen.root !== (home === undefined ? undefined : files.realPath(home))) return chosen;
  throw new IplanError(
    "usage/arguments",
    `${chosen.root} is no project; nothing was written.`,
    "Go to the directory of a project, or name one: iplan init --cwd DIR",
  );
}

function choose(files: Host["files"], start: string): SetupRoot {
  const upward = findRoot(files, start);
  const isStart = upward === start;
  if (files.stat(`${upward}/${configFileName}`) !== undefined) {
    return { root: upward, why: isStart ? "a workspace already" : "the workspace above" };
  }
  const manifest = manifests.find((name) => files.stat(`${start}/${name}`) !== undefined);
  if (manifest !== undefined) return { root: start, why: `${manifest} lies here` };
  if (!isStart) return { root: upward, why: "root of the repository" };
  return {
    root: start,
    why: files.stat(`${start}/.git`) === undefined ? "no repository of git" : "root of the repository",
  };
}
