import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../dist/iplan.js", import.meta.url));

/** Starts the assistants' server in a folder; returns how to call it and how to end it. */
function serve(folder) {
  const server = spawn(program, ["mcp"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const waiting = new Map();
  createInterface({ input: server.stdout }).on("line", (line) => {
    const { id, result } = JSON.parse(line);
    waiting.get(id)?.(result);
  });
  let last = 0;
  const send = (message) => server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  return {
    ask(method, params) {
      last += 1;
      const answer = new Promise((resolve) => waiting.set(last, resolve));
      send({ id: last, method, params });
      return answer;
    },
    tell: (method) => send({ method }),
    end: () => server.stdin.end(),
  };
}

/** Milliseconds that `iplan_check` takes: the first call, one where nothing changed, and those after a changed sentence, a round each. */
export async function measureMcpCheck(folder, paths) {
  const { ask, tell, end } = serve(folder);
  const capabilities = {};
  await ask("initialize", { protocolVersion: "2025-06-18", capabilities, clientInfo: { name: "bench", version: "1" } });
  tell("notifications/initialized");
  const check = async () => {
    const began = performance.now();
    const { structuredContent } = await ask("tools/call", { name: "iplan_check", arguments: {} });
    if (structuredContent?.data?.summary === undefined) throw new Error("iplan_check gave no summary");
    return performance.now() - began;
  };
  const first = await check();
  // Why: what was written less than two seconds before it was read is read once more.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  await check();
  const same = [await check(), await check(), await check()];
  const changed = [];
  for (const path of paths) {
    const before = readFileSync(join(folder, path), "utf8");
    for (const text of [before.replace("\n\n", "\n\nA sentence more.\n\n"), before]) {
      writeFileSync(join(folder, path), text);
      changed.push(await check());
    }
  }
  end();
  return { first, same, changed };
}
