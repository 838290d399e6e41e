import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createNodeHost } from "#host/node";
import type { Verdict } from "#model/run";
import { createPaint } from "#render/paint";
import { runCli } from "../../src/interfaces/cli/cli.ts";
import type { Terminal } from "../../src/interfaces/cli/terminal.ts";
import { planDocument, planPath } from "./plan-document.ts";
import type { VerificationRow } from "./verification-rows.ts";

/** How the world of a verification is: all well, nothing well, or nothing there. */
export type GaugeState = "healthy" | "broken" | "empty";

/** What came of one row. */
export interface RowVerdict {
  readonly row: VerificationRow;
  readonly verdict: Verdict | "refused";
  readonly reason: string;
}

const basePath = process.env["PATH"] ?? "";

const tools = fileURLToPath(new URL("../fixtures/verifications/world/tools.bash", import.meta.url));

const toolNames =
  `ansible-lint ansible-playbook bandit bats behave biome black buf bun bundle bunx cargo checkov codespell coverage c8 crontab ctest
  cucumber-js curl deno detekt docker docker-compose dotnet eslint flake8 git gitleaks go gofmt golangci-lint gradle hadolint
  helm isort java jest jq kubectl lsof make markdownlint mocha mvn mypy nc netstat nginx node nox npm npx nyc openssl oxlint perl
  pg_isready pgrep php phpstan phpunit ping pip pip-audit pip3 playwright pnpm podman poetry prettier ps psql py.test pylint pyright
  pytest python python3 redis-cli rspec rubocop ruby ruff rustfmt safety script semgrep shellcheck sqlite3 ss staticcheck stylelint
  systemctl terraform tofu tox trivy tsc uv uvx vale vitest wget xmllint yamllint yarn yq`.split(/\s+/);

const bundle = "module.exports = { login: true };\n";

/** Files of the project that the fixture verifications are about. */
const healthy: Readonly<Record<string, string>> = {
  "src/app.py": "VERSION = '1.2.0'\n\n\ndef login(user):\n    return user\n\n\ndef add(a, b):\n    return a + b\n",
  "src/app.js": "export default function login() {\n  return true;\n}\n",
  "src/util.js": "export const add = (a, b) => a + b;\n",
  "tests/test_app.py": "def test_login():\n    assert True\n\n\ndef test_add():\n    assert True\n",
  "tests/test_login.py": "def test_token():\n    assert True\n",
  "tests/app.test.js": "// tests\n",
  "scripts/build.sh": "#!/usr/bin/env bash\nset -e\nmkdir -p dist\n",
  "scripts/deploy.sh": "#!/usr/bin/env bash\nset -e\necho deploy\n",
  "tests/broken.sh": "#!/usr/bin/env bash\nif true; then\n",
  "scripts/usage.sh": "#!/usr/bin/env bash\necho 'usage: gauge [--port N]'\nexit 2\n",
  "scripts/selfcheck.sh": "#!/usr/bin/env bash\nset -e\ngrep -q login src/app.py\ntest -s dist/app.js\n",
  "dist/app.js": bundle,
  "dist/index.html": "<!doctype html>\n<title>gauge</title>\n",
  "package.json": '{"name": "gauge", "version": "1.2.0", "scripts": {"test": "jest"}}\n',
  "config.json": '{"port": 8080}\n',
  "config.yaml": "services:\n  api:\n    healthy: true\n",
  "report.json": '{"status": "ok", "total": 12, "passed": 12, "failed": 0}\n',
  "coverage.txt": "src/app.py 60 3 95%\nTOTAL 120 6 95%\n",
  "build.log": "compiling\nBUILD OK\n",
  "test.log": "12 passed in 0.31s\n",
  "expected.txt": "high water 04:12\n",
  "actual.txt": "high water 04:12\n",
  "README.md": "# Gauge\n\n## Usage\n\nWrite to tide@example.org.\n\n## Contributing\n\n## License\n",
  "migrations/001_init.sql": "CREATE TABLE readings (at text, level real);\n",
  "migrations/002_users.sql": "CREATE TABLE users (name text);\n",
  "manifest.txt": "dist/app.js\ndist/index.html\n",
  "data.csv": `at,station,level\n${"04:12,north,3.1\n".repeat(60)}`,
  "checksums.sha256": `${createHash("sha256").update(bundle).digest("hex")}  dist/app.js
`,
  ".env": "GAUGE_TOKEN=abc\n",
  ".nvmrc": "20\n",
  "server.pid": "1\n",
  "gauge.db": "sqlite\n",
  "cert.pem": "certificate\n",
  Dockerfile: "FROM scratch\n",
  Makefile: "test:\n\tpytest -q\ncheck: test\n",
};

