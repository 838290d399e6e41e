import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CliWorld, createCliWorld, envelopeOf, filesBelow } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";
import { checkRow, type PlanRow, runPlanOf, worldOf } from "../support/plan-run.ts";

/** Puts the fences of the first step into a list item, as people write them. */
function inList(text: string): string {
  const start = text.indexOf("```bash");
  const end = text.indexOf("```", start + 3) + 3;
  const fence = text.slice(start, end).replace(/^(?=.)/gm, "   ");
  return `${text.slice(0, start)}1. Do this:\n\n${fence}\n${text.slice(end)}`;
}

const written: readonly PlanRow[] = [
  {
    title: "a here-document in a command substitution",
    steps: [
      {
        run: 'text=$(cat <<EOF\n} ) " it is $((1 + 1))\nEOF\n)\nprintf "%s\\n" "$text" > out',
        verify: "grep -x '} ) \" it is 2' out\ntest \"$(cat <<'EOF'\na b\nEOF\n)\" = 'a b'",
      },
    ],
    code: 0,
    verdicts: ["verified"],
  },
  {
    title: "a here-document of <<- with tabs",
    steps: [
      {
        run: "if true; then\n\tcat > out <<-EOF\n\t\tone\n\ttwo\n\tEOF\nfi",
        verify: "test \"$(cat out)\" = $'one\\ntwo'",
      },
    ],
    code: 0,
    verdicts: ["verified"],
  },
  {
    title: "a fence inside a list, with a here-document in it",
    steps: [{ run: "cat > out <<EOF\none\n  two\nEOF", verify: "test \"$(cat out)\" = $'one\\n  two'" }],
    document: inList,
    code: 0,
    verdicts: ["verified"],
  },
  {
    title: "blocks with CRLF line ends",
    steps: [
      {
        run: 'x=1\nif true; then\n  echo "<$x>" \\\n    > out\nfi\ncat >> out <<EOF\nbody\nEOF',
        verify: 'test "$x" = 1\ntest "$(cat out)" = $\'<1>\\nbody\'',
      },
    ],
    document: (text) => text.replaceAll("\n", "\r\n"),
    code: 0,
    verdicts: ["verified"],
    after: (world) => expect(readFileSync(join(world.root, "out"), "latin1")).toBe("<1>\nbody\n"),
  },
  {
    title: "10,000 lines of functions",
    steps: [
      {
        run: Array.from({ length: 5000 }, (_, n) => `f${n}() {\n  echo ${n}; }`).join("\n"),
        verify: "test $(f4999) = 4999",
      },
      { run: "f17 > out", verify: 'grep -x 17 out\ntest "$(declare -F | wc -l)" -ge 5000' },
    ],
    code: 0,
    verdicts: ["verified", "verified"],
  },
  {
    title: "a path with spaces and a line break",
    steps: [
      { run: "mkdir -p $'a b\\nc/d'\ncd $'a b\\nc/d'\necho $'x\\ny' > 'my file'", verify: "test -s 'my file'" },
      { run: "cp 'my file' copy", verify: "cmp 'my file' copy\ntest \"${PWD%/*}\" -ef .." },
    ],
    code: 0,
    verdicts: ["verified", "verified"],
  },
  {
    title: "a deleted working directory",
    steps: [
      { run: "mkdir lost; cd lost; rm -r ../lost" },
      { run: "touch here" },
      { verify: 'test "${PWD##*/}" = lost\ntest ! -e here' },
    ],
    words: ["--keep-going", "--allow=destructive"],
    code: 1,
    verdicts: ["unverifiable", "failed", "verified"],
    said: [/lost no longer exists; the shell stands in it as a deleted directory, so relative paths fail until `cd`/],
    after: (world) => expect(world.exists("lost")).toBe(false),
  },
];

describe("a plan runs as written with", () => {
  test.for(written)("$title", (row) => checkRow(row));
});

test("a workspace whose path has spaces and a line break", () => {
  const odd = "my work\nspace";
  const world = createCliWorld({
    [`${odd}/iplan.config.yaml`]: "docs: docs\n",
    [`${odd}/${planPath()}`]: planDocument([
      { run: 'cd "$PROJECT_ROOT"; echo $$ > out; cd docs', verify: "test -s ../out" },
      { verify: 'test "${PWD##*/}" = docs' },
    ]),
  });
  const options = { cwd: join(world.root, odd) };
  const { sha256 } = envelopeOf(world.iplan(["trust", "IPLAN-001", "--json"], options)).data as { sha256: string };
  const ran = world.iplan(["run", "IPLAN-001", "--json", `--trust=${sha256}`], options);
  expect(ran.code, ran.stderr).toBe(0);
});

/** Everything the tool wrote anywhere: in the workspace and in its state directory. */
function everythingWritten(world: CliWorld): string {
  const state = join(dirname(world.root), "state");
  const folders = [world.root, state];
  return folders
    .flatMap((folder) => filesBelow(folder).map((name) => readFileSync(join(folder, name), "latin1")))
    .join("\n");
}

describe("secrets in variables", () => {
  const secret = "hunter2-and-more-of-it";
  const steps = [
    { run: 'export API_TOKEN="$GIVEN"; copy=($API_TOKEN); echo "token: $API_TOKEN"; plain=1' },
    { verify: 'test ${#API_TOKEN} = 22; test "$plain" = 1' },
    { verify: "test -e go" },
  ];
  const files = { "iplan.config.yaml": "docs: docs\nsecrets: [API_TOKEN, GIVEN, copy]\n" };

  test("go from step to step, and stand in no file and no message", () => {
    const world = worldOf({ steps, files });
    const ran = runPlanOf(world, [], { environment: { GIVEN: secret } });
    expect(ran.steps.map(({ verdict }) => verdict)).toEqual(["unverifiable", "verified", "failed"]);
    expect(ran.stderr).not.toContain(secret);
    expect(everythingWritten(world)).not.toContain(secret);
  });

  test("must be given again to another process, and it is said which", () => {
    const world = worldOf({ steps, files });
    runPlanOf(world, ["--until", "2"], { environment: { GIVEN: secret } });
    world.write("go", "");
    const without = runPlanOf(world, [], { environment: { GIVEN: secret } });
    expect(without.code).toBe(2);
    expect(without.refused).toMatch(/API_TOKEN.* secret and was not saved/);
    const again = runPlanOf(world, [], { environment: { GIVEN: secret, API_TOKEN: secret, copy: secret } });
    expect(again.steps.map(({ verdict }) => verdict)).toEqual(["unverifiable", "verified", "verified"]);
    expect(everythingWritten(world)).not.toContain(secret);
  });
});
