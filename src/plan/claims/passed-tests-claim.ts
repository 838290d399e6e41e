import type { ClaimPattern } from "./claim-scene.ts";

const form =
  /^(?:(?:should )?show )?(?:all )?(\d{1,6}) (?:unit |integration |e2e )?(?:tests?|scenarios|specs) (?:pass(?:ed|es|ing)?|are (?:green|passing)|run and pass)$/i;

/** `12 tests pass`: the count a test runner of the same step prints. */
export const passedTestsClaim: ClaimPattern = {
  name: "passed-tests",
  isCued: (text) => /\d/.test(text),
  fit(text, { checks, command }) {
    const count = form.exec(text)?.[1];
    if (count === undefined) return undefined;
    const pattern = `(^|[^0-9.])${count} (tests? |scenarios? |specs? )?pass(ed|ing)?|[^a-z]pass ${count}$|^Tests run: ${count},`;
    const near = !checks.some(({ kind }) => kind === "tests");
    return {
      claims: [
        {
          kind: "output",
          text: pattern,
          form: "regex",
          expect: "present",
          ...(command === undefined ? {} : { command }),
        },
      ],
      why: near ? "no test runner of the step prints the count" : "the test runner of the step prints the count",
      ...(near ? { near } : {}),
    };
  },
};
