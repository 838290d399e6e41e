import type { Session } from "./session.ts";

/** What happened and what to do about it, as an error or an examination tells it. */
export interface Distrust {
  readonly message: string;
  readonly cure: string;
}

/** That git refuses to read the repository around a directory because another user owns it; undefined where it does not. */
export function distrustOf(host: Session["host"], directory: string): Distrust | undefined {
  const path = host.git(directory).distrusted();
  if (path === undefined) return undefined;
  const word = /^[\w@%+=:,./-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
  return {
    message: `git does not read the repository ${path}, because it belongs to another user.`,
    cure: `If you trust it: git config --global --add safe.directory ${word}`,
  };
}
