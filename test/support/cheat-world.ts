import type { MemoryHost, ScriptedBlock } from "#host/memory";
import type { ShellRequest } from "#model/ports";
import type { CliResult } from "./cli.ts";
import { planDocument, planPath } from "./plan-document.ts";
import { createSessionWorld, root, type SessionWorld } from "./session-world.ts";

/** Where the test file of the worlds lies. */
export const testFile = "tests/a.test.js";

/** A workspace in which an assistant works on a plan that a person approved, and everything it was told. */
export interface CheatWorld extends SessionWorld {
  /** All that the program printed since the assistant began. */
  readonly told: readonly string[];
  readonly plan: string;
  readonly receipt: string;
  /** Calls the program as the assistant. */
  say(...words: string[]): Promise<CliResult>;
  /** Replaces text of a file, which must be there. */
  edit(path: string, from: string | RegExp, to: string): void;
  /** What the assistant's program asks before a tool is used. */
  tool(name: string, input: Readonly<Record<string, unknown>>): Promise<CliResult>;
  stops(): Promise<CliResult>;
  put(path: string, text: string): void;
  /** Paths below the state of the workspace that begin so. */
  state(prefix: string): readonly string[];
  /** Lets a person act, in a terminal of their own. */
  asPerson<T>(act: () => Promise<T>): Promise<T>;
}

/** A plan of two steps, the second of which fails as long as nobody makes `b.txt`. */
export const failingPlan: string = planDocument(
  [
    { title: "First", run: "touch a.txt", verify: "test -e a.txt", outcomes: ["`a.txt` exists"] },
    { title: "Second", run: "echo building", verify: "test -e b.txt" },
  ],
  { deliverables: ["[ ] `b.txt` exists"] },
);

/** A plan whose step passes, and whose deliverable is missing. */
export const nearlyDonePlan: string = planDocument([{ title: "First", run: "touch a.txt", verify: "test -e a.txt" }], {
  deliverables: ["[ ] `b.txt` exists"],
});

/** A plan whose step asks a test runner, with counts and coverage promised. */
export const testedPlan: string = planDocument([
  {
    title: "Tests",
    run: "echo writing",
    verify: "node --test tests/",
    outcomes: ["3 tests pass", "No skipped tests", "Coverage ≥ 85 %"],
  },
]).replace("Verification:", `Files: \`${testFile}\`\n\nVerification:`);

/** A plan that is done but for a bound on coverage, which a report of the workspace decides. */
export const reportedPlan: string = planDocument([{ title: "First", run: "touch a.txt", verify: "test -e a.txt" }], {
  more: "\n## Success Criteria\n\n**Test Coverage**:\n- Unit tests: ≥85%\n",
});

/** Three tests, one of which fails. */
export const failingTests = "test('one')\ntest('two')\ntest('three') // fails\n// covers 90\n";

/** Makes a world in which the plan was approved by a person and run once by the assistant. */
export async function createCheatWorld(
  plan: string,
  files: Readonly<Record<string, string>> = {},
): Promise<CheatWorld> {
  const environment: Record<string, string> = {};
  const session = createSessionWorld(
    { [planPath()]: plan, [testFile]: failingTests, ...files },
    { environment, script: runTests },
  );
  await session.approve("IPLAN-001");
  environment["CLAUDECODE"] = "1";
  const told: string[] = [];
  const kept = (result: CliResult): CliResult => (told.push(result.stdout, result.stderr), result);
  const world: CheatWorld = {
    ...session,
    told,
    plan: planPath(),
    receipt: `${planPath()}.receipt.ndjson`,
    say: async (...words) => kept(await session.call(words)),
    edit(path, from, to) {
      const before = session.text(path);
      const after = before.replace(from, () => to);
      if (after === before) throw new Error(`${path} does not hold ${String(from)}`);
      session.host.files.put(`${root}/${path}`, after);
    },
    put: (path, text) => session.host.files.put(path.startsWith("/") ? path : `${root}/${path}`, text),
    tool: async (tool_name, tool_input) =>
      kept(await session.call(["hook", "pre-tool"], { input: JSON.stringify({ cwd: root, tool_name, tool_input }) })),
    stops: async () => kept(await session.call(["hook", "stop"], { input: JSON.stringify({ cwd: root }) })),
    state: (prefix) => session.host.files.paths().filter((path) => path.startsWith(`${root}/${prefix}`)),
    async asPerson(act) {
      delete environment["CLAUDECODE"];
      try {
        return await act();
      } finally {
        environment["CLAUDECODE"] = "1";
      }
    },
  };
  await world.say("run", "IPLAN-001");
  told.splice(0);
  return world;
}

/** Stands for `node --test`: each line of the file is a test, said to fail or skipped by its words. */
function runTests(request: ShellRequest, host: MemoryHost): ScriptedBlock | undefined {
  if (request.text.includes("|| true")) return { exit: { status: 0 }, statuses: [0], directory: root };
  if (!request.text.startsWith("node --test")) return undefined;
  const lines = (host.files.text(`${root}/${testFile}`) ?? "").split("\n");
  const tests = lines.filter((line) => line.startsWith("test"));
  const failed = tests.filter((line) => line.startsWith("test(") && line.includes("// fails")).length;
  const skipped = tests.filter((line) => line.startsWith("test.skip")).length;
  const covered = /\/\/ covers (\d+)/u.exec(lines.join("\n"))?.[1];
  const counts = [
    `# tests ${tests.length}`,
    `# pass ${tests.length - failed - skipped}`,
    `# fail ${failed}`,
    `# skipped ${skipped}`,
    ...(covered === undefined
      ? []
      : [
          "# start of coverage report",
          `# all files | ${covered}.00 | ${covered}.00 | ${covered}.00 |`,
          "# end of coverage report",
        ]),
  ];
  const status = failed > 0 ? 1 : 0;
  return {
    exit: { status },
    output: `${counts.join("\n")}\n`,
    directory: root,
    statuses: (request.statements ?? []).map(() => status),
  };
}
