import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTraceReader, isSourceEnding } from "#parse/trace";
import { sourceLanguages } from "#parse/trace/languages";
import { aidoc16 } from "#profile/aidoc-16";
import { showTrace } from "../../support/trace-view.ts";
import { propertyRuns } from "../../support/property-runs.ts";

function tagsOf(ending: string, text: string): readonly string[] {
  const subject = {
    path: `src/a.${ending}`,
    role: "source",
    type: "CODE",
    id: `src/a.${ending}`,
    template: false,
  } as const;
  return showTrace(createTraceReader(aidoc16).read(subject, text)).tags;
}

/** `T` stands for a tag that must be found, `N` for one that must not. */
function check(ending: string, text: string): void {
  let count = 0;
  const written = text.replace(/\b[TN]\b/g, (mark) =>
    mark === "T" ? `@req: REQ-${String(++count).padStart(3, "0")}` : "@req: REQ-999",
  );
  expect(tagsOf(ending, written)).toEqual(
    Array.from({ length: count }, (_, index) => `req REQ-${String(index + 1).padStart(3, "0")} live`),
  );
}

describe("tags are read from comments and docstrings, not from texts", () => {
  test.each<[string, string, string]>([
    [
      "TypeScript",
      "ts",
      '// T\n/** T\n * T\n */\nconst a = \'N // N\', b = "/* N */"; // T\nconst c = `N ${a + `N` + "}"} // N`; // T\n',
    ],
    [
      "JavaScript's patterns and divisions",
      "js",
      'const a = /[/\'"]N/.test(x); // T\nconst b = c / d; // T\nreturn /"N/;\n// T\nx = a\n/* T */',
    ],
    [
      "JavaScript's templates whose code holds backticks and braces in texts, comments and patterns",
      "ts",
      "const a = `${b ? \"`\" : '}'} // N`; // T\nconst c = `${d /* ` } */} // N`; // T\nconst e = `${f.replace(/[`}]/g, '')} // N`; // T\n",
    ],
    ["a page's words with a backtick that nothing closes", "tsx", "const a = <p>Use ` here</p>; // T\n// T\n"],
    [
      "the ends of a page's elements",
      "jsx",
      "const a = <p>N</p>; // T\nconst b = <P c={d} />; // T\ne.replace(/>`/g, 'N'); // T\n",
    ],
    ["JavaScript's nested templates", "mjs", "const a = `${b.map((c) => `N ${c} // N`).join(`N`)} N`; // T\n"],
    ["JSX", "tsx", "const a = <p>it's N</p>;\n// T\n"],
    [
      "Python",
      "py",
      '"""About.\n\nT\n"""\n# T\na = "# N"\nb = \'\'\'\nN\n\'\'\'\nf(\n    """\nN\n"""\n)\ndef g():\n    r\'\'\'T\'\'\'\n    return "N"  # T\n',
    ],
    ["Java", "java", '/** T */\nString a = "// N"; char b = \'"\'; // T\nString c = """\n  N\n  """; // T\n'],
    ["Go", "go", "// T\na := `\n// N\n`\nb := 'x' // T\nc := \"N\" /* T */\n"],
    [
      "Rust",
      "rs",
      "//! T\n/// T\nfn a<'a>(b: &'a str) { let c = '\"'; let d = r#\"N \" // N\"#; } // T\n/* x /* y\n */\n T\n*/\nlet e = \"N\n// N\n\"; let f = '\\''; // T\n",
    ],
    [
      "C#",
      "cs",
      '/// T\nvar a = @"N "" // N\n// N"; // T\nvar b = """\n N " // N\n"""; // T\nvar c = $"N"; var d = \'"\'; // T\n',
    ],
    [
      "shell",
      "sh",
      "#!/bin/sh\n# T\necho '# N\n# N' \"# N\" a#N \\\" # T\ncat <<'EOF'\n# N\nEOF\ncat <<-X # T\n\t# N\n\tX\n# T\necho ${#a} $# # T\n",
    ],
    ["Kotlin", "kt", '/* /* a */\nT\n*/\nval a = """\n// N " N\n""" // T\nval b = \'"\' // T\n'],
    ["C", "c", '/* T */\nchar a = \'"\'; char *b = "N // N"; int c = 5; // T\n'],
    ["C++", "cpp", 'auto a = R"x(N )" // N\n// N)x"; int b = 1\'000; // T\nauto c = u8"N"; // T\n'],
    [
      "Ruby",
      "rb",
      '# T\na = "# N #{b}" # T\nc = <<~EOS\n  # N\nEOS\nd = %q(N # N) # T\ne = /N #/ # T\n=begin\nT\n=end\nf << Foo\n# T\n',
    ],
    [
      "PHP",
      "php",
      "it's <b>N</b> // N\n<?php\n// T\n$a = '# N'; # T\n$b = <<<EOT\n// N\nEOT;\n/** T */ // T ?>\n// N\n<?php # T\n",
    ],
    ["Swift", "swift", '/// T\nlet a = """\n// N\n"""\nlet b = #"N " // N"# // T\n/* /* x */\n T */\n'],
    ["Scala", "scala", '/** T */\nval a = \'"\'; val b = \'sym; val c = """N // N""" // T\n'],
    ["SQL", "sql", "-- T\nselect '-- N''s', \"-- N\" /* T */ from a; -- T\n"],
    ["Terraform", "tf", '# T\na = "# N ${b}" // T\nc = <<EOF\n# N\nEOF\n/* T */\n'],
  ])("%s", (_name, ending, text) => check(ending, text));

  test("tags in the midst of a comment's sentence are examples, addresses are none", () => {
    expect(tagsOf("ts", "// Write @req: REQ-001 so.\n// me@req: REQ-002\n// Implements: @req: REQ-003\n")).toEqual([
      "req REQ-001",
      "req REQ-003 live",
    ]);
  });

  test("a file of an unknown language is not read", () => {
    expect(isSourceEnding("lock")).toBe(false);
    expect(isSourceEnding("ts")).toBe(true);
    expect(tagsOf("lock", "# @req: REQ-001")).toEqual([]);
  });
});

