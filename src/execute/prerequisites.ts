import { IplanError } from "#model/errors";
import type { Prerequisite } from "#model/plan";
import type { RunHost } from "./run-options.ts";
import { findVersion, isWithin } from "./compare-versions.ts";
import { type KnownTool, knownTools } from "./known-tools.ts";

/** How a prerequisite was found. `unprobed`: nothing in its words can be asked of the machine. */
export interface PrerequisiteFinding {
  readonly prerequisite: Prerequisite;
  readonly state: "met" | "missing" | "unprobed";
  readonly observed: string;
  /** Version of a tool, where it was asked and told one. */
  readonly version?: string;
}

/** Milliseconds a port is tried. */
const portTimeoutMs = 500;

/** What a probe may ask. */
interface Asked {
  readonly host: RunHost;
  readonly root: string;
  readonly version: RunHost["machine"]["version"];
}

type Probe = (prerequisite: Prerequisite, asked: Asked) => Promise<PrerequisiteFinding>;

/**
 * Asks the machine for every prerequisite of a plan. Starts a tool with its version argument when `versions` allows it: in the
 * workspace, where tools may obey its files, only when the plan's commands are approved.
 */
export async function probePrerequisites(
  prerequisites: readonly Prerequisite[],
  host: RunHost,
  root: string,
  options: { readonly versions: boolean; readonly approved?: boolean },
): Promise<readonly PrerequisiteFinding[]> {
  // Why: what lies in the workspace came with it, even when PATH leads there.
  const mayStart = (path: string): boolean =>
    options.versions && (options.approved === true || !`${host.files.realPath(path) ?? path}/`.startsWith(`${root}/`));
  const version: RunHost["machine"]["version"] = (path, args) =>
    mayStart(path)
      ? host.machine.version(path, args, ...(options.approved === true ? [root] : []))
      : Promise.resolve(undefined);
  const ask = { host, root, version };
  return Promise.all(prerequisites.map((each) => (probes[each.kind] ?? unprobed)(each, ask)));
}

