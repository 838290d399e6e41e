import type { Host, ShellParser } from "#model/ports";
import { createClock, createTimer } from "./clock.ts";
import { createFiles } from "./files.ts";
import { createGit } from "./git.ts";
import { createHash256 } from "./hash.ts";
import { createIds } from "./ids.ts";
import { createMachine } from "./machine.ts";
import { createSign } from "./sign.ts";
import { createShell } from "./shell/shell.ts";
import { createTrust, stateHome } from "./trust.ts";

/** This machine as a host; `version` is the program's. Bash and its parser are loaded when they are first asked for. */
export function createNodeHost(version: string): Host {
  const clock = createClock();
  const files = createFiles();
  const machine = createMachine();
  let parser: Promise<ShellParser> | undefined;
  return {
    files,
    shell: createShell(),
    async shellParser() {
      parser ??= import("./shell-parser.ts").then(({ createShellParser }) => createShellParser());
      return parser;
    },
    git: createGit,
    clock,
    timer: createTimer(),
    ids: createIds(clock),
    hash: createHash256(),
    sign: createSign(),
    trust: (root) => createTrust(root, files, stateHome(machine.environment, machine.platform)),
    machine,
    log: { warn: (message) => void process.stderr.write(`${message}\n`) },
    version,
  };
}
