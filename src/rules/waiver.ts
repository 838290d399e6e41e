import type { ConfigWaiver } from "#model/config";
import type { Finding } from "#model/finding";
import { matchesGlob } from "./glob.ts";

/** The waiver that covers the finding on the day `today` (`YYYY-MM-DD`), if any. One without a reason covers nothing. */
export function findWaiver(
  waivers: readonly ConfigWaiver[],
  finding: Finding,
  today: string,
): ConfigWaiver | undefined {
  return waivers.find(
    (waiver) =>
      waiver.reason.trim() !== "" &&
      (waiver.expires === undefined || waiver.expires >= today) &&
      matchesGlob(waiver.rule, finding.rule) &&
      coversPath(waiver.path, finding.path),
  );
}

/** Why: people name a folder and mean what is below it. */
function coversPath(pattern: string, path: string): boolean {
  const plain = pattern.replace(/^(?:\.\/)+/u, "");
  return matchesGlob(plain, path) || (!/[*?]/u.test(plain) && path.startsWith(`${plain}/`));
}
