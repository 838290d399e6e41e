import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The folder of reference documents beside the repository; tests that need it skip by name where it is absent. */
const shared: string = process.env["IPLAN_SHARED"] ?? resolve(root, "../shared");

/** True when the reference documents are there. */
export const hasShared: boolean = existsSync(`${shared}/FORMAT.md`);

/** The path of a reference document. */
export function sharedPath(...parts: string[]): string {
  return [shared, ...parts].join("/");
}
