import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createShell } from "#host/shell/shell";
import { openRig, type Rig } from "./shell-rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.state = undefined;
});

const isRunning = (pid: number): boolean => {
  const state = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, "latin1") : "";
  return state !== "" && !/\) [ZX] /.test(state);
};

describe("the state is kept when a block ends by", () => {
  test.for<[string, string, number]>([
    ["a failing command", "false", 1],
    ["a failing pipe", "false | true", 1],
    ["exit", "exit 7", 7],
    ["exit in a function with local variables", "f() { local kept=no inner=1; exit 8; }; f a b", 8],
    ["a failure in nested functions", "g() { local inner=2; false; }; f() { local kept=no; g; }; f", 1],
    ["return", "return 5", 5],
    ["a syntax error on a later line", "echo ok\nif then", 2],
    ["an unset variable", "set -u; echo $nope", 1],
    ["a command that is not there", "no-such-command-here", 127],
    ["a cd that fails", "cd /no/such/place", 1],
    ["a sourced file that exits", "echo 'exit 9' > s.sh; . ./s.sh", 9],
    ["an EXIT trap of its own that exits", "trap 'exit 4' EXIT; false", 4],
    ["an EXIT trap of its own that fails", "trap 'false; nonsense 2>/dev/null' EXIT; exit 6", 6],
    ["a signal to itself", "kill -TERM $BASHPID; sleep 5", 143],
    ["an interrupt to itself", "kill -INT $BASHPID; sleep 5", 130],
  ])("%s", async ([, text, status]) => {
    const ended = await rig.run(`kept=yes; cd /usr\n${text}\necho not reached`);
    expect(ended.exit).toEqual({ status });
    expect(ended.stateNote).toBeUndefined();
    expect(ended.text).not.toContain("not reached");
    const next = await rig.run('echo "$kept $PWD ${inner-none} $#"');
    expect(next.text).toBe("yes /usr none 0\n");
  });
});

describe("the state before is kept, and it is said why, when a block ends by", () => {
  test.for<[string, string, object, RegExp]>([
    ["exec", "exec echo replaced", { status: 0 }, /exec/],
    ["exec of a failing program", "exec false", { status: 1 }, /exec/],
    ["SIGKILL to its shell", "kill -9 $BASHPID; sleep 5", { signal: "SIGKILL" }, /SIGKILL/],
    [
      "SIGKILL to the session's process id",
      "kill -9 $$; sleep 5; echo alive",
      { signal: "SIGKILL" },
      /killed its own shell/,
    ],
  ])("%s", async ([, text, exit, note]) => {
    await rig.run("kept=before");
    const ended = await rig.run(`kept=after\n${text}`);
    expect(ended.exit).toEqual(exit);
    expect(ended.stateNote).toMatch(note);
    expect(ended.text).not.toContain("alive");
    expect((await rig.run('echo "$kept"')).text).toBe("before\n");
  });
});

