// What the demo says, and how it runs the program: shared by the tour and its chapters.
import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** The built program. */
export const cli = join(root, "dist/iplan.js");

/** Where everything of the demo lies. */
export const home = mkdtempSync(join(realpathSync(tmpdir()), "iplan-demo-"));

export const coloured = process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== "dumb";
export const paint = (code, text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
export const say = (text = "") => process.stdout.write(`${text}\n`);
export const heading = (text) =>
  say(`\n${paint("1;36", `── ${text} `)}${paint(36, "─".repeat(Math.max(3, 72 - text.length)))}\n`);
export const command = (text) => say(`${paint(2, "$")} ${paint(1, text)}`);

/** Trust and key of the demo live beside its workspaces, so that it leaves nothing in the user's own state. */
export const environment = demoEnvironment();

function demoEnvironment() {
  const { CLAUDECODE: _1, GEMINI_CLI: _2, CODEX_SANDBOX: _3, CURSOR_AGENT: _4, OPENCODE: _5, ...rest } = process.env;
  return { ...rest, XDG_STATE_HOME: join(home, "state") };
}

/** Ends the demo with an error unless it went as it must. */
export function must(holds, message) {
  if (holds) return;
  say(`\n${paint(31, "The demo did not go as it must:")} ${message}`);
  say(`What it left behind: ${home}`);
  process.exit(1);
}

function run(workspace, args, env = environment) {
  return spawnSync(cli, args, { cwd: workspace, env, encoding: "utf8", maxBuffer: 64 << 20 });
}

/** Runs the CLI, shows what it prints, and gives its exit code. Of long output only the end is shown. */
export function show(workspace, args, lines = 60) {
  command(`iplan ${args.join(" ")}`);
  const env = coloured ? { ...environment, FORCE_COLOR: "1" } : environment;
  const { status, stdout, stderr } = run(workspace, args, env);
  const printed = `${stderr}${stdout}`.trimEnd().split("\n");
  if (printed.length > lines) say(paint(2, `… ${printed.length - lines} lines above`));
  for (const line of printed.slice(-lines)) say(line);
  say(paint(2, `(exit ${status})`));
  return status;
}

/** Runs the CLI with `--json` and gives its exit code and document. */
export function json(workspace, args) {
  const { status, stdout, stderr } = run(workspace, [...args, "--json"]);
  try {
    return { status, ...JSON.parse(stdout) };
  } catch {
    return must(false, `iplan ${args.join(" ")} --json printed no JSON (exit ${status})\n${stderr}`);
  }
}
