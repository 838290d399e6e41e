import { describe, expect, it } from "vitest";
import { createMemoryHost } from "#host/memory";
import { keepEvidence, lineSplitter } from "#journal/evidence";
import { createByteRedaction } from "#journal/redact";

describe("evidence", () => {
  it("is a redacted copy named by its digest, with the caller's places in it", () => {
    const host = createMemoryHost();
    host.files.put("/spool/output", "one hunter2\ntwo\nthree\n");
    const lines: string[] = [];
    const kept = keepEvidence(host, {
      output: "/spool/output",
      root: "/ws",
      draft: "R1",
      redaction: createByteRedaction(["hunter2"]),
      marks: [0, 12, 16, 22],
      observe: lineSplitter((line) => lines.push(line)),
    });
    const text = "one [redacted]\ntwo\nthree\n";
    expect(host.files.text(`/ws/${kept.output?.file}`)).toBe(text);
    expect(kept.output?.digest).toBe(`sha256:${host.hash.sha256(text)}`);
    expect(kept.output?.bytes).toBe(text.length);
    expect(kept.marks.map((mark) => text.slice(0, mark))).toEqual([
      "",
      "one [redacted]\n",
      "one [redacted]\ntwo\n",
      text,
    ]);
    expect(lines).toEqual(["one [redacted]", "two", "three"]);
  });

  it("keeps every byte of what is no secret", () => {
    const host = createMemoryHost();
    const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256);
    host.files.put("/spool/output", bytes);
    const kept = keepEvidence(host, {
      output: "/spool/output",
      root: "/ws",
      draft: "R1",
      redaction: createByteRedaction([]),
    });
    expect(host.files.read(`/ws/${kept.output?.file}`)).toEqual(bytes);
  });

  it("is absent where nothing was printed", () => {
    const host = createMemoryHost();
    const request = {
      output: "/spool/none",
      root: "/ws",
      draft: "R1",
      redaction: createByteRedaction([]),
      marks: [0, 0],
    };
    expect(keepEvidence(host, request)).toEqual({ marks: [0, 0] });
    expect(host.files.paths()).toEqual([]);
  });
});

describe("a line splitter", () => {
  it("gives lines however the text is cut, without carriage returns, and never more than a stretch of an endless one", () => {
    const lines: string[] = [];
    const splitter = lineSplitter((line) => lines.push(line));
    for (const piece of ["on", "e\r\ntw", "o\n\nthr", "ee"]) splitter.push(piece);
    for (let count = 0; count < 100; count++) splitter.push("x".repeat(1000));
    splitter.end();
    expect(lines.slice(0, 3)).toEqual(["one", "two", ""]);
    expect(lines[3]?.startsWith("threexxx")).toBe(true);
    expect(lines[3]?.length).toBeLessThan(5000);
  });
});
