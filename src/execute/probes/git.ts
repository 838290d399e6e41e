import type { GitClaim } from "#model/claim";
import type { Git } from "#model/ports";
import { type ClaimProbe, type Observation, type ProbeScene, undecided } from "./probe.ts";

/** Asks git; hooks and what a repository configures are off. */
export const probeGit: ClaimProbe<"git"> = (claim, scene) =>
  questions[claim.expect](scene.git(), claim.name ?? "", scene) ?? undecided("this is no git repository");

type Question = (git: Git, name: string, scene: ProbeScene) => Observation | undefined;

const questions: Readonly<Record<GitClaim["expect"], Question>> = {
  clean: (git, _name, scene) => changed(git, () => true, scene),
  unchanged: (git, name, scene) => {
    const path = name.replace(/^(?:\.\/)+/, "").replace(/\/+$/, "");
    return changed(git, (each) => each === path || each.startsWith(`${path}/`), scene);
  },
  branch: (git, name) => {
    const branch = git.branch();
    if (branch === undefined) return undefined;
    return { holds: branch === name, observed: branch === "" ? "no branch is checked out" : `the branch is ${branch}` };
  },
  tag: (git, name) => said(git.hasTag(name), `there is a tag ${name}`, `there is no tag ${name}`),
  tracked: (git, name) => said(git.isTracked(name), `${name} is tracked`, `${name} is not tracked`),
};

function changed(git: Git, isMeant: (path: string) => boolean, scene: ProbeScene): Observation | undefined {
  const own = new Set(scene.ownFiles);
  const changes = git.changes()?.filter((path) => isMeant(path) && !own.has(path) && !path.startsWith(".iplan/"));
  if (changes === undefined) return undefined;
  const [first] = changes;
  if (first === undefined) return { holds: true, observed: "git sees no changes" };
  const more = changes.length === 1 ? "" : ` and ${changes.length - 1} more`;
  return { holds: false, observed: `git sees changes: ${first}${more}` };
}

function said(answer: boolean | undefined, yes: string, no: string): Observation | undefined {
  return answer === undefined ? undefined : { holds: answer, observed: answer ? yes : no };
}
