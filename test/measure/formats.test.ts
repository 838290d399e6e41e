import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { array, assert as hold, constantFrom, integer, oneof, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { figureFormats } from "#model/figures";
import { type ReadReport, readReport } from "#measure/read-report";
import { expectGolden } from "../support/golden.ts";

const folder = fileURLToPath(new URL("../fixtures/reports/", import.meta.url));
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => name)
  .toSorted();

function bytesOf(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(folder, name)));
}

/** The same bytes in pieces of that size. */
function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function contentOf(report: ReadReport): Extract<ReadReport, { format: unknown }>["content"] {
  if ("reason" in report) throw new Error(`not read: ${report.reason}`);
  return report.content;
}

describe("what tools wrote is read", () => {
  test.each(names)("%s as its golden pair says", (name) => {
    expectGolden(readReport([bytesOf(name)]), join(folder, "read", `${name}.json`));
  });

  test("every format has a report that a tool wrote, or one written after its format", () => {
    const seen = new Set(
      names.map((name) => readReport([bytesOf(name)])).map((report) => "format" in report && report.format),
    );
    expect(figureFormats.filter((format) => !seen.has(format))).toEqual([]);
  });

  test.each(names)("%s reads the same in pieces of any size", (name) => {
    const bytes = bytesOf(name);
    const whole = readReport([bytes]);
    for (const size of [1009, 4096]) {
      // Why: the format is told by the first piece, which is never that small outside of tests.
      const head = bytes.subarray(0, 1024);
      expect(readReport([head, ...pieces(bytes.subarray(1024), size), ...pieces(new Uint8Array(), 1)])).toEqual(whole);
    }
  });

  test.each(names)("%s, cut off anywhere, never says that it is whole, and never has more passed tests", (name) => {
    const bytes = bytesOf(name);
    const whole = contentOf(readReport([bytes]));
    for (let part = 1; part < 20; part++) {
      const cut = readReport([bytes.subarray(0, Math.floor((bytes.length * part) / 20))]);
      if ("reason" in cut) continue;
      expect(cut.content.counts?.passed ?? 0).toBeLessThanOrEqual(whole.counts?.passed ?? 0);
      // Why: a plain list of records, cut between two of them, is a whole list; behind its plan TAP has only remarks.
      const isPlanned = name.endsWith(".tap") && cut.content.counts?.passed === whole.counts?.passed;
      if (!name.endsWith(".lcov") && !isPlanned) expect([part, cut.content.complete]).toEqual([part, false]);
    }
  });
});

describe("a test case of JUnit that was not run is skipped", () => {
  const statusOf = (attributes: string, inner = ""): string | undefined => {
    const text = `<testsuites tests="1"><testsuite name="s"><testcase name="a" ${attributes}>${inner}</testcase></testsuite></testsuites>`;
    return contentOf(readReport([new TextEncoder().encode(text)])).tests[0]?.status;
  };

  test.each([
    ["disabled in GoogleTest", 'status="notrun" result="suppressed" classname="T"', "", "skipped"],
    ["skipped in GoogleTest", 'status="run" result="skipped"', "", "skipped"],
    ["disabled in CTest", 'status="disabled"', "", "skipped"],
    ["without its program in CTest", 'status="NotRun"', "", "skipped"],
    ["run by GoogleTest", 'status="run" result="completed"', "", "passed"],
    ["run, as .NET says it", 'status="Passed"', "", "passed"],
    ["said to be skipped, with a failure", 'status="notrun"', '<failure message="no"/>', "failed"],
  ])("%s", (_title, attributes, inner, status) => expect(statusOf(attributes, inner)).toBe(status));
});

describe("a report with the line ends of Windows is read", () => {
  test.each([
    ["lcov", "TN:\nSF:a.js\nDA:1,1\nLF:1\nLH:1\nend_of_record\n"],
    ["lcov", "# merged\nTN:tea\nSF:a.js\nLF:1\nLH:1\nend_of_record\n"],
    ["tap", "# begun\nTAP version 13\n1..1\nok 1 - a\n"],
  ])("%s: %j", (format, text) => {
    const read = (bytes: string): ReadReport => readReport([new TextEncoder().encode(bytes)]);
    expect(read(text.replaceAll("\n", "\r\n"))).toEqual(read(text));
    expect(read(text)).toMatchObject({ format, content: { complete: true } });
  });
});

describe("lcov whose sums are not those of its lines", () => {
  const linesOf = (text: string): unknown => {
    const content = contentOf(readReport([new TextEncoder().encode(`SF:a.js\n${text}end_of_record\n`)]));
    return [...content.coverage, ...content.notes, content.complete];
  };

  test("counts by its lines where they say less, and says so", () => {
    expect(linesOf("DA:1,0\nDA:2,0\nLF:2\nLH:2\n")).toEqual([
      { of: "lines", covered: 0, total: 2 },
      "It states 2 of 2 lines of a.js, but has 0 of 2: the lower share is taken.",
      true,
    ]);
  });

  test.each([
    ["they say more", "DA:1,1\nDA:2,1\nLF:2\nLH:1\n"],
    ["they are not there", "LF:2\nLH:1\n"],
    ["they are the same", "DA:1,1\nDA:2,0\nLF:2\nLH:1\n"],
  ])("counts by its sums where %s", (_title, text) => {
    expect(linesOf(text)).toEqual([{ of: "lines", covered: 1, total: 2 }, true]);
  });

  test("is not believed where they cannot be, whatever its lines say", () => {
    expect(linesOf("DA:1,1\nLF:2\nLH:5\n")).toEqual([
      "lines of a.js: 5 of 2 is no share.",
      "It has no record of a file.",
      false,
    ]);
  });
});

