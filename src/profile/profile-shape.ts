import { ruleFamilies } from "#model/finding";
import { patternProblem } from "./pattern.ts";
import { controlFields, planSections } from "./plan-words.ts";
import type {
  FieldFormat,
  HeadingSite,
  LabelMeaning,
  MentionSection,
  PhaseMeaning,
  Profile,
  StatusGlyph,
  StatusMeaning,
} from "./profile.ts";
import { type Shape, either, listOf, mapOf, objectOf, oneOf, text, textThat, truth, whole } from "./shape.ts";

/** Makes a list hold every member of a union, so that a forgotten one does not compile. */
function wordsOf<Word extends string>(words: Readonly<Record<Word, true>>): readonly string[] {
  return Object.keys(words);
}

const formats = wordsOf<FieldFormat>({
  id: true,
  ids: true,
  status: true,
  version: true,
  timestamp: true,
  effort: true,
  complexity: true,
  score: true,
  text: true,
});
const statusMeanings = wordsOf<StatusMeaning>({
  draft: true,
  ready: true,
  "in-progress": true,
  blocked: true,
  completed: true,
  "on-hold": true,
  aborted: true,
});
const phaseMeanings = wordsOf<PhaseMeaning>({
  pending: true,
  "in-progress": true,
  completed: true,
  blocked: true,
  skipped: true,
});
const glyphMeanings = wordsOf<StatusGlyph["means"]>({
  done: true,
  running: true,
  "not-started": true,
  partial: true,
  none: true,
});
const mentionSections = wordsOf<MentionSection["key"]>({
  upstream: true,
  downstream: true,
  related: true,
  elsewhere: true,
});
const headingSites = wordsOf<HeadingSite["kind"]>({
  phase: true,
  task: true,
  name: true,
  numberedSection: true,
  topic: true,
  documentName: true,
});

const anyText = textThat(() => undefined);
const labelMeanings = wordsOf<LabelMeaning>({
  outcome: true,
  verification: true,
  example: true,
  reference: true,
  handoff: true,
  deliverables: true,
  verify: true,
});

const texts = listOf(text);
const severity = oneOf(["error", "warning", "info"]);
const percent = whole(0, 100);
const pattern = textThat(patternProblem);
const idPattern = textThat((source) =>
  source.includes("{TYPE}") ? patternProblem(source) : 'must hold "{TYPE}", the type word',
);
const extension = textThat((ending) => (ending.startsWith(".") ? undefined : "must begin with a dot"));

const layer = objectOf(
  {
    type: textThat((type) => (/^[A-Z]{2,16}$/u.test(type) ? undefined : "must be 2 to 16 capital letters")),
    layer: whole(0, 99),
    title: text,
    tag: textThat((tag) => (/^[a-z][a-z0-9-]*$/u.test(tag) ? undefined : "must be lower-case letters")),
    optional: truth,
    directories: texts,
    files: listOf(pattern),
    extensions: listOf(extension),
    upstream: texts,
    upstreamIfPresent: texts,
    element: oneOf(["required", "recommended", "none"]),
    reference: oneOf(["document", "path"]),
  },
  ["tag"],
);

function words(meanings: readonly string[]): Shape {
  return listOf(objectOf({ means: oneOf(meanings), words: texts }), "means");
}

const plan = objectOf({
  type: text,
  parentType: text,
  trailers: listOf(objectOf({ name: text, of: text }), "name"),
  sections: listOf(objectOf({ key: oneOf(planSections), titles: texts, required: truth }), "key"),
  fields: listOf(objectOf({ key: oneOf(controlFields), names: texts, required: truth, format: oneOf(formats) }), "key"),
  statuses: words(statusMeanings),
  phaseStatuses: words(phaseMeanings),
  glyphs: listOf(objectOf({ glyph: text, means: oneOf(glyphMeanings) }), "glyph"),
  labels: words(labelMeanings),
  complexity: objectOf({ least: whole(0, 1000), greatest: whole(0, 1000) }),
  frontMatter: objectOf({ tags: texts, customFields: mapOf(either(text, whole(0, 1_000_000))) }),
});

const keys: Readonly<Record<keyof Profile, Shape>> = {
  name: text,
  title: text,
  layers: listOf(layer, "type"),
  ids: objectOf({
    documents: listOf(idPattern),
    elements: listOf(idPattern),
    reserved: whole(0, 1_000_000),
    placeholders: texts,
  }),
  tags: objectOf({
    aliases: listOf(objectOf({ name: text, means: text }), "name"),
    facts: listOf(objectOf({ name: text, values: texts }), "name"),
    none: texts,
    yamlKeys: texts,
  }),
  trace: objectOf({
    sections: listOf(objectOf({ key: oneOf(mentionSections), titles: texts }), "key"),
    elements: listOf(
      objectOf({
        type: text,
        ids: texts,
        headings: listOf(objectOf({ kind: oneOf(headingSites), words: texts, prefix: anyText })),
      }),
      "type",
    ),
    standards: texts,
    code: objectOf({ source: text, test: text, testStarts: texts, testEnds: texts }),
  }),
  plan,
  templates: objectOf({ documentTypes: texts, nameParts: texts }),
  sizes: objectOf({
    bytesPerToken: whole(1, 16),
    limits: listOf(objectOf({ tokens: whole(1, 1_000_000_000), severity })),
  }),
  readiness: objectOf({
    target: percent,
    ceilingWithErrors: percent,
    weights: objectOf(Object.fromEntries(ruleFamilies.map((family) => [family, percent]))),
    declaredAs: texts,
    loss: objectOf({ error: percent, warning: percent, info: percent }),
  }),
  severities: mapOf(oneOf(["error", "warning", "info", "off"])),
};

/** The shape of a whole profile. */
export const profileShape: Shape = objectOf(keys);
