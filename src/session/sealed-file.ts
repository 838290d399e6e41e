import { IplanError } from "#model/errors";
import type { Session } from "./session.ts";

/** A file of the workspace's cache that is believed only when this workspace wrote it. */
export interface SealedFile {
  /** False without a key, or without a folder of this program: then nothing is kept. */
  readonly open: boolean;
  /** What was written for the same subject by this version of the program; undefined for everything else, damage included. */
  read(): Uint8Array | undefined;
  /** Replaces what is there. What cannot be written is no error. */
  write(body: Uint8Array): void;
}

/** Where it lies in the workspace. */
export const cacheFolder = ".iplan/cache";

/** Opens a file of the cache. `subject` is what the content depends on beside the files: another subject, another seal. */
export function openSealedFile(session: Session, name: string, subject: string): SealedFile {
  const { host, root } = session;
  const path = `${root}/${cacheFolder}/${name}`;
  const key = host.trust(root).key({ create: false });
  const sealOf = (body: Uint8Array): string =>
    host.hash.hmacSha256(key ?? "", JSON.stringify([name, host.version, subject, host.hash.sha256(body)]));
  return {
    open: key !== undefined && isOurs(session),
    read() {
      const bytes = key !== undefined && isOurs(session) ? readQuietly(session, path) : undefined;
      const end = bytes?.indexOf(10) ?? -1;
      if (bytes === undefined || end < 0) return undefined;
      const body = bytes.subarray(end + 1);
      return new TextDecoder().decode(bytes.subarray(0, end)) === sealOf(body) ? body : undefined;
    },
    write(body) {
      if (key === undefined || !isOurs(session)) return;
      try {
        host.files.writeAtomic(path, joined(new TextEncoder().encode(`${sealOf(body)}\n`), body));
      } catch (error) {
        if (!(error instanceof IplanError)) throw error;
      }
    },
  };
}

/** Two pieces of bytes as one. */
export function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}

/** True when the folder of this program is there and no link. */
function isOurs({ host, root }: Session): boolean {
  const isPlain = (path: string): boolean => (host.files.stat(`${root}/${path}`)?.kind ?? "directory") === "directory";
  return host.files.stat(`${root}/.iplan`)?.kind === "directory" && isPlain(cacheFolder);
}

function readQuietly({ host }: Session, path: string): Uint8Array | undefined {
  try {
    return host.files.stat(path)?.kind === "file" ? host.files.read(path) : undefined;
  } catch (error) {
    if (error instanceof IplanError) return undefined;
    throw error;
  }
}
