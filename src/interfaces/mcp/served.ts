import type { Host } from "#model/ports";
import type { Guides } from "./guides.ts";

/** What a server serves. */
export interface Served {
  readonly host: Host;
  /** Directory to work in when the client names none. */
  readonly cwd: string;
  /** True when that directory was chosen on the command line: then the client's roots are not asked. */
  readonly isFixed: boolean;
  readonly guides: Guides;
}
