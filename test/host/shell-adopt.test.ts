import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ShellProcess, ShellRequest, ShellResult } from "#model/ports";
import { removeFolder } from "../support/remove-folder.ts";
import { openRig, type Rig } from "./shell-rig.ts";

const conditions = ["iplan-source", "node", "module"];
const folder = mkdtempSync(join(tmpdir(), "iplan-driver-"));

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: "error",
    resolve: { conditions },
    ssr: { resolve: { conditions }, noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      target: "node20",
      rollupOptions: { input: { driver: "test/host/shell-driver.ts" }, output: { entryFileNames: "[name].mjs" } },
    },
  });
});
afterAll(() => removeFolder(folder));

let rig: Rig;
let tools: ChildProcess[] = [];
beforeEach(async () => {
  rig = await openRig();
});
afterEach(async () => {
  for (const tool of tools) tool.kill("SIGKILL");
  tools = [];
  await rig.close();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 500 && !holds(); attempt += 1) await pause(20);
  expect(holds()).toBe(true);
}

interface Tool {
  readonly request: ShellRequest;
  readonly started: ShellProcess;
  /** The block's result as the tool saw it. */
  result(): Promise<ShellResult>;
  /** Sends the tool alone a signal; a SIGKILL unless another is named. */
  kill(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a block in another process and waits until it runs. */
async function startTool(text: string, extra: Partial<ShellRequest> = {}): Promise<Tool> {
  const request = rig.request(text, extra);
  const child = spawn(process.execPath, [join(folder, "driver.mjs"), JSON.stringify(request)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  tools.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse(String((await lines.next()).value)) as never;
  const started: ShellProcess = await next();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    request,
    started,
    result: next,
    async kill(signal = "SIGKILL") {
      child.kill(signal);
      if (signal === "SIGKILL") await ended;
    },
  };
}

const isGone = (pid: number) =>
  !existsSync(`/proc/${pid}/stat`) || / [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "latin1"));

describe("a block whose tool was killed", () => {
  test("is waited for, and its result, output and state are taken", async () => {
    const tool = await startTool("echo one; touch began; sleep 1; x=adopted; cd /usr; echo two; exit 3");
    await until(() => existsSync(join(rig.root, "began")));
    await tool.kill();
    const pieces: string[] = [];
    const result = await rig.session.adopt(tool.started, { ...tool.request, onOutput: (text) => pieces.push(text) });
    expect(result).toMatchObject({ exit: { status: 3 }, directory: "/usr", outputBytes: 8, leftovers: [] });
    expect(result?.durationMs).toBeGreaterThan(900);
    expect(result?.durationMs).toBeLessThan(3000);
    expect(pieces.join("")).toBe("one\ntwo\n");
    rig.state = result?.state;
    expect((await rig.run('echo "$x $PWD"')).text).toBe("adopted /usr\n");
  });

  test("may have ended before anyone looked", async () => {
    const tool = await startTool("touch began; sleep 0.4; x=late; f() { local x=inner; exit 4; }; f");
    await until(() => existsSync(join(rig.root, "began")));
    await tool.kill();
    await until(() => isGone(tool.started.pid));
    await pause(200);
    const result = await rig.session.adopt(tool.started, tool.request);
    expect(result).toMatchObject({ exit: { status: 4 } });
    expect(result?.durationMs).toBeLessThan(2000);
    rig.state = result?.state;
    expect((await rig.run("echo $x")).text).toBe("late\n");
    expect(readdirSync(tool.request.spool)).not.toContain("dump");
    const again = await rig.session.adopt(tool.started, tool.request);
    expect(again).toMatchObject({ exit: { status: 4 }, state: result?.state });
    expect(again?.stateNote).toBeUndefined();
  });

  test("is found by what it left in its spool alone", async () => {
    const tool = await startTool("touch began; sleep 0.3; echo done");
    await until(() => existsSync(join(rig.root, "began")));
    await tool.kill();
    await until(() => existsSync(join(tool.request.spool, "ended")));
    expect(await rig.session.adopt(undefined, tool.request)).toMatchObject({ exit: { status: 0 }, outputBytes: 5 });
  });

  test.for<[string, string, object]>([
    [
      "was killed too",
      "sleep 0.3; kill -9 $BASHPID; sleep 5",
      { exit: { signal: "SIGKILL" }, stateNote: expect.stringMatching(/SIGKILL/) },
    ],
    [
      "replaced its shell",
      "sleep 0.3; exec bash -c 'exit 9'",
      { exit: { status: 9 }, stateNote: expect.stringMatching(/exec/) },
    ],
  ])("%s: its status is known and its state is not", async ([, text, expected]) => {
    const tool = await startTool(`touch began; ${text}`);
    await until(() => existsSync(join(rig.root, "began")));
    await tool.kill();
    expect(await rig.session.adopt(tool.started, tool.request)).toMatchObject(expected);
  });

  test("and had ended a moment before", async () => {
    const tool = await startTool("x=1; exit 5");
    const seen = await tool.result();
    await tool.kill();
    const result = await rig.session.adopt(tool.started, tool.request);
    expect(result?.exit).toEqual(seen.exit);
    rig.state = result?.state;
    expect((await rig.run("echo $x")).text).toBe("1\n");
  });

  test("leaves nothing to adopt when its shell and its keeper were killed as well", async () => {
    const tool = await startTool("echo $$ > keeper; touch began; sleep 60");
    await until(() => existsSync(join(rig.root, "began")));
    await tool.kill();
    process.kill(Number(readFileSync(join(rig.root, "keeper"), "utf8")), "SIGKILL");
    process.kill(-tool.started.pid, "SIGKILL");
    await until(() => isGone(tool.started.pid));
    expect(await rig.session.adopt(tool.started, tool.request)).toBeUndefined();
  });

  test("is not mistaken for a process that has its pid today", async () => {
    const tool = await startTool("touch began; sleep 60");
    await until(() => existsSync(join(rig.root, "began")));
    expect(await rig.session.adopt({ ...tool.started, startTime: "1@other" }, tool.request)).toBeUndefined();
    expect(isGone(tool.started.pid)).toBe(false);
    process.kill(-tool.started.pid, "SIGKILL");
  });

  test("is still subject to its timeout", async () => {
    const tool = await startTool("touch began; sleep 60", { timeoutMs: 1500 });
    await until(() => existsSync(join(rig.root, "began")));
    await tool.kill();
    const result = await rig.session.adopt(tool.started, tool.request);
    expect(result?.exit.timedOut).toBe(true);
    expect(isGone(tool.started.pid)).toBe(true);
  });

  test("gives a verification's statements too", async () => {
    const text = "touch began; sleep 0.4\nfalse\necho end";
    const statements = [
      { start: 0, end: 22 },
      { start: 23, end: 28 },
      { start: 29, end: 37 },
    ];
    const tool = await startTool(text, { statements });
    await until(() => existsSync(join(rig.root, "began")));
    await tool.kill();
    const result = await rig.session.adopt(tool.started, tool.request);
    expect(result?.statements?.map(({ status }) => status)).toEqual([0, 1, 0]);
    expect(readFileSync(result?.output ?? "", "utf8")).toBe("end\n");
  });

  test("after a first interrupt that it ignored is killed by the second", async () => {
    const tool = await startTool("trap 'touch interrupted' INT; touch began; while :; do sleep 0.1; done");
    await until(() => existsSync(join(rig.root, "began")));
    await tool.kill("SIGINT");
    await until(() => existsSync(join(rig.root, "interrupted")));
    await tool.kill("SIGINT");
    await until(() => isGone(tool.started.pid));
  });

  test("leaves no keeper and no private directory behind", async () => {
    // The keeper's last argument is the session's directory.
    const tool = await startTool(
      "touch began; tr '\\0' '\\n' < /proc/$$/cmdline | tail -n 1 > place; echo $$ > keeper; sleep 0.3",
    );
    await until(() => existsSync(join(rig.root, "keeper")));
    const place = readFileSync(join(rig.root, "place"), "utf8").trim();
    expect(existsSync(join(place, "dump"))).toBe(true);
    await tool.kill();
    await until(() => isGone(Number(readFileSync(join(rig.root, "keeper"), "utf8"))));
    await until(() => !existsSync(place));
  });
});

test("the private directory of a session whose tool and keeper were killed goes with the next session", async () => {
  const tool = await startTool("tr '\\0' '\\n' < /proc/$$/cmdline | tail -n 1 > place; echo $$ > keeper; sleep 60");
  await until(() => existsSync(join(rig.root, "keeper")));
  const place = readFileSync(join(rig.root, "place"), "utf8").trim();
  process.kill(Number(readFileSync(join(rig.root, "keeper"), "utf8")), "SIGSTOP");
  await tool.kill();
  await rig.reopen();
  expect(existsSync(join(place, "dump"))).toBe(true);
  process.kill(Number(readFileSync(join(rig.root, "keeper"), "utf8")), "SIGKILL");
  process.kill(-tool.started.pid, "SIGKILL");
  await until(() => isGone(tool.started.pid) && isGone(Number(readFileSync(join(rig.root, "keeper"), "utf8"))));
  await rig.reopen();
  expect(existsSync(place)).toBe(false);
});
