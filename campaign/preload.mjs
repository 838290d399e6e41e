// Loaded before the program (`node --import`): makes calls to the system fail as the environment says, or sets the clock back.
import childProcess from "node:child_process";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const {
  FAULT_CALL,
  FAULT_NTH = "0",
  FAULT_CODE = "EIO",
  FAULT_MODE = "once",
  FAULT_UNDER = "",
  FAULT_COUNTS,
} = process.env;
const nth = Number(FAULT_NTH);
const counts = { write: 0, sync: 0, rename: 0, spawn: 0 };
const paths = new Map();
const names = {
  write: ["writeSync", "writeFileSync", "appendFileSync"],
  sync: ["fsyncSync", "fdatasyncSync"],
  rename: ["renameSync", "linkSync"],
};

function failure(call, path) {
  return Object.assign(new Error(`${FAULT_CODE}: made to fail, ${call} '${path}'`), {
    code: FAULT_CODE,
    errno: -5,
    syscall: call,
    path,
  });
}

function pathOf(target) {
  return typeof target === "number" ? (paths.get(target) ?? "") : String(target);
}

/** The program's own standard streams are no files of a workspace. */
const isOwn = (target) => target === 1 || target === 2;

function strike(call, target) {
  if (isOwn(target)) return;
  counts[call] += 1;
  const isDue = FAULT_MODE === "on" ? counts[call] >= nth : counts[call] === nth;
  if (FAULT_CALL !== call || nth === 0 || !isDue) return;
  if (FAULT_MODE === "kill") process.kill(process.pid, "SIGKILL");
  throw failure(call, pathOf(target));
}

const { openSync, mkdirSync, rmSync } = fs;
const isUnder = (path) => FAULT_UNDER !== "" && `${path}/`.startsWith(`${FAULT_UNDER}/`);
const reads = new Set([undefined, "r", fs.constants.O_RDONLY]);

fs.openSync = (path, flags, ...rest) => {
  const isRead = reads.has(flags) || (typeof flags === "number" && (flags & 3) === 0);
  if (!isRead && isUnder(path)) throw failure("open", path);
  const file = openSync(path, flags, ...rest);
  paths.set(file, path);
  return file;
};
fs.mkdirSync = (path, ...rest) => {
  if (isUnder(path) && !fs.existsSync(path)) throw failure("mkdir", path);
  return mkdirSync(path, ...rest);
};
fs.rmSync = (path, ...rest) => {
  if (isUnder(path) && fs.existsSync(path)) throw failure("unlink", path);
  return rmSync(path, ...rest);
};
for (const [call, all] of Object.entries(names)) {
  for (const name of all) {
    const original = fs[name];
    fs[name] = (target, ...rest) => {
      strike(call, target);
      if (call === "rename" && (isUnder(target) || isUnder(rest[0]))) throw failure(name, target);
      return original(target, ...rest);
    };
  }
}
const { spawn } = childProcess;
childProcess.spawn = (...args) => {
  strike("spawn", args[0]);
  return spawn(...args);
};

if (process.env.FAULT_CLOCK !== undefined) {
  const { now } = Date;
  const jump = Number(process.env.FAULT_CLOCK);
  let asked = 0;
  // Why: the clock goes back again and again while the program runs, as if somebody kept setting it.
  Date.now = () => now() - Math.floor(++asked / 7) * jump;
}

syncBuiltinESMExports();
if (FAULT_COUNTS !== undefined) {
  const { writeFileSync } = fs;
  process.on("exit", () => writeFileSync(FAULT_COUNTS, JSON.stringify(counts)));
}
