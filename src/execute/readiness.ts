import { binaryOf } from "#journal/redact";
import { readDuration } from "#plan/annotation";
import type { RunHost } from "./run-options.ts";

/** What tells that a service is ready. */
export interface ReadySign {
  /** What it waits for, for whoever waits: `an answer on port 8080`. */
  readonly what: string;
  /** Where others may answer in its place: true when somebody does before it was started. */
  isTaken?(): Promise<boolean>;
  isReady(): boolean | Promise<boolean>;
}

/** What a sign may look at. */
export interface ReadyScene {
  readonly host: Pick<RunHost, "files" | "machine" | "clock">;
  readonly root: string;
  /** File the service prints to. */
  readonly output: string;
}

/** How long one look at a port or page may take. */
const lookMs = 500;

/** The sign of `ready=…`, as it stands when the service is about to start. */
export function readySign(ready: string, scene: ReadyScene): ReadySign {
  const colon = ready.indexOf(":");
  const kind = ready.slice(0, colon);
  const make = Object.hasOwn(signs, kind) ? signs[kind] : undefined;
  return make?.(ready.slice(colon + 1), scene) ?? { what: ready, isReady: () => false };
}

/** Why a `ready=…` cannot be waited for, in one sentence; undefined when it can. */
export function readyProblem(ready: string): string | undefined {
  if (!Object.hasOwn(signs, ready.slice(0, ready.indexOf(":")))) return `ready=${ready} means nothing here`;
  const isElsewhere = ready.startsWith("url:") && !localNames.has(new URL(ready.slice("url:".length)).hostname);
  return isElsewhere ? "only a url of this machine can be waited for" : undefined;
}

const localNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1"]);

type SignMaker = (value: string, scene: ReadyScene) => ReadySign;

const signs: Readonly<Record<string, SignMaker>> = {
  port: portSign,
  url: urlSign,
  output: outputSign,
  path: pathSign,
  file: pathSign,
  delay: delaySign,
};

function portSign(value: string, { host }: ReadyScene): ReadySign {
  const isOpen = (): Promise<boolean> => host.machine.isPortOpen(Number(value), lookMs);
  return { what: `an answer on port ${value}`, isTaken: isOpen, isReady: isOpen };
}

function urlSign(value: string, { host }: ReadyScene): ReadySign {
  const { port, protocol } = new URL(value);
  const path = /^https?:\/\/[^/?#]*([^#]*)/.exec(value)?.[1] ?? "";
  const number = port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);
  const isOpen = (): Promise<boolean> => host.machine.isPortOpen(number, lookMs);
  if (protocol === "https:") return { what: `an answer of ${value}`, isTaken: isOpen, isReady: isOpen };
  const isReady = async (): Promise<boolean> => {
    const status = await host.machine.answerOf(number, path.startsWith("/") ? path : `/${path}`, lookMs);
    return status !== undefined && status >= 200 && status < 400;
  };
  return { what: `a page at ${value}`, isTaken: isOpen, isReady };
}

const sliceBytes = 65_536;

/** Looks through what is printed piece by piece, so that a long log is read once. */
function outputSign(value: string, { host, output }: ReadyScene): ReadySign {
  const wanted = binaryOf(new TextEncoder().encode(value));
  let offset = 0;
  let tail = "";
  const isReady = (): boolean => {
    for (;;) {
      const bytes = host.files.readSlice(output, offset, sliceBytes);
      if (bytes === undefined || bytes.length === 0) return false;
      offset += bytes.length;
      tail += binaryOf(bytes);
      if (tail.includes(wanted)) return true;
      tail = tail.slice(-wanted.length);
    }
  };
  return { what: `${JSON.stringify(value)} in its output`, isReady };
}

/** Why: a file that an earlier service left behind says nothing about this one; it counts once it was made or touched. */
function pathSign(value: string, { host, root }: ReadyScene): ReadySign {
  const path = value.startsWith("/") ? value : `${root}/${value}`;
  const before = host.files.stat(path);
  const isReady = (): boolean => {
    const now = host.files.stat(path);
    return now !== undefined && (before?.inode !== now.inode || before.mtimeMs !== now.mtimeMs);
  };
  return { what: before === undefined ? `${value} to be there` : `${value} to be made anew`, isReady };
}

function delaySign(value: string, { host }: ReadyScene): ReadySign {
  const until = host.clock.monotonic() + (readDuration(value) ?? 0);
  return { what: `${value} to pass`, isReady: () => host.clock.monotonic() >= until };
}
