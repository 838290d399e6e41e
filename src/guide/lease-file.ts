import type { Hash } from "#model/ports";
import type { Lease } from "./lease.ts";

/** Which leases are meant: those of one workspace, under a key that all worktrees of its repository share. */
export interface LeasePlace {
  /** Absolute directory of the files. */
  readonly folder: string;
  /** Where the workspace lies in its repository; two workspaces of one repository share nothing. */
  readonly scope: string;
  readonly key: string;
}

/** One generation of a lease as its file tells it. */
export interface LeaseRecord {
  readonly lease: Lease;
  readonly generation: number;
  /** The holder gave it back. */
  readonly released: boolean;
}

/** Larger files were not written by this program, in bytes. */
export const largestLease: number = 65_536;

/** Files of a lease are cut to these: they only serve to warn. */
export const mostLeaseFiles: number = 64;

/** The first part of the name of all files of one unit's lease. */
export function leaseSlug({ scope }: LeasePlace, plan: string, unit: string, hash: Hash): string {
  return hash.sha256(JSON.stringify([scope, plan, unit])).slice(0, 32);
}

/** The bytes of a lease's file, sealed. */
export function leaseBytes(record: LeaseRecord, place: LeasePlace, hash: Hash): Uint8Array {
  const content = contentOf(record, place);
  return new TextEncoder().encode(`${JSON.stringify({ ...content, seal: sealOf(content, place, hash) })}\n`);
}

/** The record in a file's bytes; undefined for what this machine did not write for this place, damage included. */
export function readLeaseBytes(bytes: Uint8Array, place: LeasePlace, hash: Hash): LeaseRecord | undefined {
  try {
    const { seal, ...content } = JSON.parse(new TextDecoder("utf-8").decode(bytes)) as Content & { seal: unknown };
    // Why: sealed under our key it was written by `leaseBytes`, so its form needs no look.
    if (seal !== sealOf(content, place, hash) || content.v !== 1 || content.scope !== place.scope) return undefined;
    const { generation, released, v: _v, scope: _scope, ...lease } = content;
    return { lease, generation, released };
  } catch {
    return undefined;
  }
}

interface Content extends Lease {
  readonly v: 1;
  readonly scope: string;
  readonly generation: number;
  readonly released: boolean;
}

function contentOf({ lease, generation, released }: LeaseRecord, { scope }: LeasePlace): Content {
  return { v: 1, scope, generation, released, ...lease, files: lease.files.slice(0, mostLeaseFiles) };
}

function sealOf(content: Content, { key }: LeasePlace, hash: Hash): string {
  return hash.hmacSha256(key, JSON.stringify(content));
}
