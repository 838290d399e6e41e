import type { RuleContext } from "#rules/rule";
import { createSource } from "#model/source";
import type { Session } from "./session.ts";

/** The configuration files as documents for the rules of the family `config`: the workspace's own, and a profile of the project's. */
export function configContexts(session: Session): readonly RuleContext[] {
  const { file, read, profile } = session.settings;
  const inProfile = profile.path === undefined ? [] : profile.problems;
  const inConfig = [...read.problems, ...(profile.path === undefined ? profile.problems : [])];
  const contexts: RuleContext[] = [];
  if (file !== undefined) contexts.push(contextOf(session, file, inConfig));
  const bytes = profile.path === undefined ? undefined : session.host.files.read(`${session.root}/${profile.path}`);
  if (profile.path !== undefined && bytes !== undefined)
    contexts.push(contextOf(session, createSource(profile.path, bytes), inProfile));
  return contexts;
}

function contextOf(
  session: Session,
  source: RuleContext["source"],
  problems: NonNullable<RuleContext["config"]>["problems"],
): RuleContext {
  return {
    source,
    document: { path: source.path, template: false, named: true, size: source.bytes.length },
    profile: session.profile,
    config: { problems },
  };
}
