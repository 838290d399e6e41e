import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** Benches by name; each is a module with `run(): Promise<{ title, rows, notes? }>`, its rows objects of equal keys. */
const benches = ["scanner", "trace-scan", "graph", "check", "open-check", "steps", "program", "output"];

const wanted = process.argv.slice(2);
const report = new URL("BENCH.md", import.meta.url);

/** A Markdown table with padded cells, as the formatter wants it. */
function table(rows) {
  const columns = Object.keys(rows[0] ?? {});
  const widths = columns.map((column) => Math.max(3, column.length, ...rows.map((row) => String(row[column]).length)));
  const pad = (cell, index) => (index === 0 ? cell.padEnd(widths[index]) : cell.padStart(widths[index]));
  const line = (cells) => `| ${cells.map((cell, index) => pad(String(cell), index)).join(" | ")} |`;
  const rule = widths.map((width, index) => (index === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(columns), line(rule), ...rows.map((row) => line(columns.map((column) => row[column])))].join("\n");
}

// Why: where it is set, an empty Node reads certificates at its start, which the program does not do; all would look shorter beside it.
delete process.env.NODE_EXTRA_CA_CERTS;

function machine() {
  const [cpu] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${cpus().length} × ${cpu?.model ?? "unknown processor"}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}`;
}

const sections = [];
for (const name of benches) {
  const file = new URL(`${name}.mjs`, import.meta.url);
  if (!existsSync(file) || (wanted.length > 0 && !wanted.includes(name))) continue;
  const { title, rows, notes } = await (await import(file)).run();
  if (rows.length === 0) throw new Error(`bench ${name} measured nothing`);
  const section = [`## ${title}`, table(rows), ...(notes === undefined ? [] : [notes])].join("\n\n");
  console.log(`${section}\n`);
  sections.push(section);
}
if (sections.length === 0) throw new Error(`no bench named ${wanted.join(", ")}`);
if (wanted.length === 0) {
  const head = `# Bench\n\nWritten by \`npm run bench\`. Machine: ${machine()}.`;
  writeFileSync(report, `${[head, ...sections, deadEnds()].join("\n\n")}\n`);
}

/** What was tried and not kept; written by hand in `DEAD-ENDS.md`. */
function deadEnds() {
  return readFileSync(new URL("DEAD-ENDS.md", import.meta.url), "utf8")
    .replace(/^# /gm, "## ")
    .trimEnd();
}
