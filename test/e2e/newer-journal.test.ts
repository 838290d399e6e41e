import { appendFileSync, readFileSync, readdirSync } from "node:fs";
import { createHmac } from "node:crypto";
import { dirname, join } from "node:path";
import canonicalize from "canonicalize";
import { expect, it } from "vitest";
import { createCliWorld, filesBelow } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

it("a journal that a newer iplan wrote is refused by everything that reads it: 2, with the cure, and nothing is written", () => {
  const world = createCliWorld({ [planPath()]: planDocument([{ run: "touch made", verify: "test -e made" }]) });
  world.approve("IPLAN-001");
  world.iplan(["run", "IPLAN-001"]);
  const state = join(dirname(world.root), "state");
  const key = readFileSync(join(state, filesBelow(state).find((name) => name.endsWith("/key")) ?? ""), "utf8").trim();
  const runs = join(world.root, ".iplan/runs");
  const journal = join(runs, readdirSync(runs)[0] ?? "");
  const last = JSON.parse(readFileSync(journal, "utf8").trimEnd().split("\n").at(-1) ?? "") as Record<string, unknown>;
  const event = {
    v: 2,
    type: "dreamt",
    run: last["run"],
    seq: Number(last["seq"]) + 1,
    at: last["at"],
    prev: last["hash"],
  };
  const hash = createHmac("sha256", Buffer.from(key, "hex"))
    .update(canonicalize(event) ?? "")
    .digest("hex");
  const before = readFileSync(journal, "utf8");
  appendFileSync(journal, `${JSON.stringify({ ...event, hash })}\n`);
  const files = (): readonly string[] =>
    filesBelow(dirname(world.root)).map((name) => `${name} ${readFileSync(join(dirname(world.root), name), "latin1")}`);
  const told = files();
  for (const words of [
    ["status", "IPLAN-001"],
    ["status"],
    ["run", "IPLAN-001"],
    ["run", "IPLAN-001", "--new"],
    ["verify", "IPLAN-001"],
    ["verify", "--audit"],
    ["next", "IPLAN-001"],
    ["doctor"],
  ]) {
    const result = world.iplan(words);
    expect([words.join(" "), result.code]).toEqual([words.join(" "), words[0] === "doctor" ? 1 : 2]);
    expect(result.stdout + result.stderr, words.join(" ")).toMatch(/Written by a newer iplan \(format 2/);
  }
  expect(world.iplan(["run", "IPLAN-001"]).stderr).toContain("Update iplan: npm install -g iplan@latest");
  expect(files()).toEqual(told);
  expect(readFileSync(journal, "utf8").startsWith(before)).toBe(true);
});
