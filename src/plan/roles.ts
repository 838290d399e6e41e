import type { PlanBlock } from "#model/plan";
import type { ShellSyntax } from "#model/shell-syntax";
import type { Role } from "#model/understanding";
import { everyCommand } from "./shell/every-command.ts";
import { invokedBy } from "./shell/handed-script.ts";

/** Where a block stands, and what is known of it. */
export interface RolePlace {
  readonly block: PlanBlock;
  readonly place: "step" | "task" | "elsewhere";
  readonly syntax: ShellSyntax | undefined;
  readonly annotated: Role | undefined;
}

/** A role with its reason. */
export interface GivenRole {
  readonly role: Role;
  readonly why: string;
}

type RoleRule = (place: RolePlace) => GivenRole | undefined;

/** Languages that run. */
export const runnable: ReadonlySet<string> = new Set(["bash", "sh", "shell"]);

/**
 * The role of a block: the first rule that speaks decides. Only blocks of steps, and verifications of tasks, ever run; only fences
 * marked bash, sh or shell do.
 */
export function roleOf(place: RolePlace): GivenRole {
  for (const rule of rules) {
    const given = rule(place);
    if (given !== undefined) return given;
  }
  return {
    role: "action",
    why:
      place.block.label === undefined
        ? "a shell block of the step without a label acts"
        : `it acts; \`${place.block.label.text}\` is no word for a verification`,
  };
}

const rules: readonly RoleRule[] = [
  outsideOfWork,
  annotated,
  otherLanguage,
  empty,
  labelled,
  ofTask,
  commentsOnly,
  scaffolding,
];

const sections: Readonly<Record<string, string>> = {
  "command-reference": "the command reference is there to look things up",
  troubleshooting: "troubleshooting is for when something went wrong",
  references: "references never run",
};

function outsideOfWork({ block, place, annotated }: RolePlace): GivenRole | undefined {
  if (place !== "elsewhere") return undefined;
  const section = sections[block.section ?? ""];
  if (section !== undefined) return { role: "reference", why: section };
  if (fits(block.labelMeans ?? block.label?.text ?? "", examples))
    return { role: "example", why: `its label \`${block.label?.text}\` says so` };
  const asked = annotated === undefined ? "" : `; the annotation \`role=${annotated}\` does not change that`;
  return { role: "reference", why: `it stands outside of the execution steps and never runs${asked}` };
}

function annotated({ annotated: role, block }: RolePlace): GivenRole | undefined {
  if (role === undefined) return undefined;
  const runs = role === "action" || role === "verification" || role === "scaffold";
  if (runs && !runnable.has(block.language)) return undefined;
  return { role, why: "the annotation says so" };
}

function otherLanguage({ block }: RolePlace): GivenRole | undefined {
  if (runnable.has(block.language)) return undefined;
  const what = block.language === "" ? "it names no language" : `it is marked \`${block.language}\``;
  return { role: "example", why: `${what}; only bash, sh and shell run` };
}

function empty({ block }: RolePlace): GivenRole | undefined {
  return block.text.trim() === "" ? { role: "example", why: "it is empty" } : undefined;
}

/** A form of labels, with the letters that what it fits begins with. Why: each form takes time to compile, and a label needs few. */
interface LabelForm {
  readonly starts: string;
  readonly form: RegExp;
}

function fits(label: string, { starts, form }: LabelForm): boolean {
  return starts.includes(label.charAt(0).toLowerCase()) && form.test(label);
}

