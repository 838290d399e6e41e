import { beforeAll, describe, expect, test } from "vitest";
import type { WrittenStep } from "../support/plan-document.ts";
import { checkRow, type PlanRow, type PlanRun, runPlanOf, worldOf } from "../support/plan-run.ts";

/** What one step makes of the shell, and what a step of another process must find. */
interface Carried {
  readonly title: string;
  readonly make: string;
  readonly ask: string;
}

const carried: readonly Carried[] = [
  { title: "a variable of several lines", make: "lines=$'one\\ntwo  \\n'", ask: "test \"$lines\" = $'one\\ntwo  \\n'" },
  { title: "an array with a gap", make: "list=(x 'y z'); list[7]=')'", ask: 'test "${#list[@]} ${list[7]}" = "3 )"' },
  { title: "an associative array", make: "declare -A map=(['a b)\"']=2)", ask: 'test "${map[\'a b)"\']}" = 2' },
  { title: "a name reference", make: "target=5; declare -n ref=target", ask: 'ref=6; test "$target" = 6' },
  { title: "an integer", make: "declare -i count=3", ask: 'count=count+4; test "$count" = 7' },
  { title: "an exported variable", make: "export E=2", ask: "test \"$(bash -c 'echo $E')\" = 2" },
  { title: "a variable that is not exported", make: "own=1", ask: "test \"$own$(bash -c 'echo [$own]')\" = '1[]'" },
  { title: "that an inherited name was unset", make: "unset LANGUAGE_OF_TEST", ask: 'test -z "${LANGUAGE_OF_TEST+x}"' },
  {
    title: "that an inherited name is no longer exported",
    make: "export -n INHERITED",
    ask: 'test "$INHERITED" = yes; test "$(env | grep -c ^INHERITED=)" = 0',
  },
  { title: "a function", make: 'greet() { echo "hi $1"; }', ask: 'test "$(greet you)" = "hi you"' },
  { title: "an exported function", make: "ef() { echo ef; }; export -f ef", ask: 'test "$(bash -c ef)" = ef' },
  {
    title: "a function with extended patterns",
    make: "shopt -s extglob\npick() { case $1 in @(a|b)) echo ab;; !(x)) echo no;; esac; }\nshopt -u extglob",
    ask: 'test "$(shopt -s extglob; pick b)$(shopt -s extglob; pick q)" = abno; [[ $BASHOPTS != *extglob* ]]',
  },
  {
    title: "a function with a here-document inside",
    make: "shout() {\n  cat <<'EOF' | tr a-z A-Z\n} one\nEOF\n  echo after\n}",
    ask: "test \"$(shout)\" = $'} ONE\\nafter'",
  },
  { title: "an alias", make: "alias ll='echo \"long  list\"'", ask: 'll | grep -x "long  list"' },
  { title: "an option of set", make: "set -u", ask: '[[ $- == *u* ]]; ! (: "$nope") 2>/dev/null' },
  { title: "an option of shopt", make: "shopt -s globstar", ask: "[[ $BASHOPTS == *globstar* ]]" },
  { title: "the umask", make: "umask 027", ask: 'test "$(umask)" = 0027' },
  { title: "positional parameters", make: "set -- one 'two  three' $'f\\nour'", ask: 'test "$#$2" = "3two  three"' },
  {
    title: "the directory stack",
    make: "mkdir -p s1; pushd s1 >/dev/null",
    ask: 'test "${#DIRSTACK[@]}" = 2; popd >/dev/null; test -d s1',
  },
  { title: "the directory", make: "mkdir -p 'a b/c'; cd 'a b/c'", ask: 'test "${PWD##*/}" = c' },
  { title: "a trap on a signal", make: "trap 'got=it' USR1", ask: 'kill -USR1 $BASHPID\ntest "$got" = it' },
  {
    title: "functions named cd, exit and trap",
    make: 'cd() { builtin cd "$@"; }; exit() { echo no exit; }; trap() { echo no trap; }',
    ask: 'test "$(exit 3)" = "no exit"; test "$(trap x EXIT)" = "no trap"; test "$(type -t cd)" = function',
  },
];

describe("a step of another process finds", () => {
  let second: PlanRun;
  beforeAll(() => {
    const world = worldOf({
      steps: [...carried.map(({ make }) => ({ run: make })), ...carried.map(({ ask }) => ({ verify: ask }))],
    });
    const environment = { INHERITED: "yes", LANGUAGE_OF_TEST: "yes" };
    runPlanOf(world, ["--until", String(carried.length)], { environment });
    second = runPlanOf(world, ["--keep-going"], { environment });
  });

  test.for(carried.map(({ title }, index) => ({ title, index })))("$title", ({ index }) => {
    const { verdict, reason } = second.steps[carried.length + index] ?? { verdict: "missing", reason: second.refused };
    expect(`${verdict}: ${reason}`).toMatch(/^verified: its verification passed/);
  });
});

const finds: WrittenStep = { verify: 'test "$kept" = yes\ntest "$PWD" = /usr' };

