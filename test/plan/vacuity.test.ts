import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createShellParser } from "#host/shell-parser";
import type { Vacuity } from "#model/understanding";
import { vacuityOf } from "#plan/vacuity/vacuity";
import { createSessionFacts } from "#plan/vacuity/session-facts";
import { planBlock } from "../support/plan-block.ts";
import { type VerificationRow, verificationRows } from "../support/verification-rows.ts";

const parser = await createShellParser();

interface Row {
  readonly kind: "liar" | "honest" | "looks";
  readonly title: string;
  readonly text: readonly string[];
}

const rows = JSON.parse(
  readFileSync(new URL("../fixtures/verifications/verifications.json", import.meta.url), "utf8"),
) as readonly Row[];

function judged(text: string, role: "action" | "verification" = "verification"): Vacuity {
  const block = planBlock(text);
  return vacuityOf({ block, syntax: parser.parse(text), role, changesState: false }, parser);
}

/** A row of a corpus, judged behind the earlier steps it comes with. */
function judgedRow({ before, text }: VerificationRow): Vacuity {
  const session = createSessionFacts();
  for (const earlier of before) session.add(planBlock(earlier), parser.parse(earlier), false);
  const facts = session.next()();
  const verification = {
    block: planBlock(text),
    syntax: parser.parse(text),
    role: "verification",
    changesState: false,
  } as const;
  return vacuityOf({ ...verification, facts }, parser);
}

function rowsOf(kind: Row["kind"]): readonly [string, string][] {
  return rows.filter((row) => row.kind === kind).map((row) => [row.title, row.text.join("\n")]);
}

describe("verifications that lie", () => {
  test("there are enough of them", () => expect(rowsOf("liar").length).toBeGreaterThanOrEqual(60));
  test.each(rowsOf("liar"))("%s", (_title, text) => {
    const vacuity = judged(text);
    expect([vacuity.kind, vacuity.checks]).toEqual(["vacuous", []]);
  });
});

describe("verifications that check", () => {
  test("there are enough of them", () => expect(rowsOf("honest").length).toBeGreaterThanOrEqual(60));
  test.each(rowsOf("honest"))("%s", (_title, text) => {
    expect(judged(text).kind).toBe("checks");
  });
});

test("a negated check is named with its negation", () => {
  expect(judged("! grep -q TODO src/app.js").checks).toEqual(["! grep -q TODO src/app.js"]);
});

describe("verifications of the larger corpora, which are also run by the program", () => {
  test.each(verificationRows("lying").map((row) => [row.title, row] as const))("lies: %s", (_title, row) => {
    expect(judgedRow(row).kind).not.toBe("checks");
  });

  test.each(verificationRows("honest").map((row) => [row.title, row] as const))("checks: %s", (_title, row) => {
    expect(judgedRow(row).kind).toBe("checks");
  });

  test("titles are told apart", () => {
    for (const corpus of ["lying", "honest", "no-tests", "empty-handed"]) {
      const titles = verificationRows(corpus).map((row) => row.title);
      expect(titles.length).toBe(new Set(titles).size);
    }
  });
});

describe("verifications that can fail, but pass in cases they should not", () => {
  test.each(rowsOf("looks"))("%s", (_title, text) => expect(judged(text).kind).toBe("unknown"));
});

describe("an action stops at its first failure", () => {
  test.each<[string, string, readonly string[]]>([
    ["a runner in the middle counts", "mkdir x\npytest -q\necho done", ["pytest -q"]],
    ["a linter behind && counts when it is last", "cd x && npx eslint .", ["npx eslint ."]],
    ["a test left of && is lost unless it is last", "test -f a && echo ok\necho done", []],
    ["a masked runner does not count", "pytest || true", []],
    ["an unknown program is no known check", "./build.sh", []],
    ["a group counts", "{ npm test; echo ok; }", ["npm test"]],
    ["a loop counts", "for f in a b; do test -f $f; done", ["test -f $f"]],
    ["installing is no check", "npm ci", []],
    ["a failing branch counts", "if ! test -d x; then exit 1; fi\necho ok", ["! test -d x"]],
    ["a wait loop counts", "until nc -z localhost 80; do sleep 1; done\necho up", ["nc -z localhost 80"]],
    ["bash -c counts", "bash -c 'mypy src'\necho ok", ["mypy src"]],
    ["a function counts where it is called", "f() { mypy src; }\nf\necho ok", ["mypy src"]],
    ["a pipe counts", "pytest | tee log\necho ok", ["pytest"]],
    ["an assignment counts", "x=$(pytest)\necho ok", ["pytest"]],
    ["coverage counts as its runner", "coverage run -m pytest", ["coverage run -m pytest"]],
    ["a subshell counts", "(cd a; mypy src; echo ok)\necho ok", ["mypy src"]],
    ["arithmetic counts", "((1 + $n > 2))", ["((1 + $n > 2))"]],
  ])("%s", (_title, text, recognised) => {
    const vacuity = judged(text, "action");
    expect(vacuity.recognised).toEqual(recognised);
    expect(vacuity.kind === "checks").toBe(recognised.length > 0);
  });
});

describe("what is told of a verification", () => {
  test("its statements and which of them check", () => {
    const { statements } = judged("cd src\npytest -q; echo done");
    expect(statements.map(({ text, checks }) => [text, checks])).toEqual([
      ["cd src", false],
      ["pytest -q", true],
      ["echo done", false],
    ]);
  });

  test("where and why a check is masked", () => {
    const [note] = judged("cd src\npytest -q || echo failed").notes;
    expect(note).toMatchObject({ masked: true, reason: "`pytest -q`: `|| echo failed` hides its failure" });
    expect(note?.range.start.line).toBe(3);
  });

  test.each<[string, string]>([
    ["{ pytest; echo done; }", "`pytest`: commands behind it decide the status"],
    ["pytest & echo x", "`pytest`: it runs in the background, and nobody waits for its status"],
    ["set +o pipefail\npytest | cat", "`pytest`: without `pipefail` the pipe drops its status"],
    ["ps aux | grep x", "`grep x`: the list of processes holds this very command"],
    ["if test -f a; then echo y; fi", "`test -f a`: no branch of the `if` fails because of it"],
    ["while test -f a; do sleep 1; done", "`test -f a`: the loop only asks it to know when to stop"],
    ["for f in a; do test -f $f; done", "`test -f $f`: only the status of the last round counts; add `|| exit 1`"],
    ["echo $(pytest)", "`pytest`: the command around its `$(…)` drops its status"],
    ["a=$(pytest) b=$(true)", "`pytest`: only the last `$(…)` gives the status"],
    ["ruff check --exit-zero .", "`--exit-zero` makes it pass whatever it finds"],
    ["trap 'exit 0' EXIT; pytest", "the trap rewrites the status"],
    ["trap 'exit 0' ERR; pytest", "the trap rewrites the status"],
    ["curl -s http://x", "curl exits 0 on an HTTP error; add `-f`"],
    ["case a in a) pytest;; esac", "no branch of this `case` fails"],
    ["", "the block holds no command"],
  ])("%s", (text, reason) => expect(judged(text).notes.map((note) => note.reason)).toContain(reason));

  test("what cannot be read is unknown", () => expect(judged("( ".repeat(300)).kind).toBe("unknown"));

  test("a statement that always fails does not spoil the others", () => {
    expect(judged("exit 1").kind).toBe("unknown");
    expect(judged("pytest\nexit 1").kind).toBe("checks");
  });

  test("a function that calls itself ends", () => expect(judged("f() { f; }\nf").kind).toBe("vacuous"));
});
