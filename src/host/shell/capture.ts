import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { IplanError } from "#model/errors";
import type { ShellRequest, Uncarried } from "#model/ports";
import { fromLatin1 } from "./bytes.ts";
import { type Declaration, valuesOf } from "./declarations.ts";
import type { Dump } from "./dump.ts";
import type { Keeper } from "./keeper.ts";
import { quote } from "./quote.ts";
import { readLatin1, type Spool, tryLink, writeDurably, writePrivate } from "./spool.ts";
import { changedVariables, composeState, freshState, positionalOf, readState } from "./state.ts";
import { uncarriedOf } from "./uncarried.ts";

/** What a block starts from. */
export interface Start {
  /** Path of the state file. */
  readonly state: string;
  readonly text: string;
  /** Bash text that sets what no file may hold. */
  readonly preparation: string;
  /** True when a block that changed nothing may leave this state as its own. */
  readonly isReusable: boolean;
  readonly note?: string;
}

/** What a block left behind. */
export interface Captured {
  readonly state: string;
  readonly directory: string;
  readonly exported: readonly string[];
  readonly uncarried?: readonly Uncarried[];
  readonly secretValues: readonly string[];
}

/** Makes state files of dumps, and keeps secret variables in memory alone. */
export interface Capture {
  begin(request: ShellRequest, spool: Spool, keeper: Keeper): Start;
  /** Makes the state file of what the shell left. */
  end(request: ShellRequest, spool: Spool, keeper: Keeper, start: Start, dump: Dump, secrets: Secrets): Captured;
}

const unusableCure = "Start over with `run --new`, or restore the state directory.";

function stateText(path: string): string {
  const text = readLatin1(path);
  if (text === undefined)
    throw new IplanError("host/state-unusable", `Saved shell state ${path} is gone`, unusableCure);
  return text;
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Why: a terminal whose directory was deleted goes on in it; the keeper's `gone` directory gives the shell the same. */
function noteGone(directory: string, keeper: Keeper): string | undefined {
  if (isDirectory(directory)) return undefined;
  mkdirSync(join(keeper.directory, "gone"), { recursive: true, mode: 0o700 });
  return `The directory ${directory} no longer exists; the shell stands in it as a deleted directory, so relative paths fail until \`cd\`.`;
}

/** Secrets of one state, by name, as `declare` commands. */
type Secrets = ReadonlyMap<string, Declaration>;

/** Bash text that gives the shell its secrets; throws when the state needs one that is nowhere. */
function secretLines(needed: readonly string[], held: Secrets, keeper: Keeper): string[] {
  const missing = needed.filter((name) => !held.has(name) && !keeper.baseline.variables.has(name));
  if (missing.length > 0) {
    throw new IplanError(
      "host/state-unusable",
      `The saved shell state had ${missing.join(", ")} set, which is secret and was not saved`,
      `Export ${missing.join(", ")} and run again.`,
    );
  }
  return needed.flatMap((name) => {
    const text = held.get(name)?.text;
    return text === undefined ? [] : [`builtin unset -v ${name}; ${text}`];
  });
}

const fixedForVerification = `builtin export TERM=dumb LC_ALL=${process.platform === "darwin" ? "en_US" : "C"}.UTF-8 TZ=UTC`;

const isName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

/** Exported variables among the changed ones. `OLDPWD` is no work of the plan. */
function exportedNames(changed: readonly Declaration[], secrets: Secrets, keeper: Keeper): string[] {
  const inherited = keeper.baseline.variables;
  const all = [...changed, ...[...secrets.values()].filter(({ name, text }) => inherited.get(name)?.text !== text)];
  return all.filter(({ name, flags }) => name !== "OLDPWD" && flags.includes("x")).map(({ name }) => name);
}

/** A capture for one session. */
export function createCapture(): Capture {
  // Why: within one session secrets hold from block to block as in a terminal; they live here and in the order to the child.
  const held = new Map<string, Secrets>();
  const empty: Secrets = new Map();
  let last = { path: "", text: "" };
  const textOf = (path: string) => (last.path === path ? last.text : stateText(path));
  return {
    begin(request, spool, keeper) {
      const text = request.state === undefined ? freshState(request.directory) : textOf(request.state);
      const facts = readState(text);
      if (facts === undefined) {
        throw new IplanError(
          "host/state-unusable",
          `Saved shell state ${request.state} is damaged or of another version`,
          unusableCure,
        );
      }
      if (request.state === undefined) writePrivate(spool.start, text, "latin1");
      const state = request.state ?? spool.start;
      const names = request.secrets.filter(isName).map(quote).join(" ");
      const lines = [
        ...(names === "" ? [] : [`__iplan_secret_names=(${names})`]),
        ...(request.statements === undefined ? [] : [fixedForVerification]),
        ...secretLines(facts.secrets, held.get(state) ?? empty, keeper),
      ];
      const note = noteGone(facts.directory, keeper);
      const isReusable = request.state !== undefined;
      return { state, text, isReusable, preparation: lines.join("\n"), ...(note === undefined ? {} : { note }) };
    },
    end(request, spool, keeper, start, dump, secrets) {
      const changes = changedVariables(dump, keeper.baseline, new Set(request.secrets));
      // Why: inside a function only its own parameters can be seen, so the shell's are taken to be what they were.
      const positional = dump.inFunction ? positionalOf(start.text) : dump.positional;
      const text = composeState({ ...dump, positional }, keeper.baseline, changes);
      // Why: most blocks leave the state they found, and a file less is a tenth of a millisecond; secrets belong to one path each.
      const isSame = text === start.text && start.isReusable && secrets.size + (held.get(start.state)?.size ?? 0) === 0;
      const state = isSame ? start.state : spool.state;
      if (!isSame && (text !== start.text || !tryLink(start.state, state))) writeDurably(state, text);
      last = { path: state, text };
      held.set(state, secrets);
      const uncarried = uncarriedOf(dump.left, keeper.baseline.left);
      return {
        ...(uncarried.length === 0 ? {} : { uncarried }),
        state,
        directory: fromLatin1(dump.directory),
        exported: exportedNames(changes.changed, secrets, keeper),
        secretValues: [...secrets.values()].flatMap(valuesOf).map(fromLatin1),
      };
    },
  };
}
