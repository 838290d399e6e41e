import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The built program that end-to-end tests start. */
export const program: string = join(root, "dist/iplan.js");

/** Builds the program once before all tests, when it is missing or older than a source. */
export function setup(): void {
  if (isFresh()) return;
  execFileSync(process.execPath, [join(root, "tools/build.mjs")], { cwd: root, stdio: "inherit" });
}

function isFresh(): boolean {
  if (!existsSync(program)) return false;
  const built = statSync(program).mtimeMs;
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  return [...sources.map((name) => join("src", name)), "tools/build.mjs", "package.json"].every(
    (name) => statSync(join(root, name)).mtimeMs <= built,
  );
}
