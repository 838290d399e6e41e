import { describe, expect, test } from "vitest";
import { createMemoryHost } from "#host/memory";
import { prepareState, stateFolders } from "#journal/workspace-state";

describe("the state folder of a workspace", () => {
  test("is made with its parts, and keeps itself out of git", () => {
    const { files } = createMemoryHost();
    expect(prepareState(files, "/ws")).toEqual(stateFolders("/ws"));
    expect(files.text("/ws/.iplan/.gitignore")).toBe("*\n");
    for (const folder of Object.values(stateFolders("/ws"))) expect(files.stat(folder)?.kind).toBe("directory");
  });

  test.each([
    "/ws/.iplan",
    "/ws/.iplan/runs",
    "/ws/.iplan/locks",
    "/ws/.iplan/notes",
    "/ws/.iplan/evidence",
  ])("is not made through a link at %s, and nothing is written then", (link) => {
    const { files } = createMemoryHost({ files: { "/outside/keep": "" } });
    files.link(link, "/outside");
    expect(() => prepareState(files, "/ws")).toThrow(`${link} is a link`);
    expect(files.paths()).toEqual(["/outside/keep"]);
  });

  test("is not made where a file stands in its place", () => {
    const { files } = createMemoryHost({ files: { "/ws/.iplan": "x" } });
    expect(() => prepareState(files, "/ws")).toThrow("/ws/.iplan is no directory");
  });
});
