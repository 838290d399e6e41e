import type { Bullet, ContextGroup } from "#model/plan";
import type { Profile } from "#profile/profile";
import type { TraceFacts } from "../facts.ts";
import { cureOf, idsIn } from "../ids-in.ts";
import { defineRule, type Draft, type Rule } from "../rule.ts";

/** What a plan says of the documents that are there is true. */
export const currentState: Rule = defineRule({
  code: "trace/current-state",
  severity: "warning",
  title: "Current state that is not so",
  summary:
    "The documents that a plan lists as there are there, those it lists as missing are not, and its percentage agrees.",
  needs: ["trace", "plan"],
  when: ({ plan }) => plan.currentState.length > 0,
  check({ trace, plan, profile, document, source }, report) {
    const groups = plan.currentState.map((group) => ({ group, claims: claimsIn(profile, group, source.text) }));
    if (document.template || groups.every(({ claims }) => claims.length === 0)) return "not-applicable";
    for (const { group, claims } of groups) {
      for (const claim of claims) {
        const draft = contradiction(trace, group, claim);
        if (draft !== undefined) report(draft);
      }
      const wrong = wrongShare(trace, group, claims);
      if (wrong !== undefined) report(wrong);
    }
    return undefined;
  },
});

/** What one entry says of one document. */
interface StateClaim {
  readonly id: string;
  readonly item: Bullet;
  /** Undefined where the entry does not say it for certain. */
  readonly present: boolean | undefined;
}

/** An entry that begins with ids of documents, whatever signs stand before them. */
const subject = /^[^\p{L}\p{N}]*(?:[A-Z][A-Z0-9]*-\d[\w.-]*(?:\s*(?:,|and|&|\/)\s*)?)+/u;
const absent =
  /❌|✗|✘|\b(?:missing|absent|not (?:yet )?(?:written|created|available|there|present)|do(?:es)? not exist)\b/iu;
const open =
  /⏳|⏸|⚠|🟡|🔄|🚧|\b(?:planned|pending|draft(?:ing|ed)?|tbd|todo|to be|will be|in progress|started|no|none|not)\b/iu;

function claimsIn(profile: Profile, group: ContextGroup, text: string): readonly StateClaim[] {
  return group.items.flatMap((item): readonly StateClaim[] => {
    const head = subject.exec(item.text)?.[0];
    // Why: a link whose file is not there is a finding of its own.
    if (head === undefined || text.slice(item.range.start.offset, item.range.end.offset).includes("](")) return [];
    const rest = item.text.replace(head, head.replace(/[\p{L}\p{N}]/gu, " "));
    const present = absent.test(rest) ? false : open.test(rest) || saysNothing(group) ? undefined : true;
    return idsIn(profile, head).map((id) => ({ id, item, present }));
  });
}

/** True for a list below a state that calls its entries open: that they are there is not said. */
function saysNothing({ status }: ContextGroup): boolean {
  const { value, percent } = status ?? {};
  return percent === undefined ? value !== undefined && value !== "completed" : percent === 0;
}

function contradiction(
  { graph }: TraceFacts,
  group: ContextGroup,
  { id, item, present }: StateClaim,
): Draft | undefined {
  const isThere = graph.find(id) !== undefined;
  if (present === undefined || present === isThere) return undefined;
  if (isThere) {
    const message = `${id} is listed as missing, but it is there. Bring the list up to date.`;
    return { message, at: item.range, severity: "info" };
  }
  const cure = cureOf(graph.alike(id), "Write it, or correct the list.");
  const percent = group.status?.percent === 100 ? ` as part of ${group.title}, 100 %` : "";
  return { message: `${id} is listed as there${percent}, but there is no such document. ${cure}`, at: item.range };
}

/** Why: of code and work done before, the documents say nothing; nothing at all of the documents is there only when none is. */
function wrongShare({ graph }: TraceFacts, group: ContextGroup, claims: readonly StateClaim[]): Draft | undefined {
  if (group.status?.percent !== 0 || !/\bdoc/iu.test(group.title)) return undefined;
  const there = claims
    .filter(({ id, present }) => present !== false && graph.find(id) !== undefined)
    .map(({ id }) => id);
  if (there.length === 0) return undefined;
  const message = `${group.title} says 0 %, but ${there.join(", ")} ${there.length === 1 ? "is" : "are"} there. Bring it up to date.`;
  return { message, at: group.status.range };
}
