import { accessSync, constants, statSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import type { Machine } from "#model/ports";

/** True when the path is a file this user may execute. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Absolute directories of a PATH, in order. */
export function pathDirectories(path: string | undefined): string[] {
  return (path ?? "").split(delimiter).filter(isAbsolute);
}

/** Absolute path of a program on PATH; relative entries, which a repository could fill, are passed over. */
export function findProgram(name: string, path: string | undefined = process.env["PATH"]): string | undefined {
  return pathDirectories(path)
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

function userName(environment: Readonly<Record<string, string | undefined>>): string {
  try {
    return userInfo().username;
  } catch {
    // Why: a container may run under a user id that no user database knows.
    return environment["USER"] ?? environment["LOGNAME"] ?? "unknown";
  }
}

function isPortOpen(port: number, timeoutMs: number): Promise<boolean> {
  const { connect } = process.getBuiltinModule("node:net");
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const end = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.setTimeout(timeoutMs, () => end(false));
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
  });
}

/** Why: the address is fixed, so that no name of a document can lead to another machine. */
async function answerOf(port: number, path: string, timeoutMs: number): Promise<number | undefined> {
  const { get } = process.getBuiltinModule("node:http");
  return new Promise((resolve) => {
    const headers = { host: `localhost:${port}`, connection: "close" };
    const request = get({ host: "127.0.0.1", port, path, headers, timeout: timeoutMs, agent: false }, (response) => {
      resolve(response.statusCode);
      response.destroy();
    });
    request.setTimeout(timeoutMs, () => request.destroy());
    request.once("error", () => resolve(undefined));
    request.once("close", () => resolve(undefined));
  });
}

const versionTimeoutMs = 5000;

function version(path: string, args: readonly string[], directory = "/"): Promise<string | undefined> {
  const { execFile } = process.getBuiltinModule("node:child_process");
  return new Promise((resolve) => {
    const options = { cwd: directory, timeout: versionTimeoutMs, encoding: "utf8", maxBuffer: 1024 * 1024 } as const;
    const child = execFile(path, [...args], options, (error, stdout, stderr) => {
      // Why: some programs, java among them, tell their version on standard error.
      resolve(error === null ? stdout || stderr : undefined);
    });
    child.stdin?.end();
  });
}

/** This machine. */
export function createMachine(): Machine {
  const environment = process.env;
  return {
    platform: process.platform,
    environment,
    get user() {
      return userName(environment);
    },
    get host() {
      return hostname();
    },
    ...(process.argv[1] === undefined ? {} : { program: process.argv[1] }),
    which: (name) => findProgram(name, environment["PATH"]),
    isPortOpen,
    answerOf,
    version,
  };
}
