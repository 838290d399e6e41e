import { describe, expect, test } from "vitest";
import { parseArguments } from "../../src/interfaces/cli/arguments.ts";
import { renderHelp } from "../../src/interfaces/cli/help.ts";
import { IplanError } from "../../src/model/errors.ts";
import { createPaint } from "../../src/render/paint.ts";
import { commandTable, findCommand } from "../../src/session/commands.ts";
import { handlers } from "../../src/session/handlers.ts";

describe("the command line", () => {
  test("alone it is the overview", () => expect(parseArguments([]).command).toBeUndefined());

  test("arguments and options come by name", () => {
    const found = parseArguments([
      "run",
      "IPLAN-001",
      "--from",
      "3",
      "--allow",
      "destructive",
      "--allow",
      "publish",
      "--keep-going",
      "--json",
    ]);
    expect(found.command).toBe("run");
    expect(found.json).toBe(true);
    expect(found.input.arguments["plan"]).toBe("IPLAN-001");
    expect(found.input.options).toMatchObject({ from: "3", allow: ["destructive", "publish"], "keep-going": true });
  });

  test("options that stand before the command count too", () => {
    expect(parseArguments(["--cwd", "/x", "--json", "status"])).toMatchObject({
      command: "status",
      json: true,
      directory: "/x",
    });
  });

  test("an alias is its command", () => expect(parseArguments(["resume", "P"]).command).toBe("run"));
  test("help needs no arguments", () =>
    expect(parseArguments(["run", "--help"])).toMatchObject({ command: "run", help: true }));
  test("the version", () => expect(parseArguments(["--version"]).version).toBe(true));

  test.each([
    ["an unknown command", ["rnu"], "unknown command", "iplan run"],
    ["a far unknown command", ["frobnicate"], "unknown command", "--help"],
    ["an unknown option", ["check", "--scroe"], "unknown option", "--score"],
    ["a missing argument", ["run"], "plan is missing", "iplan run --help"],
    ["a missing value", ["run", "P", "--from"], "argument missing", "iplan run --help"],
    ["an empty argument", ["check", ""], "target is empty", "iplan check --help"],
    ["an empty argument among others", ["check", "BRD-001", ""], "target is empty", "iplan check --help"],
    ["an empty value", ["check", "--since", ""], "--since is empty", "iplan check --help"],
    ["too many arguments", ["trust", "A", "B"], "too many arguments", "iplan trust --help"],
  ])("%s says what to do", (_name, words, message, cure) => {
    let error: unknown;
    try {
      parseArguments(words);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(IplanError);
    expect((error as IplanError).code).toBe("usage/arguments");
    expect((error as IplanError).message.toLowerCase()).toContain(message);
    expect((error as IplanError).cure).toContain(cure);
  });
});

describe("the command table", () => {
  test("every command has a handler or is a protocol of its own, and every handler a command", () => {
    const faces = commandTable.filter(({ group }) => group === "faces").map(({ name }) => name);
    expect(faces).toEqual(["mcp"]);
    expect([...Object.keys(handlers), ...faces].sort()).toEqual(commandTable.map((command) => command.name).sort());
  });
  test.each(
    commandTable.map((command) => [command.name, command] as const),
  )("%s has a page with examples that parse", (name, command) => {
    const page = renderHelp(name, createPaint(false), 80);
    expect(page).toContain(command.summary);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) {
      expect(page).toContain(example.line);
      const words = example.line.replace(/^iplan /, "").match(/'[^']*'|\S+/g) ?? [];
      expect(parseArguments(words.map((word) => word.replace(/^'|'$/g, ""))).command).toBe(name);
    }
  });
  test("the overview names every command", () => {
    const page = renderHelp(undefined, createPaint(false), 80);
    for (const command of commandTable) expect(page).toContain(`  ${command.name} `);
    expect(findCommand("resume")?.name).toBe("run");
  });
});
