import { IplanError } from "#model/errors";
import type { Session } from "./session.ts";

/**
 * The absolute path of a file that a command may write because the user named it. Throws `host/outside-workspace` unless it would lie in a
 * folder of the workspace and is no link.
 */
export function outputPath(session: Session, path: string, what: string, example: string): string {
  const absolute = path.startsWith("/") ? path : `${session.cwd}/${path.replace(/^(?:\.\/)+/u, "")}`;
  const { files } = session.host;
  const parent = files.realPath(absolute.slice(0, Math.max(1, absolute.lastIndexOf("/"))));
  const root = files.realPath(session.root) ?? session.root;
  const kind = files.stat(absolute)?.kind;
  const isInside = parent !== undefined && `${parent}/`.startsWith(`${root}/`);
  if (isInside && (kind === undefined || kind === "file")) return absolute;
  if (isInside && kind === "directory") {
    throw new IplanError("host/outside-workspace", `${path} is a folder.`, `Name a file, such as ${example}.`);
  }
  throw new IplanError(
    "host/outside-workspace",
    `The ${what} ${path} would not lie in a folder of the workspace.`,
    `Name a file in a folder that exists, such as ${example}.`,
  );
}
