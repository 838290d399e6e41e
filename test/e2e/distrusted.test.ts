import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { createCliWorld } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

describe("a repository that git refuses because another user owns it", () => {
  const world = createCliWorld({ [planPath()]: planDocument([{ run: "touch a", verify: "test -e a" }]) });
  execFileSync("git", ["init", "-q"], { cwd: world.root });
  const environment = { GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" };
  const cause = `git does not read the repository ${world.root}, because it belongs to another user.`;
  const cure = `git config --global --add safe.directory ${world.root}`;

  test.each([
    ["check --since HEAD"],
    ["check --suspect"],
    ["impact"],
    ["commit IPLAN-001"],
  ])("%s says so, and what to do", (words) => {
    const { code, stderr } = world.iplan(words.split(" "), { environment });
    expect(code).toBe(2);
    expect(stderr).toContain(cause);
    expect(stderr).toContain(cure);
  });

  test("doctor says so, and what to do", () => {
    const { data } = JSON.parse(world.iplan(["doctor", "--json"], { environment }).stdout) as {
      data: { examinations: unknown[] };
    };
    expect(data.examinations).toContainEqual({
      subject: "git",
      state: "note",
      finding: cause,
      cure: `If you trust it: ${cure}`,
    });
  });

  test("what it says to do mends it", () => {
    execFileSync("bash", ["-c", cure], { env: { ...process.env, HOME: world.home } });
    expect(world.iplan(["check", "--since", "HEAD"], { environment }).stderr).toBe("");
  });
});
