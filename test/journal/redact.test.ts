import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binaryOf, bytesOf, createByteRedaction, createRedaction, secretValues } from "#journal/redact";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const long = letters.slice(0, 40);

describe("redaction", () => {
  it.each([
    ["a GitHub token", `ghp_${letters.slice(0, 36)}`],
    ["a fine-grained GitHub token", `github_pat_${long}`],
    ["an OpenAI key", `sk-${long}`],
    ["an Anthropic key", `sk-ant-api03-${long}`],
    ["an AWS access key id", "AKIAIOSFODNN7EXAMPLE"],
    ["a Slack token", "xoxb-123456789012-abcdefghij"],
    ["a JSON Web Token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"],
    ["a GitLab token", `glpat-${letters.slice(0, 20)}`],
    ["an npm token", `npm_${letters.slice(0, 36)}`],
    ["a Google key", `AIza${letters.slice(0, 35)}`],
  ])("takes out %s", (_name, token) => {
    expect(createRedaction([]).text(`before ${token} after`)).toBe("before [redacted] after");
    expect(createRedaction([]).text(`TOKEN="${token}"\n`)).toBe('TOKEN="[redacted]"\n');
  });

  it.each([
    ["a word that starts like one", "task-management-and-risk-assessment sk-1 ghp_short"],
    ["a digest", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ["a path", "src/journal/redact.ts"],
    ["a git commit", "commit 5d1f0b3c2a1e4d6f7a8b9c0d1e2f3a4b5c6d7e8f"],
  ])("leaves %s alone", (_name, text) => {
    expect(createRedaction([]).text(text)).toBe(text);
  });

  it("takes out a private key, all of its lines and nothing behind it", () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n${long}\n${long}==\n-----END RSA PRIVATE KEY-----`;
    expect(createRedaction([]).text(`a\n${key}\nb`)).toBe("a\n[redacted]\n\n\nb");
    expect(createRedaction([]).text(`x ${key.replaceAll("\n", "\\n")} y`)).toBe("x [redacted] y");
  });

  it("ends a private key that never ends at the first line that cannot belong to it", () => {
    const text = createRedaction([]).text(
      `-----BEGIN PRIVATE KEY-----\n${long}\n  ✗ expected 3 to be 4 (line 12)\nmore`,
    );
    expect(text).not.toContain(long);
    expect(text).toContain("expected 3 to be 4");
    expect(text).toContain("more");
  });

  it("takes out values of named variables, and of variables named like secrets", () => {
    const environment = {
      DEPLOY: "pass",
      MY_API_KEY: "abcdefgh",
      HOME: "/home/someone",
      SHORT_TOKEN: "abc",
      N: undefined,
    };
    const values = secretValues(environment, ["DEPLOY"]);
    expect(values).toEqual(["pass", "abcdefgh"]);
    expect(createRedaction(values).text("pass abcdefgh /home/someone abc")).toBe(
      "[redacted] [redacted] /home/someone abc",
    );
  });

  it("takes the value for text, not for a pattern", () => {
    expect(createRedaction(["a.c*d[e]-"]).text("a.c*d[e]- abc")).toBe("[redacted] abc");
  });

  it("gives the same for every way a stream is cut into pieces", () => {
    const secret = "s3cr3t/valü€";
    const parts = [
      secret,
      `ghp_${long}`,
      `-----BEGIN PRIVATE KEY-----\n${long}\n-----END PRIVATE KEY-----`,
      "plain",
      "\n",
      "ünï",
      "❌ x",
    ];
    const redaction = createByteRedaction([secret]);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts), { maxLength: 12 }),
        fc.array(fc.nat(60), { maxLength: 40 }),
        (words, cuts) => {
          const bytes = binaryOf(new TextEncoder().encode(words.join(" ")));
          const stream = redaction.stream();
          let result = "";
          let at = 0;
          for (const cut of cuts) {
            result += stream.push(bytes.slice(at, at + cut));
            at += cut;
          }
          result += stream.push(bytes.slice(at)) + stream.end();
          expect(result).toBe(redaction.text(bytes));
          const shown = new TextDecoder().decode(bytesOf(result));
          expect(shown).not.toContain(secret);
          expect(shown).not.toContain(long);
        },
      ),
    );
  });

  it("never lets a token through where a line without an end is cut", () => {
    const token = `ghp_${long}`;
    const redaction = createRedaction(["hunter2hunter2"]);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(token, "hunter2hunter2", "....", " x ".repeat(9)), { maxLength: 60 }),
        fc.integer({ min: 1, max: 90 }),
        (words, step) => {
          const text = words.join(";");
          const stream = redaction.stream({ longestLine: 200, overlap: 60 });
          let result = "";
          for (let at = 0; at < text.length; at += step) result += stream.push(text.slice(at, at + step));
          result += stream.end();
          expect(result).toBe(redaction.text(text));
        },
      ),
    );
  });

  it("reads hostile text in linear time", () => {
    const redaction = createRedaction(["secret-value"]);
    for (const piece of ["eyJ", "sk-", "ghp_", "-----BEGIN ", "xoxb-", "eyJaaaaaaaaa."])
      redaction.text(piece.repeat(60_000));
  });
});
