import { chunksOf } from "#model/bytes";
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
  /** Replaces what is there by these pieces, one behind the other, each asked for when it is written. What cannot be written is no error. */
  write(pieces: Iterable<Uint8Array>): void;
}

/** Where it lies in the workspace. */
export const cacheFolder = ".iplan/cache";

/** Opens a file of the cache. `subject` is what the content depends on beside the files: another subject, another seal. */
export function openSealedFile(place: Place, name: string, subject: string): SealedFile {
  const { host, root } = place;
  const path = `${root}/${cacheFolder}/${name}`;
  const key = host.trust(root).key({ create: false });
  const sealOf = (digests: readonly string[]): Uint8Array =>
    new TextEncoder().encode(
      host.hash.hmacSha256(key ?? "", JSON.stringify([name, host.version, subject, ...digests])),
    );
  return {
    open: key !== undefined && isOurs(place),
    read() {
      const bytes = key !== undefined && isOurs(place) ? readQuietly(place, path) : undefined;
      if (bytes === undefined || bytes.length < sealLength) return undefined;
      const body = bytes.subarray(0, -sealLength);
      const digests = Array.from({ length: Math.ceil(body.length / chunkLength) }, (_, index) =>
        host.hash.sha256(body.subarray(index * chunkLength, (index + 1) * chunkLength)),
      );
      const seal = sealOf(digests);
      return bytes.subarray(-sealLength).every((byte, at) => byte === seal[at]) ? body : undefined;
    },
    write(pieces) {
      if (key === undefined || !isOurs(place)) return;
      try {
        // Why: what a power cut leaves of it has no right seal, and waiting for the disk may take longer than checking.
        host.files.writeAtomic(path, sealed(pieces), undefined, "readable");
      } catch (error) {
        if (!(error instanceof IplanError)) throw error;
      }
    },
  };

  /** Why: the seal stands at the end, so that what is long need not be held at once. */
  function* sealed(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
    const digests: string[] = [];
    for (const chunk of chunksOf(pieces, chunkLength)) {
      digests.push(host.hash.sha256(chunk));
      yield chunk;
    }
    yield sealOf(digests);
  }
}

/** Digits of a seal. */
const sealLength = 64;

/** Bytes of which a digest each is sealed. */
const chunkLength = 256 * 1024;

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
