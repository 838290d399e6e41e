import { join } from "node:path";
import { IplanError } from "#model/errors";
import type { ShellSession } from "#model/ports";
import { isExecutable, pathDirectories } from "../machine.ts";
import { createKeeper, type Keeper } from "./keeper.ts";
import { createSession } from "./session.ts";
import { markVariable, type SessionMark } from "./strays.ts";

/** What a block finds in its environment besides what is inherited: nothing waits for a person. */
const unattended = {
  CI: "1",
  PAGER: "cat",
  GIT_PAGER: "cat",
  GIT_TERMINAL_PROMPT: "0",
  GIT_EDITOR: "false",
  DEBIAN_FRONTEND: "noninteractive",
} as const;

/** Variables that would change how bash itself starts or reads; they are not handed on. */
const cleared = new Set(
  "BASH_ENV ENV SHELLOPTS BASHOPTS POSIXLY_CORRECT BASH_XTRACEFD BASH_COMPAT TMOUT PROMPT_COMMAND CDPATH GLOBIGNORE OLDPWD _".split(
    " ",
  ),
);

/** The environment a session's shell starts with. */
export function shellEnvironment(inherited: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = Object.entries(inherited).filter(([name, value]) => value !== undefined && !cleared.has(name));
  return { ...Object.fromEntries(kept as [string, string][]), ...unattended };
}

/** Where macOS package managers put a newer bash than the system's. */
const beside = process.platform === "darwin" ? ["/opt/homebrew/bin", "/usr/local/bin", "/opt/local/bin"] : [];

/** Every bash on PATH, then beside it. */
function candidates(path: string | undefined): string[] {
  const directories = [...pathDirectories(path), ...beside];
  return [...new Set(directories.map((directory) => join(directory, "bash")))].filter(isExecutable);
}

async function openFirst(
  paths: readonly string[],
  environment: Record<string, string>,
): Promise<{ bash: string; keeper: Keeper }> {
  let failure: unknown;
  for (const bash of paths) {
    try {
      return { bash, keeper: await createKeeper(bash, environment) };
    } catch (error) {
      failure ??= error;
    }
  }
  throw (
    failure ??
    new IplanError(
      "host/no-bash",
      "No bash on PATH",
      "Install bash 5 or later (macOS: `brew install bash`; Windows: use WSL).",
    )
  );
}

/** Opens a session in the first bash of version 5 or later; its mark goes to every process it starts. */
export async function openShell(
  environment: Readonly<Record<string, string | undefined>>,
  { mark, isNewMark }: SessionMark = {},
): Promise<ShellSession> {
  if (process.platform === "win32") {
    throw new IplanError("host/unsupported", "Plans run in bash, which Windows lacks", "Run inside WSL.");
  }
  const own = shellEnvironment(mark === undefined ? environment : { ...environment, [markVariable]: mark });
  const { bash, keeper } = await openFirst(candidates(own["PATH"]), own);
  return createSession(() => createKeeper(bash, own), keeper, { mark, isNewMark });
}
