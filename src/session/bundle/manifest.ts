import canonicalize from "canonicalize";
import type { Hash } from "#model/ports";
import { type Verdict, verdictOrder } from "#model/run";

/** Names of the two files of a bundle that are not of the workspace, and the folder of those that are. */
export const manifestName = "manifest.json";
export const sealName = "seal.json";
export const workspaceFolder = "workspace/";

/** What a file of a bundle is there for. */
export type BundledKind = "plan" | "receipt" | "document" | "settings" | "journal" | "notes" | "output";

/** A file of a bundle. */
export interface BundledFile {
  /** Workspace-relative. */
  readonly path: string;
  readonly kind: BundledKind;
  readonly bytes: number;
  readonly sha256: string;
}

/** An output that the journal names and the bundle does not hold. */
export interface MissingOutput {
  /** `sha256:<hex>`. */
  readonly digest: string;
  readonly bytes: number;
  readonly reason: "gone" | "too-large";
}

/** The verdict of one part of a plan. */
export interface BundledVerdict {
  readonly unit: string;
  readonly verdict: Verdict;
}

/** What a bundle holds and says; its own digest makes every byte of it count. */
export interface Manifest {
  readonly schema: "iplan-bundle/1";
  /** `iplan` and its version. */
  readonly tool: string;
  readonly profile: string;
  readonly plan: {
    readonly id: string;
    readonly path: string;
    readonly parts: readonly string[];
    /** `sha256:<hex>` over all that verdicts rest on, and `sha256` hex over its commands. */
    readonly planHash: string;
    readonly approvalHash: string;
  };
  /** When the last of what it holds was recorded; the time of making is no part of it. */
  readonly asOf: string;
  readonly verdict: Verdict;
  readonly verdicts: readonly BundledVerdict[];
  /** Digests, as they were then, of declared files that verdicts rest on. */
  readonly declared: Readonly<Record<string, string>>;
  readonly files: readonly BundledFile[];
  readonly missing: readonly MissingOutput[];
}

/** The manifest's bytes: canonical JSON (RFC 8785) with the digest of the rest, and a newline. */
export function writeManifest(manifest: Manifest, hash: Hash): Uint8Array {
  const digest = hash.sha256(canonical(manifest));
  return new TextEncoder().encode(`${canonical({ ...manifest, digest })}\n`);
}

/** The manifest of a bundle; a sentence on what is wrong where it is none. */
export function readManifest(bytes: Uint8Array, hash: Hash): Manifest | string {
  const value = jsonOf(bytes);
  if (!isObject(value)) return "is not readable as JSON";
  if (value["schema"] !== "iplan-bundle/1") return "is of a form that this version of iplan does not know";
  const { digest, ...manifest } = value;
  const isWritten = sameText(bytes, `${canonical(value)}\n`);
  if (!isWritten || digest !== hash.sha256(canonical(manifest))) return "was changed: its own digest is another one";
  return isManifest(manifest) ? manifest : "lacks what a manifest says";
}

/** Why: a lone surrogate has no canonical form, and no file of ours holds one. */
export function canonical(value: unknown): string {
  try {
    return canonicalize(value) ?? "";
  } catch {
    return "";
  }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** True when the bytes are that text in UTF-8. */
export function sameText(bytes: Uint8Array, text: string): boolean {
  const wanted = new TextEncoder().encode(text);
  return wanted.length === bytes.length && wanted.every((byte, index) => byte === bytes[index]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Why: whoever makes a digest can also make a manifest that says anything. */
function isManifest(value: Record<string, unknown>): value is Record<string, unknown> & Manifest {
  const { plan, files, verdicts, missing, declared } = value;
  return (
    areStrings(value, ["tool", "profile", "asOf"]) &&
    isVerdict(value["verdict"]) &&
    isObject(plan) &&
    areStrings(plan, ["id", "path", "planHash", "approvalHash"]) &&
    isListOf(plan["parts"], (part) => typeof part === "string") &&
    isListOf(
      files,
      (file) => isObject(file) && areStrings(file, ["path", "kind", "sha256"]) && isSize(file["bytes"]),
    ) &&
    isListOf(verdicts, (each) => isObject(each) && areStrings(each, ["unit"]) && isVerdict(each["verdict"])) &&
    isListOf(missing, (each) => isObject(each) && areStrings(each, ["digest", "reason"]) && isSize(each["bytes"])) &&
    isObject(declared) &&
    Object.values(declared).every((digest) => typeof digest === "string")
  );
}

function areStrings(value: Record<string, unknown>, keys: readonly string[]): boolean {
  return keys.every((key) => typeof value[key] === "string");
}

function isListOf(value: unknown, is: (each: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isSize(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isVerdict(value: unknown): value is Verdict {
  return verdictOrder.some((verdict) => verdict === value);
}
