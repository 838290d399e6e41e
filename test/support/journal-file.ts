import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createHash256 } from "#host/hash";
import { chainStart, sealEvent } from "#journal/hash-chain";
import type { JournalEvent, JournalEventBody } from "#model/run";
import type { CliWorld } from "./cli.ts";

const hash = createHash256();

function journalsOf(world: CliWorld): readonly string[] {
  if (!world.exists(".iplan/runs")) return [];
  return readdirSync(join(world.root, ".iplan/runs")).filter((name) => name.endsWith(".ndjson"));
}

/** Everything the journals of a world say, in order. A line under way is no event yet. */
export function eventsOf(world: CliWorld): readonly JournalEvent[] {
  return journalsOf(world).flatMap((name) =>
    world
      .read(`.iplan/runs/${name}`)
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as JournalEvent),
  );
}

/** The key of a world's workspace, as the tool keeps it outside of the repository. */
export function keyOf(world: CliWorld): string {
  const workspaces = join(dirname(world.root), "state/iplan/workspaces");
  const [name = ""] = readdirSync(workspaces);
  return readFileSync(join(workspaces, name, "key"), "utf8").trim();
}

/** Writes a world's only journal anew, sealed with its key, as a process of another time would have written it. */
export function rewriteJournal(
  world: CliWorld,
  change: (event: JournalEvent) => readonly (JournalEventBody | JournalEvent)[],
): void {
  const key = keyOf(world);
  let prev = chainStart;
  const lines = eventsOf(world)
    .flatMap((event) => change(event).map((body) => ({ body, event })))
    .map(({ body, event: { run, at } }, index) => {
      const { hash: _former, ...plain } = body as JournalEvent;
      const sealed = sealEvent(plain, { run, seq: index + 1, at, prev }, key, hash);
      prev = sealed.hash;
      return `${JSON.stringify(sealed)}\n`;
    });
  world.write(`.iplan/runs/${journalsOf(world)[0]}`, lines.join(""));
}

/** The text of a lock file whose holder is that process. */
export function lockText(world: CliWorld, holder: { readonly pid: number; readonly startTime: string }): string {
  const content = { pid: holder.pid, startTime: holder.startTime, purpose: "iplan run IPLAN-001" };
  return JSON.stringify({ ...content, hash: hash.hmacSha256(keyOf(world), JSON.stringify(content)) });
}
