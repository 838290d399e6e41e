import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRig, type Rig } from "./shell-rig.ts";

/** A state that one block makes, and what a later block prints of it. */
interface Row {
  readonly title: string;
  readonly make: string;
  readonly ask: string;
  readonly answer: string;
}

const rows: readonly Row[] = [
  {
    title: "the directory",
    make: "mkdir -p 'a b/c'; cd 'a b/c'",
    ask: 'basename "$PWD"; pwd -P | grep -c "a b/c"',
    answer: "c\n1\n",
  },
  {
    title: "a directory with a line break in its name",
    make: "mkdir -p $'n\\nl'; cd $'n\\nl'",
    ask: 'printf %q "${PWD##*/}"',
    answer: "$'n\\nl'",
  },
  { title: "the directory before", make: "cd /; cd /tmp", ask: "cd -", answer: "/\n" },
  {
    title: "a variable that is not exported",
    make: "x=1",
    ask: 'echo "$x"; bash -c \'echo "[$x]"\'',
    answer: "1\n[]\n",
  },
  { title: "an exported variable", make: "export E=2", ask: "bash -c 'echo $E'", answer: "2\n" },
  {
    title: "a value of several lines with quotes",
    make: `v='a'$'\\n''"b" $d \`e\` \\f!'$'\\t'"it's"`,
    ask: 'printf %s "$v"',
    answer: 'a\n"b" $d `e` \\f!\tit\'s',
  },
  {
    title: "bytes that are no UTF-8",
    make: "v=$'\\xff\\xfe'",
    ask: 'printf %s "$v" | od -An -tx1 | tr -d " \\n"',
    answer: "fffe",
  },
  {
    title: "an indexed array with a gap",
    make: "a=(x 'y z'); a[7]=')'",
    ask: 'echo "${#a[@]} ${a[1]} ${a[7]}"',
    answer: "3 y z )\n",
  },
  {
    title: "an associative array",
    make: "declare -A m=([k]=1 ['a b)\"']=2)",
    ask: `echo "\${#m[@]} \${m['a b)"']}"`,
    answer: "2 2\n",
  },
  { title: "a name reference", make: "t=5; declare -n r=t", ask: 'r=6; echo "$t"', answer: "6\n" },
  { title: "an integer", make: "declare -i n=3", ask: "n=n+4; echo $n", answer: "7\n" },
  { title: "a read-only variable", make: "readonly R=1", ask: "(R=2) 2>/dev/null || echo kept $R", answer: "kept 1\n" },
  { title: "a declared but unset variable", make: "declare -u w", ask: "w=abc; echo $w", answer: "ABC\n" },
  { title: "that an inherited name was unset", make: "unset HOME", ask: 'echo "${HOME-none}"', answer: "none\n" },
  {
    title: "that an inherited name is no longer exported",
    make: "export -n HOME",
    ask: "[[ -n $HOME ]] && env | grep -c ^HOME= || true",
    answer: "0\n",
  },
  { title: "PATH", make: "PATH=$PATH:/nowhere/bin", ask: "echo ${PATH##*:}", answer: "/nowhere/bin\n" },
  { title: "IFS", make: "IFS=,", ask: "v=a,b; set -- $v; echo $#", answer: "2\n" },
  { title: "a function", make: 'greet() { echo "hi $1"; }', ask: "greet you", answer: "hi you\n" },
  { title: "an exported function", make: "ef() { echo ef; }; export -f ef", ask: "bash -c ef", answer: "ef\n" },
  {
    title: "a function with a here-document",
    make: "h() {\n  cat <<'EOF' | tr a-z A-Z\n} one\nh () \nEOF\n  echo after\n}",
    ask: "h",
    answer: "} ONE\nH () \nafter\n",
  },
  {
    title: "a function with extended patterns",
    make: "shopt -s extglob\ng() { case $1 in @(a|b)) echo ab;; !(x)) echo no;; esac; }\nshopt -u extglob",
    ask: "shopt -q extglob || echo off; shopt -s extglob; g b; g q",
    answer: "off\nab\nno\n",
  },
  {
    title: "a function named like a builtin",
    make: 'cd() { builtin cd "$@" && echo "now in $PWD"; }',
    ask: "cd /tmp",
    answer: "now in /tmp\n",
  },
  { title: "a function named exit", make: "exit() { echo no exit; }", ask: "exit 3", answer: "no exit\n" },
  { title: "a function named trap", make: "trap() { echo trapped; }", ask: "trap x EXIT", answer: "trapped\n" },
  {
    title: "functions named printf, declare, set, unset, shopt and umask",
    make: 'for n in printf declare set unset shopt umask alias exec source; do eval "$n() { echo mine; }"; done; y=1',
    ask: 'echo "$y"; umask',
    answer: "1\nmine\n",
  },
  {
    title: "that a function was removed",
    make: "gone() { :; }; unset -f gone",
    ask: "type -t gone || echo gone",
    answer: "gone\n",
  },
  {
    title: "an alias",
    make: "alias ll='echo \"long  list\"' q=\"echo 'it '\"",
    ask: "ll; q",
    answer: "long  list\nit \n",
  },
  { title: "an alias of several lines", make: "alias two='echo a\necho b'", ask: "two", answer: "a\nb\n" },
  {
    title: "that aliases were switched off",
    make: "alias zz='echo z'; shopt -u expand_aliases",
    ask: "zz 2>/dev/null || echo off",
    answer: "off\n",
  },
  { title: "the option nounset", make: "set -u", ask: "(echo $nope) 2>/dev/null || echo refused", answer: "refused\n" },
  { title: "the option noglob", make: "set -f", ask: "echo *", answer: "*\n" },
  {
    title: "the option noclobber",
    make: "set -C; : > there",
    ask: "(: > there) 2>/dev/null || echo refused",
    answer: "refused\n",
  },
  { title: "the option allexport", make: "set -a", ask: "auto=1; bash -c 'echo $auto'", answer: "1\n" },
  {
    title: "shell options",
    make: "shopt -s nullglob globstar",
    ask: "echo none*; shopt -q globstar && echo star",
    answer: "\nstar\n",
  },
  {
    title: "the option xtrace, without a trace of the session itself",
    make: "set -x",
    ask: "echo a\necho b",
    answer: "+ echo a\na\n+ echo b\nb\n",
  },
  { title: "the umask", make: "umask 027", ask: "umask", answer: "0027\n" },
  { title: "a umask that forbids everything", make: "umask 777", ask: "umask", answer: "0777\n" },
  {
    title: "positional parameters",
    make: "set -- one 'two  three' $'f\\nour' '*'",
    ask: "printf '<%s>' \"$@\"",
    answer: "<one><two  three><f\nour><*>",
  },
  { title: "that positional parameters were dropped", make: "set -- a\nset --", ask: "echo $#", answer: "0\n" },
  {
    title: "the directory stack",
    make: "mkdir -p s1 's 2'; root=$PWD; pushd s1 >/dev/null; pushd \"$root/s 2\" >/dev/null",
    ask: 'popd >/dev/null; echo "${PWD##*/}"; popd >/dev/null; [[ $PWD == "$root" ]] && echo root',
    answer: "s1\nroot\n",
  },
  { title: "a trap on a signal", make: "trap 'echo got it' USR1", ask: "kill -USR1 $BASHPID; :", answer: "got it\n" },
  { title: "a trap on errors", make: "trap 'echo err' ERR", ask: "set +e; false; true", answer: "err\n" },
  { title: "posix mode", make: "set -o posix", ask: "set -o | grep -c 'posix.*on'", answer: "1\n" },
  { title: "the session's process id", make: "first=$$", ask: '[[ $first == "$$" ]] && echo same', answer: "same\n" },
];