describe("damage is told, and never throws", () => {
  const utf16 = (text: string, mark: boolean): Uint8Array => {
    const units = [...(mark ? "\uFEFF" : ""), ...text].map((sign) => sign.charCodeAt(0));
    return new Uint8Array(units.flatMap((unit) => [unit & 255, unit >> 8]));
  };
  const suite = '<testsuite name="tea" tests="1"><testcase name="b\u00f6ils" classname="t"/></testsuite>';
  const latin = new Uint8Array(
    [...`<?xml version="1.0" encoding="ISO-8859-1"?>${suite}`].map((sign) => sign.charCodeAt(0)),
  );
  const withBom = new TextEncoder().encode(`\uFEFF${suite}`);

  test.each([
    ["UTF-8 with a byte order mark", withBom, "b\u00f6ils", []],
    [
      "UTF-16 with a mark, as a shell of Windows redirects",
      utf16(suite, true),
      "b\u00f6ils",
      ["It was read as utf-16le."],
    ],
    ["UTF-16 without a mark", utf16(suite, false), "b\u00f6ils", ["It was read as utf-16le."]],
    ["Latin-1 as declared", latin, "b\u00f6ils", ["It was read as iso-8859-1."]],
    [
      "Latin-1 that declares nothing",
      latin.subarray(latin.indexOf(62) + 1),
      "b\uFFFDils",
      ["Some of its bytes are no text in its encoding; they were replaced."],
    ],
  ])("%s", (_title, bytes, name, notes) => {
    const content = contentOf(readReport([bytes]));
    expect(content.tests.map((each) => each.name)).toEqual([name]);
    expect(content.notes).toEqual(notes);
  });

  test.each([
    ["nothing at all", "", "it is empty"],
    ["only blanks", " \n\n", "it is empty"],
    ["prose", "All tests passed, promise.", "it is none of the formats that are read"],
    ["another JSON", '{"name":"tea"}', "it is none of the formats that are read"],
  ])("%s is no report", (_title, text, reason) => {
    expect(readReport(text === "" ? [] : [new TextEncoder().encode(text)])).toEqual({ reason });
  });

  const damaged: readonly (readonly [title: string, text: string, note: RegExp])[] = [
    [
      "a suite that says it had more tests",
      '<testsuite tests="9"><testcase name="a"/></testsuite>',
      /says it has 9 tests; 1 stand/,
    ],
    [
      "a suite that says more failed",
      '<testsuite tests="1" failures="1"><testcase name="a"/></testsuite>',
      /says that 1 failed; 0/,
    ],
    [
      "elements that overlap",
      "<testsuite><testcase name='a'></testsuite></testcase>",
      /closes <testsuite>, which is not open/,
    ],
    ["a tag without a name", "<testsuite><<testcase/></testsuite>", /tag without a name|damaged/],
    [
      "an lcov record without an end",
      "SF:a.js\nLF:2\nLH:1\nSF:b.js\nLF:1\nLH:1\nend_of_record\n",
      /record of a\.js has no end/,
    ],
    ["more lines reached than there are", "SF:a.js\nLF:2\nLH:5\nend_of_record\n", /5 of 2 is no share/],
    ["a rate above one", '<coverage line-rate="1.7"></coverage>', /is no share/],
    [
      "totals that its files do not have",
      '<coverage lines-valid="10" lines-covered="10"><packages><class filename="a"><lines><line number="1" hits="0"/></lines></class></packages></coverage>',
      /states 100\.0 % of lines, but its files have 0\.0 %/,
    ],
    ["a TAP plan that does not come true", "TAP version 13\nok 1 - a\n1..3\n", /plans 3 tests; 1 stand/],
    ["TAP without a plan", "TAP version 13\nok 1 - a\n", /no plan of how many/],
    ["a run that bailed out", "TAP version 13\nok 1 - a\nBail out! no water\n1..1\n", /given up: no water/],
    [
      "messages without an end",
      '{"meta":{}}\n{"pickle":{"id":"1","name":"a","uri":"a.feature"}}\n',
      /no end of the run/,
    ],
    ["a line of messages that is no JSON", '{"meta":{}}\n{"pickle":\n{"testRunFinished":{}}\n', /Line 2 is no JSON/],
    [
      "a scanner that crashed",
      '{"runs":[{"tool":{"driver":{"name":"x"}},"invocations":[{"executionSuccessful":false}],"results":[]}]}',
      /did not end well/,
    ],
    [
      "a benchmark of another unit",
      '{"schema":"iplan-bench/1","results":[{"name":"a","unit":"hours","p95":1}]}',
      /unit hours of a/,
    ],
    [
      "a benchmark of a later shape",
      '{"schema":"iplan-bench/2","results":[{"name":"a","p95":1}]}',
      /shape is iplan-bench\/2/,
    ],
    ["a load test with errors", '{"title":"a","errors":3,"latency":{"p97_5":1},"requests":{}}', /counts 3 errors/],
  ];
  test.each(damaged)("%s", (_title, text, note) => {
    const { complete, notes } = contentOf(readReport([new TextEncoder().encode(text)]));
    expect(notes.join("\n")).toMatch(note);
    expect(complete).toBe(false);
  });

  test("entities of a hostile document type are neither expanded nor fetched", () => {
    const bomb = [
      "<?xml version='1.0'?>",
      "<!DOCTYPE testsuite [",
      '<!ENTITY lol "lol">',
      ...Array.from(
        { length: 9 },
        (_, index) => `<!ENTITY lol${index + 1} "${`&lol${index === 0 ? "" : index};`.repeat(10)}">`,
      ),
      '<!ENTITY passwd SYSTEM "file:///etc/passwd">',
      "]>",
      '<testsuite tests="1"><testcase name="&lol9; &passwd; &amp;&#65;"/></testsuite>',
    ].join("\n");
    const { tests, notes, complete } = contentOf(readReport([new TextEncoder().encode(bomb)]));
    expect(tests[0]?.name).toBe("&lol9; &passwd; &A");
    expect(notes).toContain("It declares entities, which are neither expanded nor fetched.");
    expect(complete).toBe(true);
  });

  test("what is nested without an end ends the reading", () => {
    const encoder = new TextEncoder();
    const list = contentOf(readReport([encoder.encode(`{"runs":[{"driver":${"[".repeat(100_000)}`)]));
    const elements = contentOf(readReport([encoder.encode(`<testsuite>${"<a>".repeat(100_000)}`)]));
    expect([list.complete, elements.complete]).toEqual([false, false]);
  });

  test("any bytes behind any beginning are read without a throw", () => {
    const beginnings = [
      "<testsuite>",
      "<coverage line-rate='1'>",
      "SF:a\n",
      "TAP version 13\n",
      '{"meta":{}}\n',
      '[{"elements":[',
      '{"runs":[{"tool":{"driver":',
      '{"schema":"iplan-bench/1","results":[',
    ];
    const parts = array(
      oneof(
        string(),
        constantFrom(
          "<testcase name='a'>",
          "</testcase>",
          "&x;",
          "<![CDATA[",
          "]]>",
          "<!--",
          "-->",
          "ok 1 - a\n",
          "    1..2\n",
          "---\n",
          "...\n",
          '"',
          "\\",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "1e9",
          "end_of_record\n",
          "LH:1\n",
          '{"pickle":{}}\n',
        ),
      ),
      { maxLength: 30 },
    );
    hold(
      property(constantFrom(...beginnings), parts, integer({ min: 1, max: 40 }), (beginning, rest, size) => {
        const bytes = new TextEncoder().encode(rest.join(""));
        const head = new TextEncoder().encode(beginning);
        const report = readReport([head, ...pieces(bytes, size)]);
        // Why: a piece may end within a tag or a string; reading may not depend on where.
        expect(report).toEqual(readReport([head, ...pieces(bytes, 7)]));
      }),
    );
  });
});

