import type { Plan } from "#model/plan";
import { isMarkdownPath, type Range, type Span } from "#model/source";
import { parseDocumentId } from "#profile/dialect";
import type { Profile } from "#profile/profile";
import { findDocumentId } from "../find-document-id.ts";
import { defineRule, type Rule, type RuleContext } from "../rule.ts";

interface WrittenId {
  readonly where: string;
  readonly id: string;
  readonly at: Range | Span;
}

/** A document has one id, wherever it is written. */
export const idContradicts: Rule = defineRule({
  code: "document/id-contradicts",
  severity: "error",
  title: "Contradicting ids",
  summary: "File name, title, control table, front matter and the specification's own key name the same id.",
  needs: [],
  check(context, report) {
    const { plan } = context;
    const [first, ...others] = plan === undefined ? idsOfDocument(context) : idsOfPlan(context, plan);
    if (first === undefined || others.length === 0) return "not-applicable";
    for (const other of others.filter((one) => one.id !== first.id)) {
      report({
        message: `The ${other.where} says ${other.id}, the ${first.where} says ${first.id}. Make them agree.`,
        at: other.at,
      });
    }
    return undefined;
  },
});

function idsOfPlan({ profile, document }: RuleContext, plan: Plan): readonly WrittenId[] {
  const places: readonly { where: string; text: string | undefined; at: Range | Span | undefined }[] = [
    { where: "control table", text: plan.control?.id?.raw, at: plan.control?.id?.range },
    { where: "title", text: plan.title?.text, at: plan.title?.range },
    { where: "file name", text: document.id, at: plan.title?.range ?? { start: 0, end: 0 } },
    { where: "front matter", text: plan.frontMatter?.title?.value, at: plan.frontMatter?.title?.range },
  ];
  return places.flatMap(({ where, text, at }) => {
    const found = text === undefined ? undefined : findDocumentId(profile, text);
    return found === undefined || at === undefined ? [] : [{ where, id: found.id, at }];
  });
}

/** Why: only what begins with an id of the document's own type claims to be its id; others are named in titles too. */
function idsOfDocument(context: RuleContext): readonly WrittenId[] {
  const { profile, document, source } = context;
  const { id, type, path } = document;
  if (id === undefined || type === undefined || document.template) return [];
  const ids: WrittenId[] = [{ where: "file name", id, at: { start: 0, end: 0 } }];
  const title = isMarkdownPath(path) ? context.markdown?.title : undefined;
  if (title !== undefined) ids.push(...claimed(profile, type, "title", title.text, title));
  const line = path.endsWith(".feature") ? featureLine : isMarkdownPath(path) ? undefined : ownKey(type);
  const match = line?.exec(source.text);
  const value = match?.[1];
  if (match !== null && match !== undefined && value !== undefined) {
    const start = match.index + match[0].length - value.length;
    const where = path.endsWith(".feature") ? "title" : "file itself";
    ids.push(...claimed(profile, type, where, value, { start, end: start + value.length }));
  }
  return ids;
}

const featureLine = /^[ \t]*Feature:[ \t]*([A-Z][\w.-]*)/mu;

const ownKeys = new Map<string, RegExp>();

/** The key by which a specification names itself, without indentation: `id`, `spec_id`. */
function ownKey(type: string): RegExp {
  const known = ownKeys.get(type);
  if (known !== undefined) return known;
  const names = ["id", ...["document", "artifact", "contract", type.toLowerCase()].map((name) => `${name}_id`)];
  const form = new RegExp(`^(?:${names.join("|")})[ \\t]*:[ \\t]*["']?([A-Z][\\w.-]*)`, "mu");
  ownKeys.set(type, form);
  return form;
}

function claimed(profile: Profile, type: string, where: string, text: string, at: Range | Span): readonly WrittenId[] {
  const word = /^[A-Z][\w.-]*/u.exec(text.trim())?.[0].replace(/[.-]+$/u, "");
  const found = word === undefined ? undefined : parseDocumentId(profile, word);
  return found?.type === type ? [{ where, id: found.id, at }] : [];
}
