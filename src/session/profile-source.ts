import type { Config } from "#model/config";
import type { Files } from "#model/ports";
import { createSource } from "#model/source";
import { builtInProfiles, defaultProfile, findProfile } from "#profile/find-profile";
import { parseProfile } from "#profile/parse-profile";
import type { Profile } from "#profile/profile";
import { type ConfigNode, nodeAt, plainValue } from "./config-node.ts";
import { readYaml } from "./read-yaml.ts";
import type { ConfigProblem } from "#rules/facts";

/** The profile of a workspace, and what is wrong with the project's own. */
export interface LoadedProfile {
  readonly profile: Profile;
  /** Workspace-relative path of the project's own profile; absent for a built-in one. */
  readonly path?: string;
  /** Problems of the file at `path`, or of the setting itself when `path` is absent. */
  readonly problems: readonly ConfigProblem[];
}

/** Finds the profile that the settings name: a built-in one, or a YAML or JSON file of the workspace. A broken one gives the default. */
export async function loadProfile(files: Files, root: string, config: Config): Promise<LoadedProfile> {
  const builtIn = findProfile(config.profile);
  if (builtIn !== undefined) return { profile: builtIn, problems: [] };
  const path = config.profile;
  const bytes = isFileName(path) ? readInside(files, root, path) : undefined;
  if (bytes === undefined) return { profile: defaultProfile, problems: [unknownProfile(path)] };
  const tree = await readYaml(createSource(path, bytes).text);
  const broken = tree.problems.map(({ start, end, message, ...cause }) => ({
    ...problemAt("", `The profile ${message}`, { start, end }),
    ...cause,
  }));
  if (broken.length > 0) return { profile: defaultProfile, path, problems: broken };
  const node: ConfigNode = tree.root ?? { kind: "scalar", value: null, start: 0, end: 0 };
  const parsed = parseProfile(plainValue(node));
  if ("profile" in parsed) return { profile: parsed.profile, path, problems: [] };
  const problems = parsed.problems.map((problem) => {
    const { start, end } = nodeAt(node, problem.path);
    const subject = problem.path === "" ? "The profile" : `\`${problem.path}\``;
    return problemAt(problem.path, `${subject} ${problem.message}.`, { start, end });
  });
  return { profile: defaultProfile, path, problems };
}

/** A larger profile is not read, in bytes. */
const largest = 4 * 1024 * 1024;

function isFileName(path: string): boolean {
  return /\.(?:ya?ml|json)$/u.test(path) && !path.startsWith("/") && !path.split("/").includes("..");
}

/** Why: a link could lead out of the workspace, and a profile decides what is checked. */
function readInside(files: Files, root: string, path: string): Uint8Array | undefined {
  const real = files.realPath(`${root}/${path}`);
  const realRoot = files.realPath(root);
  if (real === undefined || realRoot === undefined || !real.startsWith(`${realRoot}/`)) return undefined;
  const stat = files.stat(real);
  return stat?.kind === "file" && stat.size <= largest ? files.read(real) : undefined;
}

function unknownProfile(name: string): ConfigProblem {
  const known = Object.keys(builtInProfiles).join(", ");
  const message = `There is no profile "${name}". Write one of ${known}, or the path of a YAML file in the workspace.`;
  return problemAt("profile", message, { start: 0, end: 0 });
}

function problemAt(key: string, message: string, range: { start: number; end: number }): ConfigProblem {
  return { kind: "bad-value", key, message, range };
}
