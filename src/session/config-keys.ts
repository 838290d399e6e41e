import type { Config } from "#model/config";

/** A key of the configuration file. */
export type ConfigKeyName = Exclude<keyof Config, "assistants" | "timeoutMs"> | "timeout";

/** A key of a waiver. */
export type WaiverKey = "rule" | "path" | "reason" | "expires";

/** Keys of a waiver. */
export const waiverKeys: readonly WaiverKey[] = ["rule", "path", "reason", "expires"];

/** Beside the risks, `policy` names the variables by which further assistants are known. */
export const assistantsKey = "assistants";
