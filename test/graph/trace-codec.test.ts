import { array, assert, constantFrom, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeTraces, encodeTraces } from "#graph/trace-codec";
import { joinBytes } from "#model/bytes";
import type { DocumentTrace } from "#model/trace";
import { artifact, source } from "../support/trace-builder.ts";

const documents: readonly DocumentTrace[] = [
  artifact("REQ-003")
    .title("Grenzen — \u{1F4A1}")
    .tags("sys: SYS-012:PERF-001, FUNC-002", "ctr: null")
    .element("AC-001")
    .build(),
  artifact("IPLAN-001").part(2).build(),
  artifact("REQ-000").template().build(),
  source("src/a.ts").tag("req: REQ-003").build(),
  { ...source("src/b.feature").build(), faults: [{ kind: "gherkin", message: "no", start: 3, end: 9 }] },
];

function encoded(traces: readonly DocumentTrace[]): Uint8Array {
  return joinBytes([...encodeTraces(traces)]);
}

describe("traces as bytes", () => {
  it("come back as they were", () => {
    expect(decodeTraces(encoded(documents))).toEqual(documents);
    expect(decodeTraces(encoded([]))).toEqual([]);
  });

  it("come back from a piece of a larger buffer", () => {
    const bytes = encoded(documents);
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 3);
    expect(decodeTraces(larger.subarray(3, 3 + bytes.length))).toEqual(documents);
  });

  it("come back from what Node reads of a file, of which a slice is no copy", () => {
    const larger = Buffer.concat([Buffer.from("seal"), Buffer.from("\n"), encoded(documents)]);
    expect(decodeTraces(larger.subarray(5))).toEqual(documents);
  });

  it("that are cut, longer or of no such form are none", () => {
    const bytes = encoded(documents);
    assert(
      property(nat({ max: bytes.length - 1 }), (length) => {
        expect(decodeTraces(bytes.slice(0, length))).toBeUndefined();
      }),
    );
    expect(decodeTraces(new Uint8Array([...bytes, 0, 0, 0, 0]))).toBeUndefined();
    assert(
      property(array(constantFrom(0, 1, 73, 255)), (any) => {
        expect(decodeTraces(Uint8Array.from(any))).toBeUndefined();
      }),
    );
  });
});
