// Reports that are larger than the memory they are read in: written here, read by the built program under a small heap.
import { spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const cli = resolve(fileURLToPath(new URL("..", import.meta.url)), "dist/iplan.js");
const printed = "a line of what the test printed, with some words in it\n".repeat(40);

/** Writes pieces until the file has that many megabytes; gives what `piece` counted. */
function write(path, megabytes, { begin, piece, end }) {
  const file = openSync(path, "w");
  let size = writeSync(file, begin);
  let count = 0;
  while (size < megabytes * 1_000_000) size += writeSync(file, piece(count++));
  writeSync(file, end);
  closeSync(file);
  return count;
}

const formats = {
  "unit.xml": {
    begin: '<?xml version="1.0"?>\n<testsuites><testsuite name="huge">\n',
    piece: (count) =>
      `<testcase classname="suite ${count % 97}" name="a case with a rather long name of its own ${count}">${count % 10_000 === 9999 ? '<failure message="late">late</failure>' : ""}<system-out>${printed}</system-out></testcase>\n`,
    end: "</testsuite></testsuites>\n",
  },
  "bdd.json": {
    begin: "[",
    piece: (count) =>
      `${count === 0 ? "" : ","}{"elements":[{"name":"Scenario ${count}","steps":[{"result":{"status":"passed","duration":12},"embeddings":[{"data":"${"A".repeat(50_000)}"}]}]}],"name":"Feature ${count}"}`,
    end: "]",
  },
  "unit.lcov": {
    begin: "TN:\n",
    piece: (count) =>
      `SF:src/file-with-a-long-name-${count}.js\n${Array.from({ length: 2000 }, (_, line) => `DA:${line},1\n`).join("")}LF:2000\nLH:2000\nend_of_record\n`,
    end: "",
  },
};

const plan = `# IPLAN-001: Huge

## Execution Steps

**Step 1: Look**

\`\`\`bash
test -d reports
\`\`\`

## Success Criteria

- All unit tests pass
- BDD scenarios: 100%
- Unit tests coverage ≥ 90%
`;

/** Reads a report of each format and that size under a heap of so many megabytes; gives what was found, or what the program said. */
export function readHugeReports({ megabytes, heap }) {
  const workspace = mkdtempSync(join(tmpdir(), "iplan-huge-"));
  try {
    for (const folder of ["reports", "src"]) mkdirSync(join(workspace, folder));
    writeFileSync(join(workspace, "IPLAN-001_huge_20260101_090000.md"), plan);
    writeFileSync(join(workspace, "src/file-with-a-long-name-0.js"), "");
    const counts = Object.entries(formats).map(([name, format]) => [
      name,
      write(join(workspace, "reports", name), megabytes, format),
    ]);
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, "status", "--criteria", "--json"], {
      cwd: workspace,
      env: { ...process.env, NODE_OPTIONS: `--max-old-space-size=${heap}`, XDG_STATE_HOME: join(workspace, "state") },
      encoding: "utf8",
    });
    const [told] = status === 1 || status === 0 ? JSON.parse(stdout).data.plans : [];
    return { counts: Object.fromEntries(counts), status, stderr, criteria: told?.criteria, reports: told?.reports };
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}
