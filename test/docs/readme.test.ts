import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fencesOf } from "../support/console-page.ts";
import { followActs, followPage, repository } from "../support/page-reader.ts";

const readme = readFileSync(join(repository, "README.md"), "utf8");

describe("README.md", () => {
  it("begins with a title, one sentence and exactly two commands", () => {
    const [title, , sentence, , fence] = readme.split("\n");
    expect(title).toBe("# iplan");
    expect(sentence).toMatch(/\.$/);
    expect(fence).toBe("```bash");
    const commands = fencesOf(readme)[0]?.lines.map((line) => line.replace(/\s+#.*$/, ""));
    expect(commands).toEqual(["npm ci && npm run demo", "npm ci && npm test"]);
  });

  it("names only scripts that there are", () => {
    const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { scripts: object };
    const named = [...readme.matchAll(/npm run ([\w-]+)/g)].map((match) => match[1] ?? "");
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it("shows what its commands really print", async () => {
    const reading = await followPage("README.md");
    expect(reading.mismatches).toEqual([]);
    expect(reading.commands).toBeGreaterThan(10);
  }, 120_000);
});

describe("a page that lies", () => {
  const say = (command: string, shown: string) => followActs([{ kind: "type", command, shown, line: 1 }], "page");

  it.each([
    { title: "about what a command prints", command: "iplan", shown: "All is well.\n" },
    {
      title: "about an exit code",
      command: 'mkdir ~/empty; cd ~/empty; iplan status; echo "exit $?"',
      shown: "…\nexit 0\n",
    },
    { title: "about a command that is not there", command: "iplan fly", shown: "" },
  ])("$title is found out", async ({ command, shown }) => {
    expect((await say(command, shown)).mismatches).toHaveLength(1);
  });

  it("and one that tells the truth is not", async () => {
    expect((await say('mkdir ~/empty; cd ~/empty; iplan status; echo "exit $?"', "…\nexit 3\n")).mismatches).toEqual(
      [],
    );
  });
});
