import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, asyncProperty, constantFrom, oneof, string, tuple } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shellEnvironment } from "#host/shell/open-shell";
import { openRig, type Rig } from "./shell-rig.ts";

let rig: Rig;
let plain: string;
beforeAll(async () => {
  rig = await openRig();
  plain = realpathSync(mkdtempSync(join(tmpdir(), "iplan plain-")));
});
afterAll(async () => {
  rmSync(plain, { recursive: true, force: true });
  await rig.close();
});

/** The text as a bash word in octal escapes, so that nothing but bash decides what it means. */
function octal(text: string): string {
  const bytes = [...new TextEncoder().encode(text)].filter((byte) => byte !== 0);
  return `$'${bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}'`;
}

const names = constantFrom("a", "b", "HOME", "list", "_u", "IFS");
const value = oneof(
  string({ unit: "binary", maxLength: 12 }),
  constantFrom("", "\n", "a\n\n", "'", '"', "\\", "$(x)", "`", ")", "](", "\u007f"),
).map(octal);
const fixed = constantFrom(
  "cd /usr",
  'cd -- "$start"',
  "cd .. || :",
  "pushd /tmp",
  "pushd /usr/lib || :",
  "popd || :",
  "unset HOME",
  // Why: only locales that exist; after a name that stands for none bash stays in the one before, which no variable tells.
  "LANG=C",
  "export LANG=C.UTF-8",
  "LANG=",
  "unset -v a list b",
  "declare -a list",
  "export a b",
  "export -n HOME",
  "readonly locked=1 || :",
  "declare -i number=7; number+=1",
  "declare -u upper=abc",
  "declare -A map=([x]=1 [$'y z\\n']=2); map[$RANDOM]=r; map=([k]=v)",
  "declare -n ref=a || :",
  'f() { echo f "$@"; }',
  "f() { cat <<E | cat\n$a }\nE\n}",
  "unset -f f || :",
  "export -f f || :",
  "g() { local a=1 b; f; }; shopt -s extglob",
  "alias l='ls -l' m='echo \"x\"'",
  "unalias -a",
  "set -u; set +u",
  "set -f",
  "set +f -C",
  "set -a",
  "set +aC",
  "shopt -s nullglob dotglob",
  "shopt -u nullglob; shopt -s nocasematch",
  "umask 027",
  "umask u=rwx,g=,o=",
  "set -- one 'two words' \"$a\"",
  "shift || :",
  "set --",
  "trap 'echo usr' USR1",
  "trap '' HUP",
  "trap - USR1 HUP",
);
const assignment = tuple(names, value).map(([name, text]) => (name === "list" ? `list+=(${text})` : `${name}=${text}`));
const exported = tuple(names, value).map(([name, text]) =>
  name === "list" ? `list=(${text} x)` : `export ${name}=${text}`,
);
const statement = oneof({ weight: 3, arbitrary: fixed }, assignment, exported);

const probe = String.raw`
{ IFS=$' \t\n'
set +x
pwd; umask; dirs -p; printf '<%s>' "$#" "$@"; echo
shopt; set -o | grep -Ev 'errexit|pipefail'
alias -p; declare -f f g; declare -F f g
for name in a b HOME LANG list _u locked number upper map ref OLDPWD; do declare -p "$name" 2>&1 | sed 's/^.*declare:/declare:/'; done
trap -p USR1 HUP; env | grep -E '^(a|b|HOME|LANG|_u|upper)=' | sort
} >| "$report" 2>&1`;

/** The statements as one bash that runs them in one go. */
function inOneShell(statements: readonly string[]): string {
  const report = join(plain, "report");
  const script = join(plain, "script");
  const start = `start='${plain}'; report='${report}'; shopt -s expand_aliases; cd -- "$start"; unset OLDPWD; export OLDPWD\n`;
  writeFileSync(script, `${start}${statements.join("\n")}\n${probe}\nexit 0\n`);
  execFileSync("bash", ["--norc", "--noprofile", script], {
    env: shellEnvironment(process.env),
    stdio: "ignore",
    cwd: "/",
  });
  return readFileSync(report, "latin1").replaceAll(plain, "ROOT");
}

/** The statements as blocks of a session, each in a process of its own. */
async function inBlocks(statements: readonly string[]): Promise<string> {
  const report = join(rig.root, "report");
  rig.state = undefined;
  await rig.run(`start='${rig.root}'; report='${report}'`);
  for (const text of statements) await rig.run(`set +e\n${text}`);
  await rig.run(probe.replace("{ IFS", "set +e\n{ IFS"));
  return readFileSync(report, "latin1").replaceAll(rig.root, "ROOT");
}

test("blocks leave what one shell would", { timeout: 600_000 }, async () => {
  await assert(
    asyncProperty(array(statement, { minLength: 1, maxLength: 7 }), async (statements) => {
      expect(await inBlocks(statements)).toBe(inOneShell(statements));
    }),
    { numRuns: Number(process.env["IPLAN_RUNS"] ?? 12) },
  );
});
