import { describe, expect, test } from "vitest";
import { sameBytes, writeDocument } from "#author/write-document";
import { createMemoryHost } from "#host/memory";
import { createSource, type Source } from "#model/source";

const root = "/ws";
const path = "docs/p.md";
const edit = { start: 3, end: 4, text: "x", expected: " " };

function world(text = "- [ ] a\n") {
  const { files } = createMemoryHost({ files: { [`${root}/${path}`]: text, "/outside/p.md": text } });
  const source: Source = createSource(path, new TextEncoder().encode(text));
  return { files, source };
}

describe("writing a document", () => {
  test("changes the edited bytes and says so", () => {
    const { files, source } = world();
    expect(writeDocument(files, root, source, [edit])).toBe(true);
    expect(files.text(`${root}/${path}`)).toBe("- [x] a\n");
  });

  test("keeps the file's permissions", () => {
    const { files, source } = world();
    files.put(`${root}/${path}`, "- [ ] a\n", 0o640);
    writeDocument(files, root, source, [edit]);
    expect(files.mode(`${root}/${path}`)).toBe(0o640);
  });

  test("without edits, or with edits that change nothing, writes nothing", () => {
    const { files, source } = world();
    const before = files.operations;
    expect(writeDocument(files, root, source, [])).toBe(false);
    expect(writeDocument(files, root, source, [{ start: 3, end: 4, text: " " }])).toBe(false);
    expect(files.operations).toBe(before);
  });

  test("is refused when the file changed since it was read, and nothing is lost", () => {
    const { files, source } = world();
    files.put(`${root}/${path}`, "- [ ] b\n");
    expect(() => writeDocument(files, root, source, [edit])).toThrow(expect.objectContaining({ code: "host/changed" }));
    expect(files.text(`${root}/${path}`)).toBe("- [ ] b\n");
  });

  test("is refused when the file is gone", () => {
    const { files, source } = world();
    files.remove(`${root}/${path}`);
    expect(() => writeDocument(files, root, source, [edit])).toThrow(
      expect.objectContaining({ code: "host/outside-workspace" }),
    );
    expect(files.paths()).toEqual(["/outside/p.md"]);
  });

  test.each<[string, (files: ReturnType<typeof world>["files"]) => void]>([
    [
      "the document is a link out of the workspace",
      (files) => {
        files.remove(`${root}/${path}`);
        files.link(`${root}/${path}`, "/outside/p.md");
      },
    ],
    [
      "the document is a link inside the workspace",
      (files) => {
        files.put(`${root}/other.md`, "- [ ] a\n");
        files.remove(`${root}/${path}`);
        files.link(`${root}/${path}`, `${root}/other.md`);
      },
    ],
    [
      "its folder is a link out of the workspace",
      (files) => {
        files.remove(`${root}/docs`);
        files.link(`${root}/docs`, "/outside");
      },
    ],
  ])("is refused where %s", (_name, arrange) => {
    const { files, source } = world();
    arrange(files);
    expect(() => writeDocument(files, root, source, [edit])).toThrow(
      expect.objectContaining({ code: "host/outside-workspace" }),
    );
    for (const at of files.paths()) expect(files.text(at)).toBe("- [ ] a\n");
  });

  test("works where the workspace itself is reached through a link", () => {
    const { files, source } = world();
    files.link("/link", root);
    expect(writeDocument(files, "/link", source, [edit])).toBe(true);
    expect(files.text(`${root}/${path}`)).toBe("- [x] a\n");
  });

  test("that fails leaves the old text whole", () => {
    const { files, source } = world();
    files.failAt(1, "error");
    expect(() => writeDocument(files, root, source, [edit])).toThrow(
      expect.objectContaining({ code: "host/not-writable" }),
    );
    expect(files.text(`${root}/${path}`)).toBe("- [ ] a\n");
  });
});

describe("bytes are the same", () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
  test.each<[Uint8Array, Uint8Array, boolean]>([
    [bytes(), bytes(), true],
    [bytes(1, 2), bytes(1, 2), true],
    [bytes(1, 2), bytes(1, 3), false],
    [bytes(1, 2), bytes(1), false],
  ])("%o and %o: %s", (a, b, same) => expect(sameBytes(a, b)).toBe(same));
});
