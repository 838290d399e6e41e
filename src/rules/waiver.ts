import type { Finding } from "#model/finding";
import { matchesGlob } from "./glob.ts";

/** A finding someone decided to live with: what, where, why and until when. */
export interface Waiver {
  /** A rule code; `plan/*` covers a family. */
  readonly rule: string;
  /** Glob over workspace-relative paths. */
  readonly path: string;
  readonly reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`; absent: it does not end. */
  readonly expires?: string;
}

/** The waiver that covers the finding on the day `today` (`YYYY-MM-DD`), if any. One without a reason covers nothing. */
export function findWaiver(waivers: readonly Waiver[], finding: Finding, today: string): Waiver | undefined {
  return waivers.find(
    (waiver) =>
      waiver.reason.trim() !== "" &&
      (waiver.expires === undefined || waiver.expires >= today) &&
      matchesGlob(waiver.rule, finding.rule) &&
      matchesGlob(waiver.path, finding.path),
  );
}
