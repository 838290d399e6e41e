import { onceFor } from "#model/lazily";
import type { Control, FrontMatter, Plan } from "#model/plan";
import { isReserved, parseDocumentId } from "#profile/dialect";
import type { Profile } from "#profile/profile";
import { plainWords } from "../plain-words.ts";
import { afterSign } from "./step-head.ts";
import type { PlanReading } from "./reading.ts";

/** What a plan is called, and whether it is a template. */
export type PlanIdentity = Pick<Plan, "id" | "title" | "name" | "part" | "template">;

const longest = 300;
const prefix = /^(?:implementation plan|work plan)\s*[-–—:]\s*/iu;

/** The plan's id, title and name, from the control table, else the title, else the file name. */
export function readIdentity(
  reading: PlanReading,
  control: Control | undefined,
  front: FrontMatter | undefined,
): PlanIdentity {
  const { profile } = reading;
  const file = reading.source.path.slice(reading.source.path.lastIndexOf("/") + 1);
  const heading = reading.document.tree
    .ofKind("heading")
    .find((block) => block.level === 1 && block.parent?.kind === "document");
  const title = heading && reading.visible(reading.passageOf(heading));
  const id = control?.id?.value ?? idIn(profile, title?.text ?? "") ?? idIn(profile, file) ?? writtenId(control);
  const part = /_part_?(\d+)(?=[_.])/i.exec(file)?.[1];
  const name = title && nameOf(profile, title);
  return {
    template: isTemplate(profile, id, file, front),
    ...(id === undefined ? {} : { id }),
    ...(title === undefined ? {} : { title: { text: plainWords(title.line), range: title.range } }),
    ...(name === undefined || name === "" ? {} : { name }),
    ...(part === undefined ? {} : { part: Number(part) }),
  };
}

/** The plan id a title or file name begins with. */
function idIn(profile: Profile, text: string): string | undefined {
  const word = /^[\p{L}\p{N}.-]+/u.exec(text.slice(0, longest).replace(prefix, ""))?.[0].replace(/[.]+$/u, "");
  const id = word === undefined ? undefined : parseDocumentId(profile, word);
  return id?.type === profile.plan.type ? id.id : undefined;
}

/** The id as written, for templates and for ids of another dialect. */
function writtenId(control: Control | undefined): string | undefined {
  const raw = control?.id?.raw ?? "";
  return /^[A-Z]+[-.][\w.-]+$/u.test(raw) ? raw : undefined;
}

const idForm = onceFor(({ plan }: Profile) => new RegExp(String.raw`^${plan.type}-[\w-]+\s*(?=[:–—-]|$)`, "u"));

/** `# Implementation Plan - IPLAN-001: Name` without what stands before the name. */
function nameOf(profile: Profile, title: NonNullable<ReturnType<PlanReading["passageOf"]>>): string {
  const text = title.text.slice(0, longest);
  const start = prefix.exec(text)?.[0].length ?? 0;
  const rest = title.sub(start);
  const id = idForm(profile).exec(rest.text.slice(0, longest));
  return plainWords((id === null ? rest : afterSign(rest.sub(id[0].length))).line);
}

function isTemplate(profile: Profile, id: string | undefined, file: string, front: FrontMatter | undefined): boolean {
  const known = id === undefined ? undefined : parseDocumentId(profile, id);
  if (known !== undefined && isReserved(profile, known)) return true;
  const kind = front?.documentType?.value;
  if (kind !== undefined && profile.templates.documentTypes.includes(kind)) return true;
  if (profile.templates.nameParts.some((part) => file.includes(part))) return true;
  const word = id?.slice(id.indexOf("-") + 1) ?? "";
  return known === undefined && profile.ids.placeholders.includes(word);
}
