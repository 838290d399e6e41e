import type { ShellWord } from "#model/shell-syntax";
import { hasOption, operands } from "../shell/invocation.ts";
import { type RiskCall, type RiskFinding, type RiskRule, found, reads, writesTo } from "./risk-finding.ts";

/** Writes to every operand. */
function writing(verb: string, ...valued: readonly string[]): RiskRule {
  return (call) => writesTo(call, operands(call.args, valued), verb);
}

/** Writes to the last operand, reads the others. */
function writingLast(verb: string, ...valued: readonly string[]): RiskRule {
  return (call) => {
    const target = optionWord(call, "-t", "--target-directory");
    return writesTo(call, target === undefined ? operands(call.args, valued).slice(-1) : [target], verb);
  };
}

/** The value of an option, written behind it or after its `=`. */
function optionWord(call: RiskCall, ...options: readonly string[]): ShellWord | undefined {
  const glued = call.args.find((_, index) => options.some((option) => call.values[index]?.startsWith(`${option}=`)));
  if (glued === undefined) return call.args[call.values.findIndex((value) => options.includes(value)) + 1 || Infinity];
  const text = (word: string): string => word.slice(word.indexOf("=") + 1);
  const { literal, ...rest } = glued;
  return { ...rest, raw: text(glued.raw), ...(literal === undefined ? {} : { literal: text(literal) }) };
}

/** Deletes what it names: outside of the workspace nobody brings it back. */
const removeOne: RiskRule = (call) => {
  const outside = operands(call.args).find((word) => call.place(word) === "outside");
  if (outside !== undefined) return found("destructive", `deletes ${outside.raw}, outside of the workspace`);
  return writesTo(call, operands(call.args), "deletes");
};

const remove: RiskRule = (call) => {
  const targets = operands(call.args);
  if (hasOption(call.values, "-r", "-R", "--recursive"))
    return found("destructive", `deletes ${said(call)} with all that is in it`);
  const all = targets.find(
    (word) => /^(?:\.\/)?\*$|^[~/].*\*|^"?\$\{?\w+\}?"?\/\*$/.test(word.raw) || word.raw === "/",
  );
  if (all !== undefined) return found("destructive", `deletes everything that matches ${all.raw}`);
  if (call.wrappers.includes("xargs")) return found("destructive", "deletes whatever is listed");
  return removeOne(call);
};

function said(call: RiskCall): string {
  return operands(call.args)
    .map((word) => word.raw)
    .slice(0, 3)
    .join(" ");
}

const mode: RiskRule = (call) => {
  const targets = operands(call.args).slice(1);
  const open = call.values.some((value) => /^[0-7]?777$|^a?[+=]rwx$/.test(value));
  const recursive = hasOption(call.values, "-R", "--recursive");
  if (recursive && open) return found("destructive", "opens whole trees to everyone");
  const wide = targets.find((word) => call.place(word) === "outside");
  if (recursive && wide !== undefined) return found("destructive", `changes rights of everything below ${wide.raw}`);
  return writesTo(call, targets, "changes rights of");
};

const find: RiskRule = (call) => {
  if (hasOption(call.values, "-delete")) return found("destructive", "deletes whatever find matches");
  const list = optionWord(call, "-fprint", "-fprint0", "-fls", "-fprintf");
  return list === undefined ? [] : writesTo(call, [list], "writes its list to");
};

const sed: RiskRule = (call) => {
  const inPlace = call.values.some((value) => /^-[nErsuz]*i/.test(value) || value.startsWith("--in-place"));
  if (!inPlace) return [];
  const scripted = hasOption(call.values, "-e", "-f", "--expression", "--file");
  return writesTo(call, operands(call.args, ["-e", "-f"]).slice(scripted ? 0 : 1), "edits");
};

const awk: RiskRule = (call) =>
  call.values.some((value) => value === "inplace") ? writesTo(call, operands(call.args).slice(-1), "edits") : [];

const tar: RiskRule = (call) => {
  const flags = call.values[0] ?? "";
  if (/^-?[a-z]*t/.test(flags) && !/^-?[a-z]*[xc]/.test(flags)) return [];
  const at = call.values.indexOf("-C");
  const target = at >= 0 ? call.args.slice(at + 1, at + 2) : [];
  return target.length > 0 ? writesTo(call, target, "unpacks into") : found("workspace", "packs or unpacks files");
};

const copyDisk: RiskRule = (call) => {
  const output = call.args.find((word) => word.raw.startsWith("of="));
  return output === undefined ? [] : found("destructive", `overwrites ${output.raw.slice(3)} byte by byte`);
};

const sort: RiskRule = (call) => {
  const target = optionWord(call, "-o", "--output");
  return target === undefined ? [] : writesTo(call, [target], "writes");
};

const unzip: RiskRule = (call) => {
  if (hasOption(call.values, "-l", "-t")) return [];
  const target = optionWord(call, "-d");
  return target === undefined ? found("workspace", "unpacks files") : writesTo(call, [target], "unpacks into");
};

const perl: RiskRule = (call) => {
  if (!call.values.some((value) => /^-[a-hj-z]*i/.test(value)))
    return hasOption(call.values, "-e", "-E") ? [] : found("workspace", "may write files").map(unsure);
  const scripted = hasOption(call.values, "-e", "-E");
  return writesTo(call, operands(call.args, ["-e", "-E", "-pe", "-pie", "-ne"]).slice(scripted ? 0 : 1), "edits");
};

function unsure(finding: RiskFinding): RiskFinding {
  return { ...finding, writes: false };
}

const download: RiskRule = (call): readonly RiskFinding[] => writesTo(call, operands(call.args), "writes");

/** Programs of the file system. */
export const filePrograms: Readonly<Record<string, RiskRule>> = {
  rm: remove,
  rmdir: removeOne,
  unlink: removeOne,
  srm: (call) => found("destructive", `deletes ${said(call)} beyond recovery`),
  mkdir: writing("makes", "-m", "--mode"),
  touch: writing("touches", "-d", "-t", "-r"),
  cp: writingLast("copies to"),
  mv: writing("moves"),
  ln: writingLast("links"),
  install: writingLast("installs to", "-m", "-o", "-g"),
  rename: writing("renames"),
  tee: download,
  mktemp: reads,
  chmod: mode,
  chown: mode,
  chgrp: mode,
  find,
  sed,
  gsed: sed,
  awk,
  gawk: awk,
  sort,
  tar,
  unzip,
  perl,
  zip: (call) => found("workspace", `packs files${call.values.includes("-m") ? " and deletes them" : ""}`),
  gzip: writing("packs"),
  gunzip: writing("unpacks"),
  split: (call) => [
    ...found("workspace", "writes pieces of a file"),
    ...writesTo(call, operands(call.args).slice(1), "writes pieces to"),
  ],
  patch: (call) =>
    hasOption(call.values, "--dry-run")
      ? []
      : [...found("workspace", "changes files"), ...writesTo(call, operands(call.args).slice(0, 1), "changes")],
  truncate: (call) => found("destructive", `cuts off ${said(call)}`),
  shred: (call) => found("destructive", `overwrites ${said(call)} beyond recovery`),
  dd: copyDisk,
};