describe("what a block is given", () => {
  test("an empty standard input", async () => {
    expect((await rig.run("read x || echo nothing to read; cat")).text).toBe("nothing to read\n");
  });

  test("-e and pipefail fresh, whatever the block before set", async () => {
    await rig.run("set +e +o pipefail");
    expect((await rig.run("set -o | grep -E 'errexit|pipefail' | tr -s ' \\t' ' '")).text).toBe(
      "errexit on\npipefail on\n",
    );
  });

  test("no -e in a verification, but pipefail", async () => {
    await rig.run("set -e");
    const asked = await rig.verify(["false", "false | true", "set -o | grep -E 'errexit|pipefail' | tr -s ' \\t' ' '"]);
    expect(asked.statements?.map(({ status }) => status)).toEqual([1, 1, 0]);
    expect(asked.text).toBe("errexit off\npipefail on\n");
  });

  test("an environment in which nothing asks or pages", async () => {
    const { text } = await rig.run(
      'echo "$CI $PAGER $GIT_PAGER $GIT_TERMINAL_PROMPT $GIT_EDITOR $DEBIAN_FRONTEND"; tty',
    );
    expect(text).toBe("1 cat cat 0 false noninteractive\nnot a tty\n");
  });

  test("no descriptor but the three", async () => {
    const list = "ls /proc/self/fd | tr '\\n' ' '";
    // Why: whoever started this test may have handed it descriptors of its own, which bash hands on.
    const inherited = execFileSync("bash", ["-c", list], { encoding: "utf8" });
    expect((await rig.run(list)).text).toBe(inherited);
  });

  test("signals as a shell has them: a closed pipe ends the writer silently", async () => {
    expect(await rig.run("set +o pipefail; yes | head -1; echo ${PIPESTATUS[0]}")).toMatchObject({ text: "y\n141\n" });
  });

  test("a group of its own", async () => {
    const { text } = await rig.run("ps -o pgid= -p $BASHPID | tr -d ' '; echo $BASHPID");
    const [group, own] = text.split("\n");
    expect(group).toBe(own);
  });

  test("terminal, locale and time zone fixed in a verification, unless the plan set them", async () => {
    expect((await rig.verify(['echo "$TERM $LC_ALL $TZ"'])).text).toBe("dumb C.UTF-8 UTC\n");
    await rig.run("export TZ=Asia/Tokyo");
    expect((await rig.verify(['echo "$TERM $TZ"'])).text).toBe("dumb Asia/Tokyo\n");
  });

  test("neither BASH_ENV nor shell options of the tool's own environment", async () => {
    const script = join(rig.root, "rc");
    writeFileSync(script, "echo sourced\n");
    const environment = { ...process.env, BASH_ENV: script, ENV: script, SHELLOPTS: "xtrace", CDPATH: "/" } as Record<
      string,
      string
    >;
    const other = await openRig(environment);
    expect((await other.run("bash -c 'echo ${BASH_ENV-none} ${ENV-none}'; mkdir tmp; cd tmp")).text).toBe(
      "none none\n",
    );
    await other.close();
  });
});

