import { createEngine } from "#host/engine";
import { createNodeHost } from "#host/node";
import { runCli } from "./cli.ts";
import { createTerminal } from "./terminal.ts";

/** Set by the build. */
declare const __IPLAN_VERSION__: string | undefined;

const version = typeof __IPLAN_VERSION__ === "string" ? __IPLAN_VERSION__ : "0.0.0-source";

/** Runs one command line on this machine and sets the process's exit code. */
export async function main(words: readonly string[]): Promise<void> {
  const terminal = createTerminal();
  const host = { ...createNodeHost(version), engine: createEngine() };
  process.exitCode = await runCli(host, terminal, words, {
    mcp: async (place) => (await import("../mcp/serve.ts")).serveMcp(host, place),
  });
  terminal.close();
}
