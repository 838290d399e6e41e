/** A path that only the tool or a person writes, and what to do instead. */
interface ProtectedPlace {
  readonly form: RegExp;
  readonly what: string;
  readonly instead: string;
}

const places: readonly ProtectedPlace[] = [
  {
    form: /(?:^|\/)\.git\/(?:[^\n]*\/)?iplan(?:\/|$)/u,
    what: "leases",
    instead: "Take a unit with: iplan next --take, give it back with: iplan note PLAN --release",
  },
  {
    form: /(?:^|\/)\.iplan(?:\/|$)/u,
    what: "the journal",
    instead: "Record with: iplan note PLAN 'what happened', prove with: iplan verify PLAN TASK",
  },
  {
    form: /\.receipt\.ndjson$/u,
    what: "a receipt",
    instead: "It is written by what proves: iplan verify PLAN TASK",
  },
  {
    form: /(?:^|\/)iplan\/workspaces(?:\/|$)/u,
    what: "approvals and keys",
    instead: "A person approves: iplan trust PLAN",
  },
];

/** Why an assistant may not write a path, with the command to give instead; undefined where it may. */
export function whyProtected(path: string): string | undefined {
  const found = places.find(({ form }) => form.test(path));
  return found === undefined ? undefined : `${path} is written by iplan alone (${found.what}). ${found.instead}`;
}

/** An absolute path without `.` and `..`, read from a directory. */
export function resolvePath(path: string, from: string): string {
  const parts: string[] = [];
  for (const part of `${path.startsWith("/") ? "" : `${from}/`}${path}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** Files in which an assistant's program finds its hooks. */
export const hookSettings: RegExp = /(?:^|\/)\.(?:claude|gemini)\/settings(?:\.local)?\.json$/u;

/** True for a text of settings that calls our guard. */
export function holdsGuard(text: string): boolean {
  return /iplan\S* hook pre-tool/u.test(text);
}
