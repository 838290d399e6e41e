import { IplanError } from "#model/errors";
import type { Shell } from "#model/ports";
import { identify, isAlive } from "./process-table.ts";

/** Bash on this machine; what a session needs is loaded when the first one opens. */
export function createShell(): Shell {
  return {
    async open(options) {
      const { openShell } = await import("./open-shell.ts");
      return openShell(options.environment ?? process.env, options);
    },
    isAlive,
    self() {
      const self = identify(process.pid);
      if (self === undefined)
        throw new IplanError("host/unsupported", "No process table", "Mount /proc, or install `ps`.");
      return self;
    },
  };
}
