import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { program } from "../support/built.ts";
import { createCliWorld } from "../support/cli.ts";

/** Starts the program by its own first line, as a shell does, in a world of its own. */
function call(words: readonly string[], environment: Readonly<Record<string, string>> = {}, command = program) {
  const world = createCliWorld();
  const { status, stdout, stderr } = spawnSync(command, words, {
    cwd: world.root,
    env: { ...world.environment, ...environment },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** A `node` that tells how it was called, found before the real one. */
function tellingNode(): string {
  const { outside } = createCliWorld();
  writeFileSync(
    join(outside, "node"),
    '#!/bin/sh\nprintf "<%s>\\n" "$@"\necho "certificates=${NODE_EXTRA_CA_CERTS-unset} kept=${IPLAN_NODE_EXTRA_CA_CERTS-unset}"\n',
  );
  chmodSync(join(outside, "node"), 0o755);
  return outside;
}

test("the program starts by itself, with its own exit code", () => {
  expect(call(["--version"])).toMatchObject({ status: 0, stderr: "" });
  expect(call(["check", "no-such-plan"]).status).toBe(3);
});

test("the file is a shell's and Node's: both read it without a complaint", () => {
  expect(statSync(program).mode & 0o111).toBe(0o111);
  const head = readFileSync(program, "utf8").split("\n", 2).join("\n");
  expect(spawnSync("sh", ["-n"], { input: head }).status).toBe(0);
  expect(spawnSync(process.execPath, ["--check", program]).status).toBe(0);
  expect(spawnSync(process.execPath, [program, "--version"], { encoding: "utf8" }).stdout).toBe(
    call(["--version"]).stdout,
  );
});

test("it is found through a link in a folder with blanks", () => {
  const { outside } = createCliWorld();
  const link = join(outside, "a link");
  symlinkSync(program, link);
  expect(call(["--version"], {}, link)).toEqual(call(["--version"]));
});

test.each([
  ["blanks", ["a  b", ""]],
  ["quotes and dollars", [`'"$HOME"'`, "`id`", "$(id)", "\\"]],
  ["new lines and stars", ["a\nb", "*", "-n"]],
])("words reach the program as they are: %s", (_title, words) => {
  const { stdout } = call(words, { PATH: `${tellingNode()}:${process.env.PATH ?? ""}` });
  const [flags = "", said = ""] = stdout.split(`<${program}>\n`);
  expect(flags).toBe("<--v8-pool-size=0>\n");
  expect(said.replace(/certificates=.*\n$/, "")).toBe(words.map((word) => `<${word}>\n`).join(""));
});

test.each([
  ["set", { NODE_EXTRA_CA_CERTS: "/a b/c'd.pem" }, "certificates=unset kept=/a b/c'd.pem"],
  ["empty", { NODE_EXTRA_CA_CERTS: "" }, "certificates=unset kept="],
])("Node does not see certificates that are %s", (_title, environment, said) => {
  const path = `${tellingNode()}:${process.env.PATH ?? ""}`;
  expect(call([], { ...environment, PATH: path }).stdout).toContain(`${said}\n`);
});

test("without Node it says what to install, and exits as a shell does for a missing command", () => {
  const { status, stdout, stderr } = call(["--version"], { PATH: createCliWorld().outside });
  expect({ status, stdout }).toEqual({ status: 127, stdout: "" });
  expect(stderr).toBe("iplan: node is not on the PATH. Install Node.js, or add its folder to the PATH.\n");
});

test("commands of a plan find the certificates variable as the caller set it, and nothing beside it", () => {
  const world = createCliWorld({
    "docs/IPLAN/IPLAN-001_certificates_20260101_000000.md":
      "# IPLAN-001: Certificates\n\n## Implementation Guide\n\n### Execution Steps\n\n**Step 1: Tell**\n\n```bash\nenv | grep NODE_EXTRA_CA | sort > told.txt\n```\n",
  });
  const pem = join(dirname(program), "none at all.pem");
  const environment = { ...world.environment, NODE_EXTRA_CA_CERTS: pem };
  world.approve("1");
  spawnSync(program, ["run", "1"], { cwd: world.root, env: environment });
  expect(readFileSync(join(world.root, "told.txt"), "utf8")).toBe(`NODE_EXTRA_CA_CERTS=${pem}\n`);
});

test("a signal reaches the program itself: no shell stays between", async () => {
  const world = createCliWorld();
  const child = spawn(program, ["mcp"], { cwd: world.root, env: world.environment, stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  expect({ code, signal }).toEqual({ code: null, signal: "SIGKILL" });
});
