import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createNodeHost } from "#host/node";
import { openCheck } from "#session/open-check";

/** What one kind of edit took. */
export interface OpenCheckTimes {
  readonly edit: string;
  /** Milliseconds from the written file to the new findings, one for each round. */
  readonly ms: readonly number[];
  /** Documents to which the rules were applied again, in the middle of all rounds. */
  readonly checked: number;
}

/** Edits documents of a workspace on disk and measures how long an open check takes to tell what that changes. */
export async function measureOpenCheck(
  folder: string,
  paths: readonly string[],
  only?: string,
): Promise<readonly OpenCheckTimes[]> {
  const check = await openCheck(createNodeHost("bench"), folder);
  const times: OpenCheckTimes[] = [];
  for (const [edit, change] of Object.entries(edits)) {
    if (only !== undefined && only !== edit) continue;
    const ms: number[] = [];
    const checked: number[] = [];
    for (const path of paths) {
      const before = readFileSync(join(folder, path), "utf8");
      // Why: the second change takes the first back, so that each round begins with the same workspace.
      for (const text of [change(before), before]) {
        writeFileSync(join(folder, path), text);
        const began = performance.now();
        const change_ = await check.changed([path]);
        ms.push(performance.now() - began);
        checked.push(change_.checked);
      }
    }
    times.push({ edit, ms, checked: checked.sort((a, b) => a - b)[checked.length >> 1] ?? 0 });
  }
  return times;
}

const edits: Readonly<Record<string, (text: string) => string>> = {
  "a sentence": (text) => text.replace("\n\n", "\n\nA sentence more.\n\n"),
  "a tag": (text) => text.replace(/(@brd: BRD-\d+):FR-\d+/, "$1:FR-999"),
  "an element": (text) => text.replace(/^### (\w+)-(\d+):/m, "### $1-9$2:"),
};