describe("a later block finds", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  });
  afterAll(() => rig.close());

  test.for(rows)("$title", async ({ make, ask, answer }) => {
    rig.state = undefined;
    const made = await rig.run(make);
    expect(made).toMatchObject({ exit: { status: 0 }, text: made.text.startsWith("+") ? made.text : "" });
    expect(made.stateNote).toBeUndefined();
    const asked = await rig.run(ask);
    // Why: bash repeats the plus sign for each level of `source`.
    expect(asked.text.replace(/^\++/gm, "+")).toBe(answer);
  });

  test.for(rows.filter(({ title }) => !title.includes("process id")))("$title, in a verification", async ({
    make,
    ask,
    answer,
  }) => {
    rig.state = undefined;
    await rig.run(make);
    const asked = await rig.verify([ask]);
    // Why: bash repeats the plus sign for each level of `source`.
    expect(asked.text.replace(/^\++/gm, "+")).toBe(answer);
  });
});

describe("a later process finds", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  });
  afterAll(() => rig.close());

  test("all of it at once", async () => {
    const made = rows.filter(
      ({ title }) =>
        !/trace|forbids|switched|like|named|noglob|allexport|nounset|noclobber|IFS|shell options|dropped/.test(title),
    );
    for (const { make } of made) await rig.run(`cd ${JSON.stringify(rig.root)}\n${make}`);
    await rig.reopen();
    const asked = await rig.run(
      'echo "$x $E ${#a[@]} ${#m[@]} ${HOME-none}"; greet you; ll; two; echo "$2"; umask; declare -p R t',
    );
    expect(asked.text).toMatchInlineSnapshot(`
      "1 2 3 2 none
      hi you
      long  list
      a
      b
      two  three
      0027
      declare -r R="1"
      declare -- t="5"
      "
    `);
  });
});