describe("any text", () => {
  const sign = fc.constantFrom(
    "'",
    '"',
    "`",
    "/",
    "*",
    "#",
    "\\",
    "\n",
    "<<A",
    "A",
    "{",
    "}",
    "${",
    "(",
    ")",
    "%q(",
    "[",
    '"""',
    "@req: REQ-001",
    "//",
    'r#"',
    "=begin",
    "\n=end",
    "<?php",
    "?>",
    " ",
    "x",
    "--",
  );

  test("is read without a fault, in every language", () => {
    const endings = sourceLanguages.map((language) => language.endings[0] ?? "");
    fc.assert(
      fc.property(fc.constantFrom(...endings), fc.array(sign, { maxLength: 60 }), (ending, signs) => {
        const text = signs.join("");
        const trace = createTraceReader(aidoc16).read({ path: `a.${ending}`, role: "test", template: false }, text);
        expect(showTrace(trace).tags.length).toBeLessThanOrEqual(signs.length);
      }),
      { numRuns: propertyRuns(3000) },
    );
  });

  test.each(
    sourceLanguages.map(({ name, endings }) => [name, endings[0] ?? ""]),
  )("as a line comment is read in %s", (_name, ending) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a = 1;", "b()", "", "  c"), { maxLength: 5 }), (lines) => {
        const mark = ending === "sql" ? "--" : /^(?:py|sh|rb|tf)$/.test(ending) ? "#" : "//";
        const text = `${ending === "php" ? "<?php\n" : ""}${lines.join("\n")}\n${mark} @req: REQ-001\n`;
        expect(tagsOf(ending, text)).toEqual(["req REQ-001 live"]);
      }),
      { numRuns: 20 },
    );
  });
});
