import type { ProgramCommand } from "#author/setup/assistants";
import type { Host } from "#model/ports";

/**
 * How other programs start this one: from the packages of the workspace or of a directory above, else by the path it has on this machine.
 * Never by a bare name: whoever publishes a package of that name would be run. Undefined when it has no path.
 */
export function programCommand({ files, machine }: Host, root: string): ProgramCommand | undefined {
  for (let directory = root; ; directory = directory.slice(0, directory.lastIndexOf("/"))) {
    if (files.stat(`${directory}/node_modules/.bin/iplan`) !== undefined) {
      return { kind: directory === root ? "package" : "packages-above", path: "" };
    }
    if (directory === "" || directory === "/") break;
  }
  const path = machine.which("iplan") ?? machine.program;
  return path === undefined || !/\/iplan(?:\.js)?$/u.test(path) ? undefined : { kind: "path", path };
}
