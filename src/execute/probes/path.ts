import type { FileStat } from "#model/ports";
import type { ClaimProbe, Observation, ProbeScene } from "./probe.ts";

/** Reads whether a path is there and is what the claim says. */
export const probePath: ClaimProbe<"path"> = (claim, scene) => {
  const found = lookFor(claim.path, scene);
  if (claim.expect === "absent") {
    return found === undefined ? yes(`${claim.path} does not exist`) : no(`${claim.path} exists`);
  }
  if (found === undefined) return no(`${claim.path} does not exist`);
  return expectations[claim.expect](claim.path, found, scene);
};

interface Found {
  readonly path: string;
  readonly stat: FileStat;
}

type PathExpectation = (name: string, found: Found, scene: ProbeScene) => Observation;

const expectations = {
  exists: (name) => yes(`${name} exists`),
  created: (name) => yes(`${name} exists`),
  file: (name, { stat }) => (stat.kind === "file" ? yes(`${name} is a file`) : no(`${name} is a ${stat.kind}`)),
  directory: (name, { stat }) =>
    stat.kind === "directory" ? yes(`${name} is a directory`) : no(`${name} is a ${stat.kind}`),
  executable: (name, { stat }) =>
    stat.kind === "file" && stat.executable === true ? yes(`${name} is executable`) : no(`${name} is not executable`),
  "not-empty": (name, { path, stat }, scene) => {
    const empty = stat.kind === "directory" ? scene.files.list(path).length === 0 : stat.size === 0;
    return empty ? no(`${name} is empty`) : yes(`${name} is not empty`);
  },
} as const satisfies Record<string, PathExpectation>;

/** The first directory in which the path exists; links are followed. */
function lookFor(name: string, scene: ProbeScene): Found | undefined {
  for (const candidate of candidatesOf(name, scene)) {
    const path = scene.files.realPath(candidate);
    const stat = path === undefined ? undefined : scene.files.stat(path);
    if (path !== undefined && stat !== undefined) return { path, stat };
  }
  return undefined;
}

/** Absolute paths a name may stand for. */
export function candidatesOf(name: string, scene: Pick<ProbeScene, "directories">): readonly string[] {
  const clean = name.replace(/^(?:\.\/)+/, "").replace(/(?<=.)\/+$/, "");
  if (clean.startsWith("/")) return [clean];
  return scene.directories.map((directory) => (clean === "" || clean === "." ? directory : `${directory}/${clean}`));
}

function yes(observed: string): Observation {
  return { holds: true, observed };
}

function no(observed: string): Observation {
  return { holds: false, observed };
}
