import type { Plan } from "#model/plan";
import type { Profile } from "#profile/profile";

/**
 * What front matter calls a document that is no plan, as written there (`readme`, `ADR`); undefined where it says
 * nothing of that, or that it is a plan or a template, and for all that has a plan's id.
 */
export function otherKind(profile: Profile, { id, frontMatter }: Plan): string | undefined {
  if (id?.startsWith(profile.plan.type) === true) return undefined;
  const type = frontMatter?.artifactType?.value;
  if (type !== undefined && type.toUpperCase() !== profile.plan.type) return type;
  const kind = frontMatter?.documentType?.value;
  if (kind === undefined || profile.templates.documentTypes.includes(kind)) return undefined;
  return kind.toLowerCase().includes("plan") ? undefined : kind;
}
