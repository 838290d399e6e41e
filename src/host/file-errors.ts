import { IplanError } from "#model/errors";

/** The system's code of an error, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** True when the error says that nothing stands at the path. */
export function isMissing(error: unknown): boolean {
  const code = systemCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

const readCures: Readonly<Record<string, string>> = {
  EACCES: "Give yourself permission to read it.",
  EPERM: "Give yourself permission to read it.",
  EISDIR: "Name a file, not a directory.",
  ELOOP: "Remove the links that point at each other.",
  ENAMETOOLONG: "Use a shorter path.",
};

const writeCures: Readonly<Record<string, string>> = {
  EACCES: "Give yourself permission to write there.",
  EPERM: "Give yourself permission to write there.",
  EROFS: "The file system is read-only; work in a copy that is not.",
  ENOSPC: "Free some space on the disk.",
  EDQUOT: "Free some of your disk quota.",
  EISDIR: "A directory is in the file's place; move it away.",
  ENOTDIR: "A file is where a directory is needed; move it away.",
};

/** The error for a path that cannot be read. */
export function unreadable(path: string, error: unknown): IplanError {
  const code = systemCode(error) ?? String(error);
  return new IplanError(
    "host/unreadable",
    `Cannot read ${path} (${code})`,
    readCures[code] ?? "Check the path and the disk.",
  );
}

/** The error for a path that holds no file: a directory, a device, a pipe or a socket. */
export function notRegular(path: string): IplanError {
  return new IplanError("host/unreadable", `Cannot read ${path} (it is no file)`, "Put a plain file in its place.");
}

/** The error for a path that cannot be written. */
export function notWritable(path: string, error: unknown): IplanError {
  const code = systemCode(error) ?? String(error);
  return new IplanError(
    "host/not-writable",
    `Cannot write ${path} (${code})`,
    writeCures[code] ?? "Check the path and the disk.",
  );
}
