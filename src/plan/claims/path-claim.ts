import type { Claim } from "#model/understanding";
import type { ClaimPattern } from "./claim-scene.ts";
import { readPath } from "./path-text.ts";

/** `src/x.js exists`, `` `dist/` created``, `File a.md is present`, `` `tmp/` removed``. */
export const pathClaim: ClaimPattern = {
  name: "path",
  fit(text) {
    const match =
      /^(?:(?:the )?(?:new )?(file|directory|folder|path|module|script)s?:? )?(\S+) (?:(?:now |file |directory |folder )?(?:is |was |has been |gets )?)(exists?|existing|present|created|generated|written|in place|available|executable|absent|missing|removed|deleted|gone)$/i.exec(
        text,
      );
    const path = match === null ? undefined : readPath(match[2] ?? "");
    if (match === null || path === undefined) return undefined;
    return {
      claims: [claim(path, match[1]?.toLowerCase(), (match[3] ?? "").toLowerCase())],
      why: "it names a path and its state",
    };
  },
};

const states: Readonly<Record<string, "absent" | "created" | "executable">> = {
  absent: "absent",
  missing: "absent",
  removed: "absent",
  deleted: "absent",
  gone: "absent",
  created: "created",
  generated: "created",
  written: "created",
  executable: "executable",
};

function claim(path: string, noun: string | undefined, state: string): Claim {
  const expect = states[state];
  if (expect !== undefined) return { kind: "path", path, expect };
  if (noun === "file") return { kind: "path", path, expect: "file" };
  return {
    kind: "path",
    path,
    expect: noun === "directory" || noun === "folder" || path.endsWith("/") ? "directory" : "exists",
  };
}
