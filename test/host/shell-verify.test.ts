import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createShellParser } from "#host/shell-parser";
import type { ShellRequest } from "#model/ports";
import { openRig, type Rig } from "./shell-rig.ts";

let rig: Rig;
beforeAll(async () => {
  rig = await openRig();
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.state = undefined;
});

/** Runs the statements that the parser finds; gives each one's status and output. */
async function verify(text: string, extra: Partial<ShellRequest> = {}): Promise<(readonly [number, string])[]> {
  const parser = await createShellParser();
  const { statements = [], output } = await rig.run(text, { statements: parser.parse(text).statements, ...extra });
  const bytes = readFileSync(output);
  return statements.map((each) => [each.status, bytes.subarray(each.outputStart, each.outputEnd).toString()]);
}

describe("a negated statement", () => {
  test.for<[string, string, number]>([
    ["passes when the answer is no", "! printf 'a\\n' | grep -q b", 0],
    ["fails when the answer is yes", "! printf 'a\\n' | grep -q a", 1],
    ["passes for a status that only its program can explain", "! (exit 2)", 0],
    ["fails when the file it asks is missing", "! grep -sq a /nonexistent", 2],
    ["fails when the program it asks is missing", "! no-such-program 2>&-", 127],
    ["fails when a test is no test", "! [ 1 -eq x ] 2>&-", 2],
  ])("%s", async ([_title, text, status], { expect: expectHere }) => {
    const [[found, output] = []] = await verify(text);
    expectHere(found).toBe(status);
    expectHere(output).toBe(
      status < 2
        ? ""
        : `iplan: status ${status} says that the command could not do its work; "!" turns round a plain no only\n`,
    );
  });
});

describe("a verification's statements give", () => {
  test.for<[string, string, [number, string][]]>([
    [
      "each its status and output",
      "echo a\nfalse; echo b\n# a comment\n! true",
      [
        [0, "a\n"],
        [1, ""],
        [0, "b\n"],
        [1, ""],
      ],
    ],
    [
      "a here-document its body",
      'cat <<EOF | tr a-z A-Z\nit\'s $HOME_LESS "x"\nEOF\necho b',
      [
        [0, 'IT\'S  "X"\n'],
        [0, "b\n"],
      ],
    ],
    [
      "two here-documents on a line their bodies",
      "cat <<A - <<'B' ; echo z\n1\nA\n$2\nB\necho c",
      [
        [0, "$2\n"],
        [0, "z\n"],
        [0, "c\n"],
      ],
    ],
    [
      "an indented here-document its body",
      "if true; then\n\tcat <<-EOF\n\t\tone\n\tEOF\nfi\necho b",
      [
        [0, "one\n"],
        [0, "b\n"],
      ],
    ],
    [
      "a background command no wait",
      "sleep 3 &\necho now; kill $!",
      [
        [0, ""],
        [0, "now\n"],
        [0, ""],
      ],
    ],
    [
      "a pipe its failing part",
      'false | cat\necho "$? ${PIPESTATUS[0]}"',
      [
        [1, ""],
        [0, "1 1\n"],
      ],
    ],
    [
      "a continued line whole",
      "echo a \\\n  b\necho c",
      [
        [0, "a b\n"],
        [0, "c\n"],
      ],
    ],
    [
      "what a former statement set",
      'x=1; cd /; f() { echo "$x $PWD"; }\nf',
      [
        [0, ""],
        [0, ""],
        [0, ""],
        [0, "1 /\n"],
      ],
    ],
    [
      "an alias of a former line",
      "alias hey='echo hey'\nhey",
      [
        [0, ""],
        [0, "hey\n"],
      ],
    ],
    [
      "a loop left by break no end of the others",
      "for i in 1 2; do echo $i; break; done\nbreak 2>/dev/null\necho b",
      [
        [0, "1\n"],
        [0, ""],
        [0, "b\n"],
      ],
    ],
    [
      "return its status, and go on",
      "return 3\necho b",
      [
        [3, ""],
        [0, "b\n"],
      ],
    ],
    [
      "CRLF lines no trouble",
      "echo a\r\ncat <<EOF\r\nb\r\nEOF\r\nfalse\r\n",
      [
        [0, "a\n"],
        [0, "b\n"],
        [1, ""],
      ],
    ],
    [
      "names and text beyond ASCII",
      "echo 'ä€🙂'; echo b",
      [
        [0, "ä€🙂\n"],
        [0, "b\n"],
      ],
    ],
    [
      "xtrace of the statements alone",
      "set -x; echo a\necho b 2>&1",
      [
        [0, ""],
        [0, "+ echo a\na\n"],
        [0, "+ echo b\nb\n"],
      ],
    ],
  ])("%s", async ([, text, expected]) => {
    const got = await verify(text);
    expect(got.map(([status, output]) => [status, output.replace(/^\++/gm, "+")])).toEqual(expected);
  });

  test("nothing after one that exits, and the shell's status is that one's", async () => {
    expect(await verify("echo a\nexit 4\necho b")).toEqual([
      [0, "a\n"],
      [4, ""],
    ]);
  });

  test("nothing after one that turned -e on, failed, and so ended the shell", async () => {
    expect(await verify("set -e\nfalse\necho b")).toEqual([
      [0, ""],
      [1, ""],
    ]);
  });

  test("the block's status: the first that is not zero", async () => {
    const result = await rig.verify(["true", "(exit 3)", "(exit 5)", "true"]);
    expect(result.exit).toEqual({ status: 3 });
    expect((await rig.verify(["true", "true"])).exit).toEqual({ status: 0 });
  });

  test("their durations", async () => {
    const { statements } = await rig.verify(["sleep 0.3", "true"]);
    expect(statements?.[0]?.durationMs).toBeGreaterThanOrEqual(290);
    expect(statements?.[1]?.durationMs).toBeLessThan(200);
  });

  test("what ran before a timeout", async () => {
    const result = await rig.verify(["echo a", "sleep 60", "echo b"], { timeoutMs: 400 });
    expect(result.exit.timedOut).toBe(true);
    expect(result.statements?.map(({ status }) => status)).toEqual([0, 143]);
  });

  test("the block's end when one replaces the shell", async () => {
    const result = await rig.verify(["echo a", "exec echo b", "echo c"]);
    expect(result.exit).toEqual({ status: 0 });
    expect(result.statements?.map(({ status }) => status)).toEqual([0]);
    expect(result.text).toBe("a\nb\n");
  });
});

test("the state a verification leaves is dropped", async () => {
  await rig.run("x=before");
  const asked = await rig.verify(["x=changed; cd /; set -u; f() { :; }; umask 000"]);
  expect(asked.state).toBe(rig.state);
  expect((await rig.run('echo "$x $(basename "$PWD")"; type -t f || umask')).text).toBe(
    `before ${rig.root.split("/").at(-1)}\n0022\n`,
  );
});

test("output is shown in order while statements run", async () => {
  const pieces: string[] = [];
  await rig.verify(["echo a; sleep 0.2", "echo b"], { onOutput: (text) => pieces.push(text) });
  expect(pieces.join("")).toBe("a\nb\n");
});
