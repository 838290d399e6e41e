import { regionBody } from "#author/registry/region";
import { createSource } from "#model/source";
import { parsePlan } from "#parse/iplan/plan";
import { classifyDocument } from "../classify.ts";
import type { Settings } from "../session.ts";
import { handTicks } from "./hand-ticks.ts";
import { holdsGuard, hookSettings, resolvePath, whyProtected } from "./protected-path.ts";
import type { HookScene } from "./hook-scene.ts";

/** What a tool is about to write, and where. */
export interface IntendedWrite {
  /** As the tool was told it. */
  readonly path: string;
  /** The text the file will have, told from what it has; undefined where that cannot be told. */
  after(before: string | undefined): string | undefined;
}

/** The writes that a call of an editing tool intends, for the tools that assistants bring along. */
export function intendedWrites(name: string, input: Readonly<Record<string, unknown>>): readonly IntendedWrite[] {
  const path = textOf(input, "file_path") ?? textOf(input, "notebook_path") ?? textOf(input, "path");
  if (path === undefined || !editingTools.has(name)) return [];
  const content = textOf(input, "content");
  if (content !== undefined) return [{ path, after: () => content }];
  const edits = Array.isArray(input["edits"]) ? (input["edits"] as readonly unknown[]) : [input];
  return [{ path, after: (before) => edits.reduce<string | undefined>(replaced, before) }];
}

const editingTools: ReadonlySet<string> = new Set([
  "Edit",
  "MultiEdit",
  "Write",
  "NotebookEdit",
  "write_file",
  "replace",
  "edit",
]);

function replaced(text: string | undefined, edit: unknown): string | undefined {
  if (typeof edit !== "object" || edit === null) return text;
  const input = edit as Readonly<Record<string, unknown>>;
  const [from, to] = [textOf(input, "old_string"), textOf(input, "new_string")];
  if (from === undefined || to === undefined) return text;
  if (from === "") return text === undefined || text === "" ? to : text;
  if (text === undefined || !text.includes(from)) return undefined;
  const isAll = input["replace_all"] === true || Number(input["expected_replacements"] ?? 1) > 1;
  return isAll ? text.split(from).join(to) : text.replace(from, () => to);
}

function textOf(input: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = input[name];
  return typeof value === "string" ? value : undefined;
}

/** Why a write is refused, with the command to give instead; undefined where it may be made. */
export async function refuseWrite(scene: HookScene, write: IntendedWrite): Promise<string | undefined> {
  const path = resolvePath(write.path, scene.cwd);
  const { files } = scene.host;
  const real = files.realPath(path) ?? path;
  const why = whyProtected(path) ?? whyProtected(real);
  if (why !== undefined) return why;
  if (hookSettings.test(real)) return refuseUnhooking(scene, real, write);
  if (!real.startsWith(`${scene.root}/`)) return undefined;
  const settings = await scene.settings();
  const relative = real.slice(scene.root.length + 1);
  const { type, template } = classifyDocument(settings.profile.profile, relative);
  if (type === undefined) return undefined;
  const before = textAt(scene, real);
  const after = write.after(before);
  if (after === undefined || after === before) return undefined;
  return (
    refuseRegion(relative, before, after) ??
    (type === settings.profile.profile.plan.type && !template
      ? refuseTicks(settings, relative, before, after)
      : undefined)
  );
}

/** Why an edit of a plan is refused: it calls something done that nothing proved. */
export function refuseTicks(
  { profile: { profile } }: Settings,
  path: string,
  before: string | undefined,
  after: string,
): string | undefined {
  const planIn = (text: string) => parsePlan(createSource(path, new TextEncoder().encode(text)), profile);
  const ticks = handTicks(before === undefined ? undefined : planIn(before), planIn(after));
  if (ticks.length === 0) return undefined;
  return `Boxes and statuses of ${path} are set by proof, not by hand. Leave them as they are and let the tool set\n${ticks
    .slice(0, 5)
    .map((tick) => `  ${tick}\n`)
    .join("")}`;
}

const regions = ["index", "matrix"];

function refuseRegion(path: string, before: string | undefined, after: string): string | undefined {
  if (before === undefined || !before.includes("<!-- iplan:begin ")) return undefined;
  const names = [...before.matchAll(/<!-- iplan:begin ([\w-]+) /gu)].map(([, name = ""]) => name);
  const changed = [...new Set([...regions, ...names])].some(
    (name) => regionBody(before, name) !== regionBody(after, name),
  );
  return changed
    ? `The part of ${path} between the generated marks is computed. Write it with: iplan registry`
    : undefined;
}

/** Why: hooks hold an assistant to what it has to prove; only a person takes them away. */
function refuseUnhooking(scene: HookScene, path: string, write: IntendedWrite): string | undefined {
  const before = textAt(scene, path);
  if (before === undefined || !holdsGuard(before)) return undefined;
  const after = write.after(before);
  return after !== undefined && holdsGuard(after) ? undefined : unhooked(path);
}

/** What to say where an assistant would take the hooks away. */
export function unhooked(path: string): string {
  return `${path} holds the hooks by which iplan looks on; a person takes them away: iplan init --remove`;
}

/** The text of a file of a sane size; undefined where there is none. */
export function textAt({ host: { files } }: HookScene, path: string): string | undefined {
  const stat = files.stat(path);
  if (stat?.kind !== "file" || stat.size > largestText) return undefined;
  const bytes = files.read(path);
  return bytes === undefined ? undefined : new TextDecoder("utf-8").decode(bytes);
}

const largestText = 4 * 1024 * 1024;
