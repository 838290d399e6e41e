import { createSessionWorld, root, type SessionSketch, type SessionWorld } from "./session-world.ts";

/** Name of the file that makes a directory a workspace. */
export const noConfig = "iplan.config.yaml";

/** A project without a configuration file. */
export function project(files: Readonly<Record<string, string>> = {}, sketch: SessionSketch = {}): SessionWorld {
  const world = createSessionWorld({ "package.json": "{}\n", ...files }, { programs: { iplan: "" }, ...sketch });
  world.host.files.remove(`${root}/${noConfig}`);
  return world;
}

/** What makes a directory a repository. */
export const git: Readonly<Record<string, string>> = { ".git/HEAD": "ref: refs/heads/main\n" };