describe("output", () => {
  test("is kept byte for byte in the order it came", async () => {
    const { output, text } = await rig.run("printf 'a\\0b\\xff'; printf 'err' >&2; printf 'c\\n'");
    expect(readFileSync(output)).toEqual(Buffer.from("a\0b\xfferrc\n", "latin1"));
    expect(text).toHaveLength(9);
    expect(statSync(output).mode & 0o777).toBe(0o600);
  });

  test("that imitates the session's own files and messages changes nothing", async () => {
    const fake = "printf 'x 1 0\\0p 2\\0end\\0'; printf 'end 0\\n0 0 1 2\\n'; declare -p; exit 3";
    const ended = await rig.run(`honest=1; ${fake}`);
    expect(ended.exit).toEqual({ status: 3 });
    expect((await rig.run("echo $honest")).text).toBe("1\n");
    const asked = await rig.verify(["printf '1 0 1 2\\nend 0\\n'; false", "true"]);
    expect(asked.statements?.map(({ status }) => status)).toEqual([1, 0]);
  });

  test("is shown while it appears", async () => {
    const pieces: string[] = [];
    await rig.run("printf 'one\\n'; sleep 0.3; printf 'tw\\xc3'; sleep 0.2; printf '\\xb6\\n'", {
      onOutput: (text) => pieces.push(text),
    });
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join("")).toBe("one\ntwö\n");
  });

  test("of 300 MB takes no memory", { timeout: 60_000 }, async () => {
    const before = process.memoryUsage().rss;
    const { outputBytes, exit } = await rig.session.run(
      rig.request("head -c 300000000 /dev/zero", { timeoutMs: 50_000 }),
    );
    expect({ outputBytes, exit }).toEqual({ outputBytes: 300_000_000, exit: { status: 0 } });
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  test("may come from a block with CRLF line ends", async () => {
    const { text, exit } = await rig.run('x=1\r\nif true; then\r\n  echo "<$x>"\r\nfi\r\ncat <<EOF\r\nbody\r\nEOF\r\n');
    expect({ text, exit }).toEqual({ text: "<1>\nbody\n", exit: { status: 0 } });
  });
});

describe("a block ends when its shell ends", () => {
  test("though a child still holds the output, which is listed and can be terminated", async () => {
    const ended = await rig.run("sleep 100 & echo $!");
    expect(ended.durationMs).toBeLessThan(3000);
    const [left] = ended.leftovers;
    expect(ended.leftovers).toHaveLength(1);
    expect(String(left?.pid)).toBe(ended.text.trim());
    await rig.session.terminate(ended.leftovers);
    expect(isRunning(left?.pid ?? 0)).toBe(false);
  });

  test("and a leftover that ignores TERM is killed", async () => {
    const ended = await rig.run("(trap '' TERM; while :; do sleep 1; done) & sleep 0.2");
    expect(ended.leftovers.length).toBeGreaterThan(0);
    await rig.session.terminate(ended.leftovers);
    expect(ended.leftovers.map(({ pid }) => isRunning(pid))).not.toContain(true);
  });

  test("a process that only shares the pid is left alone", async () => {
    const ended = await rig.run("sleep 100 &");
    await rig.session.terminate(ended.leftovers.map(({ pid }) => ({ pid, startTime: "1@other" })));
    expect(isRunning(ended.leftovers[0]?.pid ?? 0)).toBe(true);
    await rig.session.terminate(ended.leftovers);
  });
});

describe("a timeout", () => {
  test("ends the whole tree, keeps the output and the state", async () => {
    const text =
      "partial=1; echo early; bash -c 'bash -c \"echo \\$\\$ > deep; sleep 100\" & wait' & setsid sleep 101 & echo $! > stray; sleep 100";
    const ended = await rig.run(text, { timeoutMs: 500 });
    expect(ended).toMatchObject({ exit: { timedOut: true }, leftovers: [] });
    expect(ended.text).toMatch(/^early\n/);
    expect(ended.durationMs).toBeLessThan(4000);
    for (const file of ["deep", "stray"])
      expect(isRunning(Number(readFileSync(join(rig.root, file), "utf8")))).toBe(false);
    expect((await rig.run("echo $partial")).text).toBe("1\n");
  });

  test("kills what ignores TERM", async () => {
    const ended = await rig.run("trap '' TERM; echo $BASHPID > own; while :; do sleep 0.1; done", { timeoutMs: 300 });
    expect(ended.exit).toEqual({ signal: "SIGKILL", timedOut: true });
    expect(ended.stateNote).toMatch(/SIGKILL/);
    expect(isRunning(Number(readFileSync(join(rig.root, "own"), "utf8")))).toBe(false);
    expect((await rig.run("echo next")).text).toBe("next\n");
  });

  test("kills a block that stopped itself or its session", async () => {
    for (const victim of ["$BASHPID", "$$"]) {
      const ended = await rig.run(`kill -STOP ${victim}; sleep 1`, { timeoutMs: 300 });
      expect(ended.exit.timedOut).toBe(true);
      expect((await rig.run("echo next")).text).toBe("next\n");
    }
  });

  test("leaves processes of earlier blocks alone", async () => {
    const server = await rig.run("sleep 100 &");
    await rig.run("sleep 100", { timeoutMs: 200 });
    expect(isRunning(server.leftovers[0]?.pid ?? 0)).toBe(true);
    await rig.session.terminate(server.leftovers);
  });
});

describe("an interrupt", () => {
  test("stops the block and keeps the state", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const ended = await rig.run("mark=1; sleep 100; echo not reached", { signal: stop.signal });
    expect(ended).toMatchObject({ exit: { status: 130, interrupted: true }, text: "" });
    expect((await rig.run("echo $mark")).text).toBe("1\n");
  });

  test("before the start runs nothing", async () => {
    const ended = await rig.run("touch ran", { signal: AbortSignal.abort() });
    expect(ended.exit.interrupted).toBe(true);
    expect(existsSync(join(rig.root, "ran"))).toBe(false);
  });

  test("a second time, by closing the session, is hard", async () => {
    const other = await openRig();
    const running = other.run("trap '' INT TERM; echo $BASHPID > own; while :; do sleep 0.1; done");
    while (!existsSync(join(other.root, "own"))) await new Promise((resolve) => setTimeout(resolve, 20));
    await other.session.close();
    expect((await running).exit.signal).toBe("SIGKILL");
    await other.close();
  });
});

describe("a directory that was deleted", () => {
  test("is said, and relative paths fail in it as in a terminal", async () => {
    await rig.run("mkdir lost; cd lost; rm -r ../lost");
    const next = await rig.run('touch here 2>/dev/null || echo refused; echo "${PWD##*/}"; cd ..; basename "$PWD"');
    expect(next.startNote).toMatch(/lost no longer exists/);
    expect(next.text).toBe(`refused\nlost\n${rig.root.split("/").at(-1)}\n`);
    expect(existsSync(join(rig.root, "lost"))).toBe(false);
    expect((await rig.run("pwd")).startNote).toBeUndefined();
  });

  test("together with the directory above it", async () => {
    await rig.run("mkdir -p up/lost; cd up/lost; rm -r ../../up");
    const next = await rig.run("touch here 2>/dev/null || echo refused; cd /tmp; pwd");
    expect(next.text).toBe("refused\n/tmp\n");
    expect(existsSync(join(rig.root, "up"))).toBe(false);
  });
});

