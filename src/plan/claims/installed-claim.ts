import type { ClaimPattern } from "./claim-scene.ts";

const name = String.raw`\x60([a-z][\w.+-]{0,40})\x60`;
const onPath = new RegExp(
  `^(?:the )?(?:command |program |tool |executable )?${name} (?:command |executable )?(?:is )?(?:(?:installed|available|found|present) )?(?:and )?(?:on|in) (?:the |your )?\\x60?\\$?PATH\\x60?$`,
);
const installed = new RegExp(
  `^(?:the )?(?:command |program |tool )?${name} (?:command |tool )?(?:is )?(?:installed|available)$`,
);

/** `` `docker` is on PATH ``; that it is installed may mean a package, and is only offered. */
export const installedClaim: ClaimPattern = {
  name: "installed",
  isCued: (text) => /PATH|installed|available/.test(text),
  fit(text) {
    const program = onPath.exec(text)?.[1];
    if (program !== undefined) return { claims: [{ kind: "installed", program }], why: "it names a program on PATH" };
    const maybe = installed.exec(text)?.[1];
    if (maybe === undefined) return undefined;
    return { claims: [{ kind: "installed", program: maybe }], why: "it may mean a program on PATH", near: true };
  },
};
