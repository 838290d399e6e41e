import { rmSync } from "node:fs";

/** Removes a folder with everything in it; the keeper of a tool that was killed may still write its last file there. */
export async function removeFolder(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  rmSync(folder, { recursive: true, force: true });
}