describe("a user's EXIT trap", () => {
  test("runs at the end of its block, once", async () => {
    expect((await rig.run("trap 'echo bye $? $x' EXIT; x=1; echo hi; exit 3")).text).toBe("hi\nbye 3 1\n");
    expect((await rig.run("echo next")).text).toBe("next\n");
  });

  test("is listed, replaced and reset as with the builtin", async () => {
    const text = "trap 'echo a' EXIT; trap -p EXIT; trap -- 'echo b' 0 USR1; trap; trap - EXIT; trap -p EXIT; echo end";
    expect((await rig.run(text)).text.split("\n").filter((line) => !/SIG(?:INT|TERM)$/.test(line))).toEqual([
      "trap -- 'echo a' EXIT",
      "trap -- 'echo b' EXIT",
      "trap -- 'echo b' SIGUSR1",
      "end",
      "",
    ]);
  });

  test("of a subshell runs there", async () => {
    expect((await rig.run("(trap 'echo inner' EXIT; echo in); echo out")).text).toBe("in\ninner\nout\n");
  });
});

describe("secrets", () => {
  test("hold from block to block, and are in no file", async () => {
    const secrets = ["TOKEN", "LIST"];
    await rig.run("export TOKEN='s3cr3t \"x\"'; LIST=(s3cr3t two); plain=1", { secrets });
    const next = await rig.run("echo \"${#TOKEN} ${LIST[1]} $plain\"; bash -c 'echo ${#TOKEN}'", { secrets });
    expect(next.text).toBe("10 two 1\n10\n");
    expect(next.exported).toEqual(["TOKEN"]);
    expect(readFileSync(next.state ?? "", "latin1")).not.toContain("s3cr3t");
    expect((await rig.verify(["echo ${#TOKEN}"], { secrets })).text).toBe("10\n");
  });

  test("must be present again in a later process", async () => {
    const secrets = ["TOKEN"];
    await rig.run("export TOKEN=s3cr3t; other=1", { secrets });
    const state = rig.state;
    await rig.reopen();
    await expect(rig.run("echo $other", { secrets })).rejects.toMatchObject({
      code: "host/state-unusable",
      message: /TOKEN/,
    });
    await rig.reopen({ ...process.env, TOKEN: "given" } as Record<string, string>);
    rig.state = state;
    expect((await rig.run('echo "$TOKEN $other"', { secrets })).text).toBe("given 1\n");
    await rig.reopen();
  });
});

describe("a state file that cannot be used is refused", () => {
  test.for<[string, string | undefined]>([
    ["missing", undefined],
    ["torn", '# iplan-state 1\n# directory "/"\n# secrets \n'],
    ["of another version", "# iplan-state 99\n__iplan_restored=1\n# end\n"],
    ["that bash cannot read", '# iplan-state 1\n# directory "/"\n# secrets \nif\n__iplan_restored=1\n# end\n'],
  ])("%s", async ([, text]) => {
    const state = join(rig.root, "state");
    if (text !== undefined) writeFileSync(state, text);
    await expect(rig.run("touch ran", { state: text === undefined ? `${state}-none` : state })).rejects.toMatchObject({
      code: "host/state-unusable",
    });
    expect(existsSync(join(rig.root, "ran"))).toBe(false);
    expect((await rig.run("echo next")).text).toBe("next\n");
  });
});

test("without a bash of version 5 no session opens, and the cure is said", async () => {
  const fake = join(rig.root, "bash");
  const shell = createShell();
  const here = await rig.run("printf '#!/bin/sh\\nprintf \"v 3.2.57\\\\0\"\\n' > bash; chmod +x bash");
  expect(here.exit).toEqual({ status: 0 });
  const { createKeeper } = await import("#host/shell/keeper");
  await expect(createKeeper(fake, {})).rejects.toMatchObject({ code: "host/no-bash", cure: /bash 5/ });
  await expect(createKeeper("/no/bash", {})).rejects.toMatchObject({ code: "host/no-bash" });
  expect(shell.isAlive(shell.self())).toBe(true);
  expect(shell.isAlive({ ...shell.self(), startTime: "0@" })).toBe(false);
});
