// One chapter: every criterion of the service is computed from its own reports, one is made to fail, is seen to fail, and is repaired.
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, environment, heading, home, json, must, paint, root, say, show } from "./demo-stage.mjs";

const plan = "IPLAN-001";
const scenario = "Third wrong code blocks";
const failing = "9/9 BDD scenarios passing (target: 100%)";

function runScenarios(workspace) {
  const words = ["--no-install", "cucumber-js", "docs/BDD/BDD-001_parcel_handover.feature"];
  const args = [...words, "--import", "tests/bdd/steps.js", "--format", "junit:reports/bdd.xml"];
  command(`npx ${args.join(" ")}`);
  const { status } = spawnSync("npx", args, { cwd: workspace, env: environment, stdio: "ignore" });
  say(paint(2, `(exit ${status})`));
}

function criteria(workspace) {
  const { status, data } = json(workspace, ["status", plan, "--criteria"]);
  const [{ criteria: rows, scenarios, verdict }] = data.plans;
  return { status, rows, scenarios, verdict };
}

/** A copy in which the chapter may break what it likes; files keep their times, so that reports stay as old as they are. */
function copyOf(service) {
  const workspace = join(home, "criteria");
  const filter = (from) => !from.endsWith("/node_modules");
  cpSync(service, workspace, { recursive: true, preserveTimestamps: true, filter });
  symlinkSync(join(root, "examples/parcel-locker/node_modules"), join(workspace, "node_modules"), "dir");
  return workspace;
}

function rowsOf(rows, verdict) {
  return rows.filter((row) => row.verdict === verdict).map(({ criterion }) => criterion);
}

function breakIt(workspace) {
  const file = join(workspace, "src/locker.js");
  const before = readFileSync(file, "utf8");
  const broken = before.replace("parcel.wrong >= WRONG_CODES_ALLOWED", "parcel.wrong > WRONG_CODES_ALLOWED");
  must(broken !== before, "src/locker.js does not hold what the chapter wants to break");
  say(`\n${paint(33, "Broken:")} src/locker.js lets one wrong code more through than it may`);
  writeFileSync(file, broken);
}

/** Computes, breaks and sees it. The service is the workspace in which the plan was run. */
export function tellCriteria(service) {
  heading("Chapter 8: criteria are computed, not ticked");
  const workspace = copyOf(service);
  must(show(workspace, ["status", plan, "--criteria"], 200) === 4, "the criteria do not all hold");
  const whole = criteria(workspace);
  const open = whole.rows.filter(({ verdict }) => verdict !== "verified");
  must(whole.rows.length > 20 && open.length === 0, `criteria that are not verified: ${JSON.stringify(open)}`);
  must(
    whole.scenarios.length === 9 && whole.scenarios.every(({ result }) => result === "passed"),
    `scenarios are ${JSON.stringify(whole.scenarios)}`,
  );

  breakIt(workspace);
  const stale = rowsOf(criteria(workspace).rows, "stale");
  must(stale.length > 5, "reports that are older than the code must be stale");
  say(`${stale.length} criteria are stale at once: their reports are older than the code`);
  runScenarios(workspace);
  must(show(workspace, ["status", plan, "--criteria"], 18) === 1, "a criterion that fails must fail the plan");
  const { rows, scenarios } = criteria(workspace);
  const failed = rows.filter(({ verdict }) => verdict === "failed");
  must(
    failed.some(({ criterion }) => criterion === failing),
    `failed are ${JSON.stringify(failed)}, not ${failing}`,
  );
  for (const { criterion, reason } of failed) say(`${paint(31, "failed")}  ${criterion}: ${reason}`);
  const told = scenarios.filter(({ result }) => result === "failed").map((each) => each.scenario);
  must(told.includes(scenario), `failed scenarios are ${told.join(", ")}; ${scenario} is not among them`);
  const found = json(workspace, ["check", plan]).findings.map(({ rule }) => rule);
  for (const rule of ["evidence/criterion-contradicted", "evidence/scenario-result"]) {
    must(found.includes(rule), `check did not find ${rule}`);
  }
  say(
    "\niplan check finds the ticks that the report disproves: evidence/criterion-contradicted, evidence/scenario-result",
  );
}
