import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { Host } from "#model/ports";
import type { Guides } from "./guides.ts";
import { createServer } from "./server.ts";

/** Serves assistants over stdin and stdout until the client closes them. */
export async function serveMcp(host: Host, place: { readonly cwd: string; readonly isFixed: boolean }): Promise<void> {
  const guides = guidesIn(join(dirname(realpathSync(process.argv[1] ?? ".")), "../docs/guide"));
  const closed = new Promise<void>((resolve) => process.stdin.once("close", resolve));
  const server = serveStdio(() => createServer({ host, guides, ...place }), {
    onerror: (error) => void process.stderr.write(`iplan mcp: ${error.message}\n`),
  });
  await closed;
  await server.close();
}

function guidesIn(folder: string): Guides {
  const topics = namesIn(folder).flatMap((name) => (name.endsWith(".md") ? [name.slice(0, -3)] : []));
  return {
    topics,
    read: (topic) => (topics.includes(topic) ? readFileSync(join(folder, `${topic}.md`), "utf8") : undefined),
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    // Why: a package whose guide somebody removed still serves its tools.
    return [];
  }
}
