import { joinBytes } from "#model/bytes";
import { IplanError } from "#model/errors";
import type { Host } from "#model/ports";

/** Where a workspace lies. */
export interface Place {
  readonly host: Host;
  /** Absolute path without a slash at its end. */
  readonly root: string;
}

/** A file of the workspace's cache that is believed only when this workspace wrote it. */
export interface SealedFile {
  /** False without a key, or without a folder of this program: then nothing is kept. */
  readonly open: boolean;
  /** What was written for the same subject by this version of the program; undefined for everything else, damage included. */
  read(): Uint8Array | undefined;
  /** Replaces what is there by these pieces, one behind the other. What cannot be written is no error. */
  write(...pieces: readonly Uint8Array[]): void;
}

/** Where it lies in the workspace. */
export const cacheFolder = ".iplan/cache";

/** Opens a file of the cache. `subject` is what the content depends on beside the files: another subject, another seal. */
export function openSealedFile(place: Place, name: string, subject: string): SealedFile {
  const { host, root } = place;
  const path = `${root}/${cacheFolder}/${name}`;
  const key = host.trust(root).key({ create: false });
  const sealOf = (body: Uint8Array): string =>
    host.hash.hmacSha256(key ?? "", JSON.stringify([name, host.version, subject, host.hash.sha256(body)]));
  return {
    open: key !== undefined && isOurs(place),
    read() {
      const bytes = key !== undefined && isOurs(place) ? readQuietly(place, path) : undefined;
      const end = bytes?.indexOf(10) ?? -1;
      if (bytes === undefined || end < 0) return undefined;
      const body = bytes.subarray(end + 1);
      return new TextDecoder().decode(bytes.subarray(0, end)) === sealOf(body) ? body : undefined;
    },
    write(...pieces) {
      if (key === undefined || !isOurs(place)) return;
      try {
        const whole = joinBytes([new Uint8Array(sealLength + 1), ...pieces]);
        const body = whole.subarray(sealLength + 1);
        whole.set(new TextEncoder().encode(`${sealOf(body)}\n`));
        // Why: what a power cut leaves of it has no right seal, and waiting for the disk may take longer than checking.
        host.files.writeAtomic(path, whole, undefined, "readable");
      } catch (error) {
        if (!(error instanceof IplanError)) throw error;
      }
    },
  };
}

/** Digits of a seal. */
const sealLength = 64;

/** True when the folder of this program is there and no link. */
function isOurs({ host, root }: Place): boolean {
  const isPlain = (path: string): boolean => (host.files.stat(`${root}/${path}`)?.kind ?? "directory") === "directory";
  return host.files.stat(`${root}/.iplan`)?.kind === "directory" && isPlain(cacheFolder);
}

function readQuietly({ host }: Place, path: string): Uint8Array | undefined {
  try {
    return host.files.stat(path)?.kind === "file" ? host.files.read(path) : undefined;
  } catch (error) {
    if (error instanceof IplanError) return undefined;
    throw error;
  }
}
