import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createShell } from "#host/shell/shell";

/** Runs COUNT trivial blocks through a shell session in the empty directory ROOT, with two synced journal lines each when SYNC is `sync`. */
async function drive(root: string, count: number, isSynced: boolean): Promise<void> {
  const journal = openSync(join(root, "journal"), "a");
  const record = (): void => {
    if (!isSynced) return;
    writeSync(journal, '{"type":"block"}\n');
    fsyncSync(journal);
  };
  const session = await createShell().open({});
  let state: string | undefined;
  for (let block = 0; block < count; block += 1) {
    record();
    const from = state === undefined ? {} : { state };
    const result = await session.run({
      text: "x=1\n",
      spool: join(root, String(block)),
      ...from,
      directory: root,
      secrets: [],
      timeoutMs: 60_000,
    });
    if (result.exit.status !== 0 || result.stateNote !== undefined) throw new Error("a block failed");
    state = result.state;
    record();
  }
  await session.close();
  closeSync(journal);
}

await drive(process.argv[2] ?? "", Number(process.argv[3]), process.argv[4] === "sync");