const endings: readonly (readonly [title: string, run: string, reason: RegExp])[] = [
  ["a failure", "kept=yes; cd /usr\nfalse", /exited with status 1/],
  ["exit 3", "kept=yes; cd /usr\nexit 3", /exited with status 3/],
  ["exit in a function with local variables", "f() { local kept=no; cd /usr; exit 8; }\nkept=yes; f", /status 8/],
  ["return 4", "kept=yes; cd /usr\nreturn 4", /exited with status 4/],
  ["set -e; false", "set -e; kept=yes; cd /usr; false; kept=no", /exited with status 1/],
  ["an unset variable under set -u", "kept=yes; cd /usr; set -u\necho $nope", /exited with status 1/],
  ["a command that is not there", "kept=yes; cd /usr\nno-such-command-here", /exited with status 127/],
  ["SIGINT to itself", "kept=yes; cd /usr\nkill -INT $BASHPID; sleep 5", /exited with status 130/],
  ["a user's own EXIT trap that fails", "kept=yes; cd /usr; trap 'exit 6' EXIT\nfalse", /exited with status 6/],
];

describe("the state is kept when a block ends by", () => {
  test.for(endings.map(([title, run, reason]) => ({ title, run, reason })))("$title", ({ run, reason }) => {
    checkRow({
      title: "",
      steps: [{ run }, finds],
      words: ["--keep-going"],
      code: 1,
      verdicts: ["failed", "verified"],
      reasons: { 0: reason },
      unsaid: [/state before the block/, /Not carried/],
    });
  });

  test("a syntax error that bash meets while it runs", () => {
    checkRow({
      title: "",
      steps: [{ run: "kept=yes; cd /usr\neval 'if then'\nkept=no" }, finds],
      words: ["--keep-going"],
      code: 1,
      verdicts: ["failed", "verified"],
      reasons: { 0: /exited with status [12]/ },
    });
  });
});

const proof = 'test "$kept" = before';

/** Blocks that end without a word of their state: the one before them is kept, and it is said. */
const lost: readonly PlanRow[] = [
  {
    title: "exec",
    steps: [{ run: "kept=before" }, { run: "kept=after\nexec true" }, { verify: proof }],
    code: 1,
    verdicts: ["unverifiable", "unverifiable", "verified"],
    said: [/The block replaced its shell \(`exec`\) .*; the state before the block is kept\./],
  },
  {
    title: "SIGKILL to its shell",
    steps: [{ run: "kept=before" }, { run: "kept=after\nkill -9 $BASHPID; sleep 5" }, { verify: proof }],
    words: ["--keep-going"],
    code: 1,
    verdicts: ["unverifiable", "failed", "verified"],
    reasons: { 1: "its action was ended by SIGKILL" },
    said: ["The shell was ended by SIGKILL; the state before the block is kept."],
  },
  {
    title: "a kill of its own shell by the process id it knows",
    steps: [{ run: "kept=before" }, { run: "kept=after\nkill -9 $$; sleep 5; touch alive" }, { verify: proof }],
    words: ["--keep-going"],
    code: 1,
    verdicts: ["unverifiable", "failed", "verified"],
    reasons: { 1: "its action was ended by SIGKILL" },
    said: ["The block killed its own shell; the state before the block is kept."],
    after: (world) => expect(world.exists("alive")).toBe(false),
  },
];

describe("the state before a block is kept, and it is said, when it ends by", () => {
  test.for(lost)("$title", (row) => checkRow(row));
});

const uncarried: readonly (readonly [title: string, run: string, said: RegExp])[] = [
  ["a background job", "if true; then sleep 60 & fi", /Not carried to later blocks: the background job \d+\./],
  ["an open descriptor", "exec 3>file", /Not carried to later blocks: the open descriptor 3\./],
  ["a descriptor that bash chose", "exec {log}>file", /Not carried to later blocks: an open descriptor\./],
  ["a redirected standard output", "exec >file", /Not carried to later blocks: the redirected standard output\./],
  ["a trap on DEBUG", "trap 'n=1' DEBUG", /Not carried to later blocks: the trap on DEBUG\./],
  ["a trap on RETURN", "trap 'n=1' RETURN", /Not carried to later blocks: the trap on RETURN\./],
  ["a limit", "ulimit -S -n 200", /Not carried to later blocks: the limit of open files\./],
];

describe("what cannot be carried is said:", () => {
  test.for(uncarried.map(([title, run, said]) => ({ title, run, said })))("$title", ({ run, said }) => {
    checkRow({
      title: "",
      steps: [{ run: `kept=before\n${run}` }, { verify: proof }],
      code: 1,
      verdicts: ["unverifiable", "verified"],
      said: [said],
    });
  });

  test("nothing when all of it goes on", () => {
    checkRow({
      title: "",
      steps: [{ run: "kept=before\nexec 3>file; exec 3>&-; trap 'x=1' USR1; (ulimit -n 100)" }, { verify: proof }],
      code: 1,
      verdicts: ["unverifiable", "verified"],
      unsaid: [/Not carried/],
    });
  });
});
