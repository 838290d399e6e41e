import type { Host } from "#model/ports";
import { readSettings, type Settings } from "../session.ts";
import { findRoot } from "../workspace.ts";

/** Where a tool of an assistant is about to work. Nothing is walked: a hook is called before every one of its tools. */
export interface HookScene {
  readonly host: Host;
  /** Real path of the directory the tool works in. */
  readonly cwd: string;
  /** Root of the workspace around it. */
  readonly root: string;
  settings(): Promise<Settings>;
}

/** The scene of a directory. */
export function hookScene(host: Host, directory: string): HookScene {
  const cwd = host.files.realPath(directory) ?? directory;
  const root = findRoot(host.files, cwd);
  let settings: Promise<Settings> | undefined;
  return { host, cwd, root, settings: () => (settings ??= readSettings(host, root)) };
}
