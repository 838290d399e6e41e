import { type AssistantName, assistantNames, assistantSetups } from "#author/setup/assistants";
import { blockRemoval, findBlock, hashMarks, markdownMarks, type MarkStyle } from "#author/setup/marked-block";
import { isEmptySettings, settingsFiles, stripSettings } from "#author/setup/settings-merge";
import { applyEdits } from "#model/edit";
import type { Host } from "#model/ports";
import { createSource, type Source } from "#model/source";
import { configFileName } from "../config.ts";
import { bytesChange, type FileChange, findTarget, type Target, textChange, untouched } from "./file-change.ts";
import { bodyDigest, instructionFiles, localSchema, settingsPurpose } from "./setup-plan.ts";
import { readRecord, recordPath, undoSteps } from "./setup-record.ts";

type Strip = (source: Source) => FileChange;

/**
 * What it takes to be rid of everything `init` wrote, and of nothing else: to the byte where this machine's record tells how, else by the
 * marks of blocks and the names of entries. Settings that somebody changed stay.
 */
export function planRemoval(host: Host, root: string, replacesChanged: boolean): readonly FileChange[] {
  const record = readRecord(host, root);
  const planned = new Set<string>();
  const remove = (path: string, what: string, strip: (found: Target) => Strip): FileChange[] => {
    if (planned.has(path)) return [];
    planned.add(path);
    const found = findTarget(host.files, root, path);
    if (typeof found === "string") return path in record.files ? [untouched(path, what, "failed", found)] : [];
    if (found.source === undefined || found.linkedTo !== undefined) return [];
    const steps = record.files[path] ?? [];
    const undone = undoSteps(host.hash, found.source.bytes, steps);
    if (undone.created) return [bytesChange(path, what, found, undefined)];
    if (steps.length > 0 && undone.left === 0) return [bytesChange(path, what, found, undone.bytes)];
    const stripped = strip(found)(createSource(path, undone.bytes));
    if (stripped.state !== "unchanged") return [stripped];
    // Why: steps that were taken back may have left nothing of ours to strip, as after an init that died.
    return [bytesChange(path, what, found, undone.bytes)].filter(({ state }) => state !== "unchanged");
  };
  return [
    ...remove(configFileName, "settings", () => () => untouched(configFileName, "settings", "kept", keptSettings)),
    ...remove(
      localSchema,
      "schema for editors",
      (found) => () => bytesChange(localSchema, "schema for editors", found, undefined),
    ),
    ...Object.keys(record.files)
      .filter((path) => path.endsWith("/.gitkeep"))
      .flatMap((path) =>
        remove(path, "folder of a layer", () => () => untouched(path, "folder of a layer", "kept", "was changed")),
      ),
    ...remove(
      ".gitignore",
      "local state out of git",
      block(host, ".gitignore", "local state out of git", hashMarks, replacesChanged),
    ),
    ...instructionFiles(assistantNames).flatMap((path) =>
      remove(
        path,
        "instructions for assistants",
        block(host, path, "instructions for assistants", markdownMarks, replacesChanged),
      ),
    ),
    ...[...settingsFiles(assistantNames.map((name: AssistantName) => assistantSetups[name]))].flatMap(([path, parts]) =>
      remove(path, settingsPurpose(parts), (found) => (source) => {
        const stripped = stripSettings(source.text, parts);
        if ("problem" in stripped) return untouched(path, settingsPurpose(parts), "failed", stripped.problem);
        const isGone = stripped.text !== source.text && isEmptySettings(stripped.text);
        return textChange(path, settingsPurpose(parts), found, isGone ? undefined : stripped.text);
      }),
    ),
    ...remove(
      recordPath,
      "record of this machine",
      (found) => () => bytesChange(recordPath, "record of this machine", found, undefined),
    ),
  ];
}

const keptSettings = "it is yours now; delete it yourself if you want to";

function block(
  { hash }: Host,
  path: string,
  what: string,
  style: MarkStyle,
  replacesChanged: boolean,
): (found: Target) => Strip {
  return (found) => (source) => {
    const state = findBlock(source.text, style);
    if (state.kind === "absent") return untouched(path, what, "unchanged");
    if (state.kind === "damaged")
      return untouched(path, what, "failed", `line ${state.line}: the marks do not fit together`);
    if (state.digest !== bodyDigest(hash, state.body) && !replacesChanged) {
      return untouched(path, what, "kept", "the block was changed by hand; --yes takes it away");
    }
    const bytes = applyEdits(source, [blockRemoval(source.text, state)]);
    // Why: a file that held nothing but the block and a line end was made with it.
    const isOnlyOurs = source.text.slice(0, state.start) === "" && /^\r?\n$/u.test(source.text.slice(state.end));
    return bytesChange(path, what, found, isOnlyOurs ? undefined : bytes);
  };
}
