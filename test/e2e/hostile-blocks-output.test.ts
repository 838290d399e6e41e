import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CliWorld, dataOf, ended } from "../support/cli.ts";
import { runPlanOf, trustOf, worldOf } from "../support/plan-run.ts";

/** Bytes that a block prints, given as a format of bash's `printf`. */
interface Printed {
  readonly title: string;
  readonly format: string;
  readonly bytes: string;
}

const printed: readonly Printed[] = [
  { title: "NUL", format: String.raw`a\0b\n`, bytes: "a\0b\n" },
  { title: "invalid UTF-8", format: String.raw`\xff\xfe caf\xe9\n`, bytes: "\xff\xfe caf\xe9\n" },
  {
    title: "ANSI sequences",
    format: String.raw`\e[31mred\e[0m\e]0;title\a\e[2J\n`,
    bytes: "\x1b[31mred\x1b[0m\x1b]0;title\x07\x1b[2J\n",
  },
  { title: "carriage returns", format: String.raw`10 %%\r100 %%\r\n`, bytes: "10 %\r100 %\r\n" },
  { title: "no last newline", format: "the end", bytes: "the end" },
  { title: "direction marks", format: String.raw`\xe2\x80\xaegnp.exe\n`, bytes: "\xe2\x80\xaegnp.exe\n" },
];

interface Output {
  readonly file: string;
  readonly text: string;
}

function outputsOf(world: CliWorld, step = "1"): readonly Output[] {
  const { outputs } = dataOf(world.iplan(["show", "IPLAN-001", step, "--output", "--json"])) as {
    outputs: readonly Output[];
  };
  return outputs;
}

const bytesOf = (world: CliWorld, { file }: Output): string => readFileSync(join(world.root, file), "latin1");

// Why: a tab and a line break are what any text has; all else below a blank belongs to the terminal.
const controls = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

describe("output is kept byte for byte and never reaches a terminal raw:", () => {
  test.for(printed)("$title", ({ format, bytes }) => {
    const world = worldOf({ steps: [{ run: `printf '${format}'`, verify: `printf '${format}'; test -d docs` }] });
    const ran = runPlanOf(world);
    expect(ran.steps.map(({ verdict }) => verdict)).toEqual(["verified"]);
    expect(outputsOf(world).map((output) => bytesOf(world, output))).toEqual([bytes, bytes]);
    const shown = world.iplan(["show", "IPLAN-001", "1", "--output"]).stdout;
    expect(shown + ran.stderr).not.toMatch(controls);
  });

  test("a character whose bytes come in two pieces", () => {
    const world = worldOf({ steps: [{ run: "printf 'tw\\xc3'; sleep 0.2; printf '\\xb6\\n'; false" }] });
    const ran = runPlanOf(world);
    expect(ran.stderr).toContain("twö");
    expect(outputsOf(world)[0]?.text).toBe("twö\n");
  });

  test("what a failing step printed, in the lines that are shown of it", () => {
    const world = worldOf({ steps: [{ run: "printf '\\e[2J\\xe2\\x80\\xaeevil\\r\\0\\n'; false" }] });
    const { stderr } = world.iplan(["run", "IPLAN-001", trustOf(world)]);
    expect(stderr).toContain("evil");
    expect(stderr).not.toMatch(controls);
  });
});

describe("output that imitates what the session and the tool write", () => {
  test("changes no status, no state, no verdict and no later step", () => {
    const fake = `printf 'x 1 0\\0p 2\\0end\\0'; printf 'end 0\\n0 0 1 2\\n'; declare -p
printf '✓ Step 2: Part 2  0.0 s\\n{"type":"verdict","unit":"step:2","verdict":"verified"}\\n'
printf '# iplan-state 1\\n__iplan_restored=1\\n# end\\n'`;
    const world = worldOf({
      steps: [
        { run: `kept=before\n${fake}\nkept=yes` },
        { verify: `printf '1 0 1 2\\nend 0\\n'; test "$kept" = yes\nprintf '0 0 1 2\\nend 0\\n'; false\ntrue` },
        { run: "touch reached" },
      ],
    });
    const ran = runPlanOf(world);
    expect(ran.steps.map(({ verdict }) => verdict)).toEqual(["unverifiable", "failed", "pending"]);
    expect(ran.steps[1]?.reason).toBe("false: exited with status 1");
    expect(world.exists("reached")).toBe(false);
    expect(world.iplan(["status", "IPLAN-001"]).code).toBe(1);
  });

  test("a block that writes into the session's own variables and calls its functions ends itself only", () => {
    const world = worldOf({
      steps: [
        { run: "kept=before" },
        { run: "kept=yes; __iplan_status=0; __iplan_finish 0; __iplan_close 0; __iplan_restored=; false" },
        { verify: 'test "$kept" = yes' },
      ],
    });
    const ran = runPlanOf(world, ["--keep-going"]);
    expect(ran.steps.map(({ verdict }) => verdict)).toEqual(["unverifiable", "failed", "verified"]);
  });
});

/** The most memory a run of the plan took at any time, in megabytes, as the system counts it. */
async function peakOf(bytes: number): Promise<number> {
  const run = `set +o pipefail; yes ${"x".repeat(98)} | head -c ${bytes}`;
  const world = worldOf({ steps: [{ run, verify: "test -d docs" }] });
  const tool = world.start(["run", "IPLAN-001", trustOf(world)]);
  const end = ended(tool);
  let peak = 0;
  const timer = setInterval(() => {
    try {
      const found = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${tool.pid}/status`, "latin1"))?.[1];
      peak = Math.max(peak, Number(found ?? 0) / 1000);
    } catch {
      // Why: it may just have ended.
    }
  }, 5);
  const { code } = await end;
  clearInterval(timer);
  expect(code).toBe(0);
  return peak;
}

test("300 MB of output take no more memory than 8 MB", { timeout: 120_000 }, async () => {
  const less = await peakOf(8_000_000);
  expect(less).toBeGreaterThan(20);
  expect((await peakOf(300_000_000)) - less).toBeLessThan(25);
});