const examples: LabelForm = {
  starts: "fesuor",
  form: /^(?:for )?(?:examples?|e\.g\.|sample|usage|expected output|output|result|sample output)\b/i,
};
const verifications: LabelForm = {
  starts: "pbvcsha",
  form: /^(?:(?:post|pre)[- ])?(?:bash )?(?:verif(?:y|ication)|check(?:s|point|list)?|validat(?:e|ion)|confirm(?:ation)?|sanity check|smoke (?:test|check)|health check|acceptance (?:check|test))\b/i,
};
const verificationEnds = /(?:^|\s)(?:verification|validation|checks?)$/i;
const others: readonly (LabelForm & { readonly role: Role; readonly why: string })[] = [
  {
    starts: "ur",
    form: /^(?:rollback|roll back|undo|revert|recovery|restore)\b/i,
    role: "reference",
    why: "it is for the case that something went wrong",
  },
  {
    starts: "iotd",
    form: /^(?:if\b.{0,80}\b(?:fails?|errors?|missing|not)\b|on (?:failure|error)|troubleshooting|debugging)/i,
    role: "reference",
    why: "it is for the case that something went wrong",
  },
  { starts: "aoi", form: /^(?:alternative(?:ly)?|or|instead)\b/i, role: "reference", why: "it stands for another way" },
  {
    starts: "mbf",
    form: /^(?:manual(?:ly)?|by hand|for (?:the )?(?:developer|assistant|reviewer))\b/i,
    role: "handoff",
    why: "its label hands it to a person",
  },
];

/** What a label says of the block below it. */
interface LabelMeaning {
  readonly role: Role;
  /** Absent where the label says so itself. */
  readonly why?: string;
}

// Why: plans write the same few labels over and over, and each is held against many forms.
const knownLabels = new Map<string, LabelMeaning | undefined>();
const mostLabels = 200;

function meaningOf(label: string): LabelMeaning | undefined {
  if (knownLabels.has(label)) return knownLabels.get(label);
  if (knownLabels.size >= mostLabels) knownLabels.clear();
  const meaning = readMeaning(label);
  knownLabels.set(label, meaning);
  return meaning;
}

function readMeaning(label: string): LabelMeaning | undefined {
  if (fits(label, examples)) return { role: "example" };
  const known = others.find((each) => fits(label, each));
  if (known !== undefined) return known;
  const short = label.split(/\s+/).length <= 8;
  return short && (fits(label, verifications) || verificationEnds.test(label)) ? { role: "verification" } : undefined;
}

function labelled({ block, place }: RolePlace): GivenRole | undefined {
  const written = block.label?.text.trim() ?? "";
  if (written === "") return undefined;
  const meaning = meaningOf(block.labelMeans ?? written);
  if (meaning === undefined) return undefined;
  const said = `its label \`${written}\``;
  if (meaning.why !== undefined) return { role: meaning.role, why: `${meaning.why} (${said})` };
  const own = meaning.role === "verification" && place === "task" ? "; it is the task's own" : "";
  return { role: meaning.role, why: `${said} says so${own}` };
}

function ofTask({ place }: RolePlace): GivenRole | undefined {
  if (place !== "task") return undefined;
  return { role: "reference", why: "of a task only a block labelled Verification runs" };
}

function commentsOnly({ syntax }: RolePlace): GivenRole | undefined {
  if (syntax === undefined || syntax.incomplete || syntax.errors.length > 0 || syntax.statements.length > 0)
    return undefined;
  return { role: "handoff", why: "it holds only comments: work for a person or assistant" };
}

const work =
  /\b(?:files? will contain|after implementation|to be implemented|implement(?:s|ed|ation)?\b(?! tests? pass)|write (?:the )?(?:code|implementation|tests?|content)|add (?:the )?(?:code|content|implementation)|your code|fill in|todo|edit (?:the )?file|paste\b)/i;

/** Empty files are made, and comments say what is to be written into them. */
function scaffolding({ syntax }: RolePlace): GivenRole | undefined {
  if (syntax === undefined) return undefined;
  const asked = syntax.comments.find((comment) => work.test(comment.text));
  if (asked === undefined || !makesEmptyFiles(syntax)) return undefined;
  return { role: "scaffold", why: `it makes empty files, and a comment asks for work on them (\`${asked.text}\`)` };
}

function makesEmptyFiles(syntax: ShellSyntax): boolean {
  let found = false;
  everyCommand(syntax, (command) => {
    const program = invokedBy(command)?.program;
    const cleared =
      command.redirects.some(({ operator }) => operator === ">") &&
      (program === undefined || program === ":" || program === "true");
    found ||= program === "touch" || cleared;
  });
  return found;
}