/** Versions of the tools a plan names, as this machine's tell them, by the executable's name. */
export function toolVersions(findings: readonly PrerequisiteFinding[]): Readonly<Record<string, string>> {
  const told = findings.flatMap(({ prerequisite, version }) => {
    const name = toolOf(prerequisite.name)?.executables[0];
    return name === undefined || version === undefined ? [] : [[name, version] as const];
  });
  return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Throws IplanError `run/prerequisites` in the plan's words when something is missing that is not optional. */
export function refuseMissing(findings: readonly PrerequisiteFinding[]): void {
  const missing = findings.filter((each) => each.state === "missing" && !each.prerequisite.optional);
  if (missing.length === 0) return;
  throw new IplanError(
    "run/prerequisites",
    missing.map((each) => `${each.prerequisite.text}: ${each.observed}`).join("\n"),
    "Provide what is missing, or mark it optional in the plan's Prerequisites.",
  );
}

const probes: Readonly<Partial<Record<Prerequisite["kind"], Probe>>> = {
  tool: probeTool,
  file: probeFile,
  variable: probeVariable,
  service: probeService,
};

async function probeTool(prerequisite: Prerequisite, { host, version: ask }: Asked): Promise<PrerequisiteFinding> {
  const known = toolOf(prerequisite.name);
  if (known === undefined) return unprobed(prerequisite);
  const path = known.executables.map((name) => host.machine.which(name)).find((found) => found !== undefined);
  if (path === undefined) {
    const observed = `${known.executables[0]} is not on PATH`;
    return isCertain(prerequisite)
      ? finding(prerequisite, "missing", observed)
      : finding(prerequisite, "unprobed", `${observed}; whether it is a program, its words do not tell`);
  }
  if (known.versionArguments.length === 0) return finding(prerequisite, "met", path);
  const version = findVersion((await ask(path, known.versionArguments)) ?? "");
  if (version === undefined) {
    return prerequisite.bounds.length === 0
      ? finding(prerequisite, "met", path)
      : finding(prerequisite, "unprobed", `${path} does not tell its version`);
  }
  const state = isWithin(version, prerequisite.bounds) ? "met" : "missing";
  return { ...finding(prerequisite, state, `${path} is ${version}`), version };
}

/** Why: `a text editor`, `coreutils` or `curl or wget` must keep no run from starting; a known tool or one in backticks is meant. */
function isCertain({ name, text }: Prerequisite): boolean {
  if (name === undefined || /\bor\b/i.test(text.replace(/\bor (?:newer|later|higher|above|greater|more)\b/gi, "")))
    return false;
  return Object.hasOwn(knownTools, name.toLowerCase()) || text.includes(`\`${name}`);
}

/** Why: a name in prose such as `Message broker` is no program; only what looks like one is looked for. */
function toolOf(name: string | undefined): KnownTool | undefined {
  if (name === undefined) return undefined;
  const known = Object.hasOwn(knownTools, name.toLowerCase()) ? knownTools[name.toLowerCase()] : undefined;
  if (known !== undefined) return known;
  return /^[a-z][a-z0-9._+-]{0,60}$/.test(name) ? { executables: [name], versionArguments: [] } : undefined;
}

function probeFile(prerequisite: Prerequisite, { host, root }: Asked): Promise<PrerequisiteFinding> {
  const { name } = prerequisite;
  if (name === undefined || /[*?[\]{}$~]/.test(name)) return unprobed(prerequisite);
  const path = name.startsWith("/") ? name : `${root}/${name.replace(/^\.\//, "")}`;
  const bare = path.replace(/(?<=.)\/$/, "");
  if (host.files.stat(bare) === undefined)
    return Promise.resolve(finding(prerequisite, "missing", `${name} does not exist`));
  const denied = accessesOf(prerequisite).filter((access) => !host.files.allows(bare, access));
  const observed = denied.length === 0 ? "it is there" : `${name} is there, but you may not ${denied.join(" or ")} it`;
  return Promise.resolve(finding(prerequisite, denied.length === 0 ? "met" : "missing", observed));
}

function accessesOf({ access }: Prerequisite): readonly ("read" | "write")[] {
  if (access === undefined) return [];
  return access === "read-write" ? ["read", "write"] : [access];
}

function probeVariable(prerequisite: Prerequisite, { host }: Asked): Promise<PrerequisiteFinding> {
  const { name } = prerequisite;
  if (name === undefined) return unprobed(prerequisite);
  const there = (host.machine.environment[name] ?? "") !== "";
  return Promise.resolve(finding(prerequisite, there ? "met" : "missing", there ? "it is set" : `${name} is not set`));
}

async function probeService(prerequisite: Prerequisite, { host }: Asked): Promise<PrerequisiteFinding> {
  const { port, text } = prerequisite;
  if (port === undefined) return unprobed(prerequisite);
  if (isElsewhere(text)) return finding(prerequisite, "unprobed", "another machine is not asked");
  const open = await host.machine.isPortOpen(port, portTimeoutMs);
  if (wantsFree(text)) {
    return open
      ? finding(prerequisite, "missing", `something answers on port ${port} already`)
      : finding(prerequisite, "met", `port ${port} is free`);
  }
  return finding(
    prerequisite,
    open ? "met" : "missing",
    open ? `port ${port} answers` : `nothing answers on port ${port}`,
  );
}

/** True where a port is named together with a host that is not this one. */
function isElsewhere(text: string): boolean {
  const host = /\b([a-z][a-z0-9.-]{0,200}):\d{2,5}\b/i.exec(text)?.[1]?.toLowerCase();
  return host !== undefined && host.includes(".") && !/\b(?:127\.0\.0\.1|0\.0\.0\.0)\b/.test(text);
}

/** True where a port is wanted that nobody uses: `Port 8080 is free`, `port 3000 available`. */
function wantsFree(text: string): boolean {
  if (/\bports?\b/i.test(text) && /\b(?:free|unused|not in use|not taken|unoccupied)\b/i.test(text)) return true;
  return /^\W*ports?\s+\d{2,5}\s+(?:is |are |must be |should be )?available\b/i.test(text);
}

function unprobed(prerequisite: Prerequisite): Promise<PrerequisiteFinding> {
  return Promise.resolve(finding(prerequisite, "unprobed", "nothing in its words can be asked of this machine"));
}

function finding(
  prerequisite: Prerequisite,
  state: PrerequisiteFinding["state"],
  observed: string,
): PrerequisiteFinding {
  return { prerequisite, state, observed };
}
