import type { GitTree } from "#model/ports";

const encoder = new TextEncoder();

/** Files of a revision as git would give them, by path below the root of the workspace. */
export function memoryTree(files: Readonly<Record<string, string>>, commit = "c0ffee"): GitTree {
  const contents = new Map(Object.entries(files).map(([path, text]) => [path, encoder.encode(text)]));
  return {
    commit,
    files: [...contents].map(([path, { length }]) => ({
      path,
      kind: "file",
      executable: false,
      blob: path,
      size: length,
    })),
    read: (wanted) => wanted.map(({ blob }) => contents.get(blob)),
  };
}