const broken: Readonly<Record<string, string>> = {
  "src/app.py": "# TODO write it\nimport os\n",
  "src/app.js": "console.log('later');\n",
  "tests/test_app.py": "def test_nothing():\n    pass\n",
  "scripts/build.sh": "#!/usr/bin/env bash\nif true; then\n",
  "scripts/deploy.sh": "#!/usr/bin/env bash\nif [ then\n",
  "tests/broken.sh": "#!/usr/bin/env bash\nif true; then\n",
  "scripts/usage.sh": "#!/usr/bin/env bash\necho started\n",
  "scripts/selfcheck.sh": healthy["scripts/selfcheck.sh"] ?? "",
  "package.json": '{"name": "gauge", "version": "1.0.0", "scripts": {}}\n',
  "config.json": '{"port": \n',
  "config.yaml": "services:\n  api:\n    healthy: false\n",
  "report.json": '{"status": "failing", "total": 12, "passed": 9, "failed": 3}\n',
  "coverage.txt": "src/app.py 60 23 61%\nTOTAL 120 47 61%\n",
  "build.log": "ERROR disk full\nBUILD FAILED\n",
  "test.log": "3 failed, 9 passed in 0.42s\n",
  "expected.txt": "high water 04:12\n",
  "actual.txt": "no data\n",
  "README.md": "# Gauge\n",
  "migrations/001_init.sql": "-- nothing yet\n",
  "manifest.txt": "dist/app.js\ndist/index.html\n",
  "data.csv": "at,station,level\n04:12,north\n",
  "checksums.sha256": "0000  dist/app.js\n",
  ".env": "GAUGE_TOKEN=\n",
  "server.pid": "4194999\n",
  "cert.pem": "certificate\n",
  Makefile: "test:\n\tpytest -q\n",
};

const filesOf: Readonly<Record<GaugeState, Readonly<Record<string, string>>>> = { healthy, broken, empty: {} };

/** A folder with the project in one state, and with stand-ins for every tool on its own PATH. */
export class GaugeWorld {
  readonly #folder: string;
  readonly #state: GaugeState;
  #count = 0;

  constructor(state: GaugeState) {
    this.#folder = realpathSync(mkdtempSync(join(tmpdir(), "iplan-gauge-")));
    this.#state = state;
    const bin = join(this.#folder, "bin");
    mkdirSync(bin);
    cpSync(tools, join(bin, "tools.bash"));
    chmodSync(join(bin, "tools.bash"), 0o755);
    for (const name of toolNames) symlinkSync("tools.bash", join(bin, name));
    this.#makeProject();
  }

  /** Runs all rows through the program: those without earlier steps as one plan, each other as a plan of its own. */
  async verdicts(rows: readonly VerificationRow[]): Promise<readonly RowVerdict[]> {
    const alone = rows.filter((row) => row.before.length > 0);
    const together = rows.filter((row) => row.before.length === 0);
    const found = [...(await this.#run(together))];
    for (const row of alone) found.push(...(await this.#run([row])));
    return found;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #makeProject(): void {
    const project = join(this.#folder, "project");
    mkdirSync(project);
    for (const [path, text] of Object.entries(filesOf[this.#state])) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), text);
    }
    if (this.#state === "empty") return;
    chmodSync(join(project, ".env"), this.#state === "healthy" ? 0o600 : 0o644);
    if (this.#state === "healthy") {
      for (const name of ["build.sh", "selfcheck.sh"]) chmodSync(join(project, "scripts", name), 0o755);
      symlinkSync("dist", join(project, "current"));
    }
  }

  async #run(rows: readonly VerificationRow[]): Promise<readonly RowVerdict[]> {
    this.#count += 1;
    const root = join(this.#folder, `plan-${this.#count}`);
    mkdirSync(join(root, "docs/IPLAN"), { recursive: true });
    writeFileSync(join(root, "iplan.config.yaml"), "docs: docs\n");
    const steps = rows.flatMap((row, index) => {
      cpSync(join(this.#folder, "project"), join(root, `row-${index}`), { recursive: true, verbatimSymlinks: true });
      const [first = ":", ...more] = [`cd "${root}/row-${index}"`, ...row.before];
      const before = [first, ...more];
      return before.map((run, at) =>
        at < before.length - 1 ? { title: "Before", run } : { title: `Row ${index}`, run, verify: row.text },
      );
    });
    writeFileSync(join(root, planPath()), planDocument(steps));
    const shown = await this.#iplan(root, "trust", "IPLAN-001", "--json");
    const { sha256 } = (JSON.parse(shown) as { data: { sha256: string } }).data;
    const words = [
      "run",
      "IPLAN-001",
      `--trust=${sha256}`,
      "--allow=destructive",
      "--keep-going",
      "--json",
      "--timeout=5s",
    ];
    const ran = JSON.parse(await this.#iplan(root, ...words)) as RunEnvelope;
    const ended = (ran.data.steps ?? []).filter((step) => step.title.startsWith("Row "));
    return rows.map((row, index) => {
      const step = ended.find((each) => each.title.split(" ")[1] === String(index));
      return { row, verdict: step?.verdict ?? "refused", reason: step?.reason ?? ran.error?.message ?? "" };
    });
  }

  async #iplan(root: string, ...words: readonly string[]): Promise<string> {
    let out = "";
    const paint = createPaint(false);
    const terminal: Terminal = {
      cwd: root,
      paint,
      progressPaint: paint,
      width: 100,
      interactive: false,
      signal: new AbortController().signal,
      result: (text) => (out += typeof text === "string" ? text : new TextDecoder().decode(text)),
      progress: () => undefined,
      live: undefined,
      input: () => "",
      ask: () => Promise.reject(new Error("nobody is here")),
      close: () => undefined,
    };
    await runCli(createNodeHost("0.0.0-test"), terminal, words);
    return out;
  }

  /** Variables this process needs before a row is run. */
  environment(): Readonly<Record<string, string>> {
    return {
      PATH: `${join(this.#folder, "bin")}:${basePath}`,
      HOME: this.#folder,
      XDG_STATE_HOME: join(this.#folder, "state"),
      GAUGE_WORLD: this.#state,
    };
  }
}

interface RunEnvelope {
  readonly data: {
    readonly steps?: readonly { readonly title: string; readonly verdict: Verdict; readonly reason: string }[];
  };
  readonly error?: { readonly message: string };
}
