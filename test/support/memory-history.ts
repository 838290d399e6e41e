import type { GitChange, GitHistory } from "#model/ports";

const encoder = new TextEncoder();

/** A history as git would give it, from the files that each commit wrote; `undefined` for a file that it removed. */
export function memoryHistory(
  commits: readonly Readonly<Record<string, string | undefined>>[],
  shallow = false,
): GitHistory {
  const contents = new Map<string, Uint8Array>();
  const changes = commits.flatMap((files, order) =>
    Object.entries(files).map(([path, text]): GitChange => {
      const blob = `content ${text}`;
      if (text !== undefined) contents.set(blob, encoder.encode(text));
      const commit = String(order + 1).repeat(40);
      const date = `2026-01-0${order + 1}`;
      return { commit, order, date, path, ...(text === undefined ? {} : { blob }) };
    }),
  );
  return { shallow, changes, read: (blobs) => blobs.map((blob) => contents.get(blob)) };
}
