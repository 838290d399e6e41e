import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { beforeAll, describe, expect, it } from "vitest";
import { type CliWorld, createCliWorld } from "../support/cli.ts";

const sources = {
  "server.js":
    "require('node:http').createServer((q, s) => { s.statusCode = q.url === '/health' ? 200 : 404; s.end(); }).listen(Number(process.argv[2]), '127.0.0.1');\n",
  "sum.test.js": "require('node:test').test('adds', () => {});\nrequire('node:test').test('adds more', () => {});\n",
  "config.json": '{"port": 8080, "log": {"level": "info"}}\n',
  "app.yaml": "retries: 3\n",
  "greet.js": "export function greet() {\n  return 'hello';\n}\n",
  "README.md": "# Shop\n\n## Usage\n\nRun it.\n",
};

interface Sentence {
  readonly says: string;
  /** What must be found. */
  readonly verdict: "verified" | "failed";
}

const holds = (says: string): Sentence => ({ says, verdict: "verified" });
const fails = (says: string): Sentence => ({ says, verdict: "failed" });

function step(number: number, title: string, blocks: readonly string[], sentences: readonly Sentence[]): string {
  const bullets = sentences.map(({ says }) => `- ${says}`);
  return [`**Step ${number}: ${title}**`, ...blocks, "Expected outcome:", bullets.join("\n")].join("\n\n");
}

const fence = (text: string, label = ""): string => `${label}${label === "" ? "" : "\n\n"}\`\`\`bash\n${text}\n\`\`\``;

let world: CliWorld;
let verdicts: ReadonlyMap<string, string>;
let port: number;

function sentencesOf(at: number): Readonly<Record<string, readonly Sentence[]>> {
  return {
    files: [
      holds('`README.md` contains "Run it"'),
      fails('`README.md` contains "Stop it"'),
      holds('`README.md` has a "Usage" section'),
      fails('`README.md` has a "License" section'),
      holds("No `console.log` in `greet.js`"),
      fails("No `hello` in `greet.js`"),
      holds('`config.json` has "port": 8080'),
      fails("`log.level` in `config.json` is `debug`"),
      holds("`app.yaml` has `retries: 3`"),
      fails("`app.yaml` has `retries: 4`"),
      holds("`config.json` is valid JSON"),
      fails("`README.md` is valid JSON"),
      holds("`greet.js` is smaller than 1 KB"),
      fails("`greet.js` is smaller than 10 bytes"),
      holds("`greet.js` defines `greet`"),
      fails("`greet.js` defines `shout`"),
      holds("`README.md` has at least 5 lines"),
      fails("`README.md` has exactly 50 lines"),
    ],
    commands: [
      holds("`node --test sum.test.js` exits with code 0"),
      fails("`node --test sum.test.js` exits with code 3"),
      holds("`node --test sum.test.js` completes in under 10 minutes"),
      fails("`node --test sum.test.js` completes in under 1 ms"),
      holds("2 tests pass"),
      fails("3 tests pass"),
      holds("no skipped tests"),
      holds("All tests pass"),
      holds('Output has a row with "orders" and "12"'),
      fails('Output has a row with "orders" and "13"'),
      holds("line coverage ≥ 90%"),
      fails("branch coverage ≥ 90%"),
      holds("p95 < 50 ms"),
      fails("p99 < 50 ms"),
    ],
    machine: [
      holds(`Server is listening on port ${at}`),
      fails(`port ${at} is closed`),
      holds(`\`http://localhost:${at}/health\` returns 200`),
      fails(`\`http://localhost:${at}/other\` returns 200`),
      holds(`\`node server.js ${at}\` is running`),
      holds("`SHOP_URL` is set"),
      fails("`SHOP_KEY` is set"),
      holds("`node` is on PATH"),
      fails("`no-such-tool-at-all` is on PATH"),
    ],
    git: [
      holds("The current branch is `trunk`"),
      fails("The current branch is `main`"),
      holds("Tag `v1.0` exists"),
      fails("Tag `v2.0` exists"),
      holds("`greet.js` is committed"),
      fails("`notes.txt` is tracked by git"),
      holds("`greet.js` has no uncommitted changes"),
      fails("The working tree is clean"),
    ],
  };
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function planText(at: number): string {
  const { files = [], commands = [], machine = [], git = [] } = sentencesOf(at);
  const table = "printf '| orders | 12 |\\n# all files | 95.00 | 80.00 | 90.00 |\\np95 41 ms\\np99 81 ms\\n'";
  return [
    "# IPLAN-001: Claims",
    "## Execution Steps",
    step(1, "Files", [fence("true")], files),
    step(2, "Commands", [fence(`node --test sum.test.js\n${table}`, "Verification:")], commands),
    step(
      3,
      "Machine",
      [
        `<!-- iplan: background ready=port:${at} -->`,
        fence(`node server.js ${at}`),
        fence("export SHOP_URL=http://shop"),
        fence(`test -f server.js`, "Verification:"),
      ],
      machine,
    ),
    step(4, "Git", [fence("touch notes.txt")], git),
    "",
  ].join("\n\n");
}

beforeAll(async () => {
  port = await freePort();
  world = createCliWorld({ ...sources, "docs/IPLAN/IPLAN-001_claims_20260301_090000.md": planText(port) });
  const identity = {
    GIT_AUTHOR_NAME: "t",
    GIT_AUTHOR_EMAIL: "t@t",
    GIT_COMMITTER_NAME: "t",
    GIT_COMMITTER_EMAIL: "t@t",
  };
  for (const words of [
    ["init", "-q", "-b", "trunk"],
    ["add", "."],
    ["commit", "-qm", "x"],
    ["tag", "v1.0"],
  ]) {
    const env = { ...process.env, ...identity, HOME: world.home };
    expect(spawnSync("git", words, { cwd: world.root, env }).status).toBe(0);
  }
  world.approve("IPLAN-001");
  const { stdout } = world.iplan(["run", "IPLAN-001", "--events", "--keep-going"]);
  const events = stdout.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as EventLine] : []));
  const items = events.filter((event) => event.type === "verdict" && event.kind === "item");
  verdicts = new Map(items.map((event) => [event.claims?.[0]?.text ?? "", `${event.verdict}: ${event.reason}`]));
}, 60_000);

interface EventLine {
  readonly type: string;
  readonly kind?: string;
  readonly verdict?: string;
  readonly reason?: string;
  readonly claims?: readonly { readonly text: string }[];
}

describe("what sentences claim, after a real run", () => {
  const sentences = Object.values(sentencesOf(54321)).flat();

  it.each(
    sentences.map(({ says, verdict }, index) => ({ says: says.replace("54321", "PORT"), verdict, index })),
  )("$says → $verdict", ({ verdict, index }) => {
    const sentence = Object.values(sentencesOf(port)).flat()[index];
    expect(verdicts.get(sentence?.says ?? "")).toMatch(new RegExp(`^${verdict}: `));
  });

  it("is explained before anything runs", () => {
    const { stdout } = world.iplan(["show", "IPLAN-001", "--explain"]);
    for (const text of ["config.json has port of 8080", "greet.js defines greet", "SHOP_URL is set", "answers 200"])
      expect(stdout).toContain(text);
  });
});
