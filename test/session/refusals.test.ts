import { describe, expect, test } from "vitest";
import { planDocument, planPath } from "../support/plan-document.ts";
import { createSessionWorld, root } from "../support/session-world.ts";

const text = planDocument([{ run: "touch a", verify: "test -e a" }]);
const world = () => createSessionWorld({ [planPath()]: text });

test("a check of what is not there says that nothing was checked", async () => {
  const result = await world().call(["check", "docs/none.md"]);
  expect(result).toMatchObject({ code: 3, stderr: expect.stringContaining("nothing was checked") as unknown });
});

test("a workspace with templates alone says that they are there to be named", async () => {
  const own = createSessionWorld({ "docs/IPLAN/IPLAN-TEMPLATE.md": text });
  const result = await own.call(["check"]);
  expect(result.code).toBe(3);
  expect(result.stderr).toContain(
    "There is a template, docs/IPLAN/IPLAN-TEMPLATE.md; templates are checked when they are named.",
  );
});

describe("what means nothing is refused with 2 and its cure", () => {
  test.each<[string, string[], string]>([
    ["a timeout that is no time", ["run", "1", "--timeout", "soon"], "--timeout takes a duration"],
    ["a timeout of nothing", ["run", "1", "--timeout", "0s"], "--timeout takes a duration"],
    ["a risk that is none", ["run", "1", "--allow", "all"], "Risks are read"],
    ["two forms of output", ["run", "1", "--events", "--json"], "--events"],
    ["a size that is none", ["next", "--max-tokens", "99"], "--max-tokens"],
    ["a limit that is none", ["check", "--max-warnings", "few"], "--max-warnings"],
    ["a format that is none", ["check", "--format", "html"], "Formats are text, json, sarif, junit, github, markdown."],
    ["a type that cannot be made", ["new", "poem", "--title", "x"], "iplan new iplan"],
    ["a plan without a title", ["new", "iplan"], "needs a title"],
    ["a note of no kind", ["note", "1", "x", "--kind", "joke"], "--kind takes"],
    ["an empty note", ["note", "1", ""], "Text is empty"],
    ["a note of blanks", ["note", "1", " "], "no text"],
    ["a signature without a reason", ["sign", "1", "1", "--reason", " "], "needs a reason"],
    ["a step that is not there", ["show", "1", "7"], "Its steps are 1."],
    ["a document that is not there", ["show", "docs/none.md"], "There is no file docs/none.md"],
    ["an unknown command", ["fly"], "fly"],
  ])("%s", async (_name, words, message) => {
    const own = world();
    const result = await own.call(words);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
    expect(own.host.shell.requests).toEqual([]);
  });

  test("an approval of another set is 5", async () => {
    const result = await world().call(["trust", "1", `--approve=${"0".repeat(64)}`]);
    expect(result.code).toBe(5);
    expect(result.stderr).toContain("nothing was approved");
  });
});

describe("what a run is told", () => {
  test.each<[string, string[], number]>([
    ["by the option", ["--timeout", "90s"], 90_000],
    ["by the option in milliseconds", ["--timeout", "500ms"], 500],
    ["by the configuration", [], 240_000],
  ])("its longest time %s", async (_name, words, timeoutMs) => {
    const own = world();
    own.host.files.put(`${root}/iplan.config.yaml`, "docs: docs\ntimeout: 4m\nsecrets:\n  - FROM_FILE\n");
    await own.approve("1");
    expect((await own.call(["run", "1", "--secret", "A", "--secret", "B", ...words])).code).toBe(0);
    expect(own.host.shell.requests[0]).toMatchObject({ timeoutMs });
    expect(own.host.shell.requests[0]?.secrets).toEqual(expect.arrayContaining(["FROM_FILE", "A", "B"]));
  });
});

describe("the command line as a whole", () => {
  test("alone in an empty workspace says how to begin", async () => {
    const own = createSessionWorld();
    const { code, stdout } = await own.call([]);
    expect(code).toBe(0);
    expect(stdout).toContain("No plan yet in /ws.");
    expect(await own.data([])).toMatchObject({ plans: [], next: expect.stringContaining("iplan new") });
    for (const command of ["status", "next"]) expect((await own.call([command])).code).toBe(3);
    own.host.files.put(`${root}/docs/keep`, "");
    expect((await own.call(["check", "docs"])).code).toBe(3);
  });

  test("prints its version and its help", async () => {
    expect((await world().call(["--version"])).stdout).toBe("0.0.0\n");
    expect((await world().call(["run", "--help"])).stdout).toContain("iplan run PLAN");
  });
});

describe("times of documents", () => {
  test.each<[number, string, string, string]>([
    [0, "UTC", "2025-11-25 12:00:00 UTC", "IPLAN-002_x_20251125_120000.md"],
    [330, "IST", "2025-11-25 17:30:00 IST", "IPLAN-002_x_20251125_173000.md"],
    [-300, "EST", "2025-11-25 07:00:00 EST", "IPLAN-002_x_20251125_070000.md"],
  ])("are local: %s minutes east, %s", async (minutes, name, plain, file) => {
    const own = world();
    own.host.clock.offsetMinutes = minutes;
    own.host.clock.zoneName = name;
    await own.call(["new", "iplan", "--title", "x"]);
    expect(own.text(`docs/IPLAN/${file}`)).toContain(`| **Created** | ${plain} |`);
  });

  test.each([
    [330, "2025-11-25T17:30:00+05:30"],
    [-210, "2025-11-25T08:30:00-03:30"],
    [0, "2025-11-25T12:00:00Z"],
  ])("are written with their offset where ISO 8601 stood: %s minutes", async (minutes, written) => {
    const own = createSessionWorld({
      [planPath()]: planDocument([{ run: "touch a", verify: "test -e a" }], { lastUpdated: "2026-01-10T09:00:00Z" }),
    });
    own.host.clock.offsetMinutes = minutes;
    await own.approve("1");
    await own.call(["run", "1"]);
    expect(own.text(planPath())).toContain(`| **Last Updated** | ${written} |`);
  });
});

describe("settling", () => {
  test("takes a document that changed underneath once more, and gives up the second time", async () => {
    for (const changes of [3, 99]) {
      const own = world();
      await own.approve("1");
      const read = own.host.files.read.bind(own.host.files);
      let left = 0;
      own.host.shell.script = ({ statements }) => {
        own.host.files.put(`${root}/a`, "");
        left = changes;
        return statements === undefined ? {} : { statuses: [0] };
      };
      own.host.files.read = (path) => {
        // Why: the third reading is the one before writing; that the document differs then is what is tested.
        if (path.endsWith(planPath()) && left > 0) {
          left -= 1;
          own.host.files.put(path, `${new TextDecoder("utf-8").decode(read(path))}\n`);
        }
        return read(path);
      };
      const result = await own.call(["run", "1"]);
      expect(result.code).toBe(changes === 3 ? 0 : 2);
      if (changes > 3) expect(result.stderr).toContain("The run is recorded");
    }
  });
});
