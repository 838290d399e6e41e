import type { Annotation } from "#model/plan";
import type { Range } from "#model/source";
import type { BlockSettings, Role } from "#model/understanding";
import { readClaimText } from "./claims/claim-text.ts";

/** What annotations say, and what of them means nothing. */
export interface ReadAnnotations {
  readonly settings: BlockSettings;
  readonly role?: Role;
  readonly problems: readonly AnnotationProblem[];
}

/** A key or value that means nothing. */
export interface AnnotationProblem {
  readonly message: string;
  readonly range: Range;
  readonly annotation: Annotation;
}

/** Settings of a block without annotations. */
export const plainSettings: BlockSettings = {
  background: false,
  keep: false,
  isolated: false,
  confirm: false,
  unsafe: false,
  needs: [],
  tasks: [],
};

type Draft = { -readonly [K in keyof BlockSettings]: BlockSettings[K] } & { role?: Role };

/** Reads one value into the draft; gives what is wrong with it. */
type KeyReader = (draft: Draft, value: string | undefined) => string | undefined;

const roles: readonly Role[] = ["action", "verification", "scaffold", "example", "reference", "handoff"];

function flag(key: "background" | "keep" | "isolated" | "confirm" | "unsafe"): KeyReader {
  return (draft, value) => {
    if (value !== undefined && value !== "true" && value !== "false") return `${key} takes no value`;
    draft[key] = value !== "false";
    return undefined;
  };
}

function text(key: "id" | "init", form: RegExp, expected: string): KeyReader {
  return (draft, value) => {
    if (value === undefined || !form.test(value)) return `${key} wants ${expected}`;
    draft[key] = value;
    return undefined;
  };
}

function list(key: "needs" | "tasks", named: string): KeyReader {
  return (draft, value) => {
    const names = (value ?? "").split(",").flatMap((name) => name.trim() || []);
    if (names.length === 0) return `${named} wants the name of a step or task`;
    draft[key] = [...draft[key], ...names];
    return undefined;
  };
}

const keys: Readonly<Record<string, KeyReader>> = {
  id: text("id", /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u, "a short name of letters, digits, dots and dashes"),
  init: text("init", /^(?=[^]{0,2000}\S)[^\p{Cc}]{1,2000}$/u, "commands of bash on one line"),
  task: list("tasks", "task"),
  needs: list("needs", "needs"),
  background: flag("background"),
  keep: flag("keep"),
  isolated: flag("isolated"),
  confirm: flag("confirm"),
  unsafe: flag("unsafe"),
  role: (draft, value) => {
    const role = roles.find((each) => each === value);
    if (role === undefined) return `role is one of ${roles.join(", ")}`;
    draft.role = role;
    return undefined;
  },
  timeout: (draft, value) => {
    const duration = readDuration(value ?? "");
    if (duration === undefined) return "timeout wants a duration such as 30s, 5m or 1h";
    draft.timeoutMs = duration;
    return undefined;
  },
  retry: (draft, value) => {
    if (!/^\d{1,2}$/.test(value ?? "")) return "retry wants a number from 0 to 99";
    draft.retry = Number(value);
    return undefined;
  },
  ready: (draft, value) => {
    if (value === undefined || !isReadySign(value)) {
      return "ready wants port:8080, url:http://localhost:8080/…, output:TEXT, path:PATH or delay:5s";
    }
    draft.ready = value;
    return undefined;
  },
  claim: (_draft, value) => readClaimText(value ?? "").problem,
};

/** Why: `file:` is the older spelling of `path:`. */
function isReadySign(value: string): boolean {
  if (value.startsWith("delay:")) return readDuration(value.slice("delay:".length)) !== undefined;
  return /^(?:port:\d{1,5}|output:.+|(?:file|path):\S+|url:https?:\/\/\S+)$/.test(value);
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, "": 1_000, m: 60_000, min: 60_000, h: 3_600_000 };

/** Milliseconds of a duration such as `90`, `30s`, `5m`, `1h30m`; undefined for anything else and for zero. */
export function readDuration(text: string): number | undefined {
  if (!/^(?:\d{1,7}(?:ms|s|min|m|h)){1,4}$|^\d{1,7}$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|min|s|m|h|)/g))
    total += Number(amount) * (units[unit ?? ""] ?? 0);
  return total > 0 ? total : undefined;
}

const plain: ReadAnnotations = { settings: plainSettings, problems: [] };

/** Reads annotations, the later ones over the earlier: a block's own over its step's. */
export function readAnnotations(annotations: readonly (Annotation | undefined)[]): ReadAnnotations {
  if (annotations.every((annotation) => annotation === undefined)) return plain;
  const draft: Draft = { ...plainSettings };
  const problems: AnnotationProblem[] = [];
  for (const annotation of annotations) {
    for (const { key, value, range } of annotation?.entries ?? []) {
      const reader = Object.hasOwn(keys, key) ? keys[key] : undefined;
      const message =
        reader === undefined
          ? `${key} means nothing here; known are ${Object.keys(keys).join(", ")}`
          : reader(draft, value);
      if (message !== undefined && annotation !== undefined) problems.push({ message, range, annotation });
    }
  }
  const { role, ...settings } = draft;
  return role === undefined ? { settings, problems } : { settings, role, problems };
}

/** Texts of the `claim=` entries of an annotation. */
export function claimTexts(annotation: Annotation | undefined): readonly string[] {
  return (annotation?.entries ?? []).flatMap(({ key, value }) =>
    key === "claim" && value !== undefined ? [value] : [],
  );
}