describe("a report may be large", () => {
  test("of many tests all are counted, and those that did not pass are listed", () => {
    const encoder = new TextEncoder();
    function* large(): Generator<Uint8Array> {
      yield encoder.encode('<testsuites><testsuite name="many">');
      const passed = '<testcase name="p" classname="c"><system-out>text</system-out></testcase>'.repeat(1000);
      for (let round = 0; round < 150; round++) yield encoder.encode(passed);
      yield encoder.encode('<testcase name="late"><failure message="no"/></testcase></testsuite></testsuites>');
    }
    const content = contentOf(readReport(large()));
    expect(content.counts).toEqual({ passed: 150_000, failed: 1, skipped: 0, undefined: 0 });
    expect(content.tests[0]?.name).toBe("late");
    expect(content.tests).toHaveLength(50_000);
    expect(content.notes).toEqual(["Of its 150001 tests 50000 are listed; all are counted."]);
  });

  test("a string, line or tag of megabytes is cut, not kept", () => {
    const encoder = new TextEncoder();
    const long = "x".repeat(3_000_000);
    const json = contentOf(
      readReport([
        encoder.encode(`[{"elements":[{"name":"${long}","steps":[{"result":{"status":"passed"}}]}],"uri":"a"}]`),
      ]),
    );
    expect(json.tests[0]?.name.length).toBeLessThan(500);
    const xml = contentOf(
      readReport([encoder.encode(`<testsuite><testcase name="a"><failure message="${long}"/></testcase></testsuite>`)]),
    );
    expect(xml.tests[0]?.message?.length).toBeLessThan(500);
  });
});
