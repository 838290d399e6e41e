import type { ClaimFit, ClaimPattern } from "./claim-scene.ts";

const plainServer =
  /^(?:(?:the|a|an|our) )?(?:(?:api|web|dev|development|http|test|mock|local|app|application) )?(?:server|service|api|app|application|daemon|backend|it|process|something)$/i;
const listening =
  /^(.{1,60}?) (?:is |are |now )*(?:listens|listening|running|runs|up|reachable|answers|answering|responding|responds|accepts connections|accepting connections|started) (?:on|at) (?:tcp )?(?:localhost:|127\.0\.0\.1:)?(?:port )?(\d{2,5})$/i;
const open =
  /^(?:tcp )?(?:port |localhost:|127\.0\.0\.1:)(\d{2,5}) (?:is )?(?:open|listening|in use|reachable|up|accepting connections|accepts connections)$/i;
const closed =
  /^(?:(?:nothing|no (?:server|service|process)) (?:is )?(?:listens|listening|running|runs|left) (?:on|at) (?:tcp )?port (\d{2,5})|(?:tcp )?port (\d{2,5}) (?:is )?(?:closed|free|not in use|no longer in use))$/i;

/** `The server is listening on port 8080`, `port 5432 is open`, `nothing listens on port 8080`. */
export const portClaim: ClaimPattern = {
  name: "port",
  isCued: (text) => /\d{2}/.test(text) && /port|localhost|127\.0/i.test(text),
  fit(text) {
    const shut = closed.exec(text);
    if (shut !== null) return made(shut[1] ?? shut[2], "closed", false);
    const stated = open.exec(text);
    if (stated !== null) return made(stated[1], "open", false);
    const found = listening.exec(text);
    if (/\b(?:not|never|no|nothing|none|longer)\b|n't\b/i.test(found?.[1] ?? "")) return undefined;
    // Why: a port does not tell which program stands behind it.
    return found === null ? undefined : made(found[2], "open", !plainServer.test(found[1] ?? ""));
  },
};

function made(written: string | undefined, expect: "open" | "closed", near: boolean): ClaimFit | undefined {
  const port = Number(written);
  if (!(port >= 1 && port <= 65_535)) return undefined;
  const why = near ? "a port does not tell which program listens on it" : "it names a port of this machine";
  return { claims: [{ kind: "port", port, expect }], why, ...(near ? { near } : {}) };
}
