import { IplanError } from "#model/errors";
import type { CommandContext } from "./command.ts";

/**
 * The bytes of a file that a user named, wherever it lies. Throws `host/unreadable` where it is missing, no file or too large.
 */
export function namedFile({ host, cwd }: Pick<CommandContext, "host" | "cwd">, path: string, most: number): Uint8Array {
  const absolute = path.startsWith("/") ? path : `${cwd}/${path}`;
  const real = host.files.realPath(absolute) ?? absolute;
  const stat = host.files.stat(real);
  if (stat === undefined) throw new IplanError("host/unreadable", `There is no file ${path}.`, "Check the path.");
  if (stat.kind !== "file") throw new IplanError("host/unreadable", `${path} is no file.`, "Name a file.");
  if (stat.size > most) {
    const size = `${Math.round(stat.size / 1_048_576)} MB`;
    throw new IplanError("host/unreadable", `${path} has ${size}, which is too large to be one.`, "Check the path.");
  }
  const bytes = host.files.read(real);
  if (bytes !== undefined) return bytes;
  throw new IplanError("host/unreadable", `${path} cannot be read.`, "Check who may read it.");
}
