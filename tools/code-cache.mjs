// Runs the built program once through its commonest commands and keeps what the engine compiled on the way, in
// `dist/program/cache/`. A start that finds its engine's cache there compiles nothing.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "dist/program");
const scripts = new Map();
const loaded = new Map();
const caches = new Map();

/** What `src/interfaces/cli/script-loader.ts` does, and keeps the script. */
function load(name) {
  if (loaded.has(name)) return loaded.get(name);
  const exports = {};
  loaded.set(name, exports);
  const script = new Script(readFileSync(join(folder, name), "utf8"), { filename: join(folder, name) });
  scripts.set(name, script);
  const require = (wanted) =>
    wanted.startsWith(".") ? load(posix.join(posix.dirname(name), wanted)) : process.getBuiltinModule(wanted);
  script.runInThisContext()(exports, require);
  return exports;
}

const world = mkdtempSync(join(tmpdir(), "iplan-build-"));
try {
  process.env.HOME = world;
  process.env.XDG_STATE_HOME = join(world, "state");
  cpSync(join(root, "examples/two-steps"), join(world, "plan"), { recursive: true });
  cpSync(join(root, "examples/parcel-locker"), join(world, "layers"), { recursive: true });
  // Why: it has documents of every layer but source files, which its plan makes.
  mkdirSync(join(world, "layers/src"), { recursive: true });
  writeFileSync(join(world, "layers/src/ledger.ts"), "/**\n * @req: REQ-003\n * @spec: SPEC-009:none\n */\n");
  const { main } = load("main.cjs");
  const plan = ["--cwd", join(world, "plan")];
  const layers = ["--cwd", join(world, "layers")];
  const { stdout } = spawnSync(process.execPath, [join(root, "dist/iplan.js"), "trust", "1", "--json", ...plan]);
  const { sha256 } = JSON.parse(stdout).data;
  // Why: what `status` and `next` load should hold no more than they need; the rest of it compiles when it is needed.
  for (const group of [
    [
      ["status", ...plan],
      ["next", ...plan],
    ],
    [
      ["check", "--json", ...layers],
      ["check", ...plan],
      ["run", "1", `--trust=${sha256}`, ...plan],
    ],
  ]) {
    for (const words of group) await main(words);
    for (const [name, script] of scripts) if (!caches.has(name)) caches.set(name, script.createCachedData());
  }
} finally {
  rmSync(world, { recursive: true, force: true });
}

const cache = join(folder, "cache", `${process.versions.v8}-${process.platform}-${process.arch}`);
mkdirSync(cache, { recursive: true });
for (const [name, cachedData] of caches) {
  if (new Script(readFileSync(join(folder, name), "utf8"), { cachedData }).cachedDataRejected)
    throw new Error(`the engine refuses its own cache of ${name}`);
  writeFileSync(join(cache, name), cachedData);
}
if (readdirSync(cache).length === 0) throw new Error("nothing was compiled");
process.exitCode = 0;
