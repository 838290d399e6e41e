import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binaryOf, bytesOf, createByteRedaction, createRedaction } from "#journal/redact";
import { formsOf, secretValues } from "#journal/secret-values";
import { longestShape, tokenShapes } from "#journal/token-shapes";

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
    ["a Google access token", `ya29.${long}`],
    ["a Google client secret", `GOCSPX-${long.slice(0, 28)}`],
    ["a Stripe key", `sk_live_${long}`],
    ["a restricted Stripe key", `rk_test_${long}`],
    ["a Stripe signing secret", `whsec_${long}`],
    ["a temporary AWS key id", "ASIAIOSFODNN7EXAMPLE"],
    ["a Slack app token", `xapp-1-A0-${long}`],
    ["a GitLab runner token", `glrt-${letters.slice(0, 20)}`],
    ["a PyPI token", `pypi-${letters}`],
    ["a Docker token", `dckr_pat_${letters.slice(0, 27)}`],
    ["a RubyGems key", `rubygems_${"0123456789abcdef".repeat(3)}`],
    ["a crates.io token", `cio${letters.slice(0, 32)}`],
    ["a Hugging Face token", `hf_${letters.slice(0, 34)}`],
    ["a SendGrid key", `SG.${letters.slice(0, 22)}.${letters.slice(0, 43)}`],
    ["a DigitalOcean token", `dop_v1_${"0123456789abcdef".repeat(4)}`],
    ["a Vault token", `hvs.${long}`],
    ["an age key", `AGE-SECRET-KEY-1${"QPZRY9X8GF2TVDW0".repeat(4)}`],
  ])("takes out %s", (_name, token) => {
    expect(createRedaction([]).text(`before ${token} after`)).toBe("before [redacted] after");
    expect(createRedaction([]).text(`TOKEN="${token}"\n`)).toBe('TOKEN="[redacted]"\n');
  });

  it.each([
    [
      "a password in a URL",
      "git clone https://ada:hunter2@example.org/x",
      "git clone https://[redacted]@example.org/x",
    ],
    ["a token as the name in a URL", "https://:s3cr3t@example.org", "https://[redacted]@example.org"],
    [
      "a Slack web hook",
      `https://hooks.slack.com/services/T0000000/B0000000/${letters.slice(0, 24)}`,
      "https://hooks.slack.com/services/[redacted]",
    ],
    ["a header", "> Authorization: Bearer abc.def-ghi_jkl\n", "> Authorization: Bearer [redacted]\n"],
    ["basic credentials", "authorization: Basic YWRhOmh1bnRlcjI=", "authorization: Basic [redacted]"],
    ["an AWS secret", `aws_secret_access_key = ${long}`, "aws_secret_access_key = [redacted]"],
  ])("takes out %s and leaves what tells of it", (_name, text, shown) => {
    expect(createRedaction([]).text(text)).toBe(shown);
  });

  it("takes out a secret in every form it may turn up in", () => {
    const secret = 'p"ss wörd/+=?\\';
    const redaction = createByteRedaction([secret]);
    const forms = [
      secret,
      encodeURIComponent(secret),
      encodeURIComponent(secret).toLowerCase(),
      JSON.stringify({ secret }).slice(11, -2),
      ...["", "a", "ab", "user:"].map((before) => Buffer.from(`${before}${secret}`).toString("base64")),
      Buffer.from(`user:${secret}:more`).toString("base64url"),
    ];
    for (const form of forms) {
      const shown = redaction.text(binaryOf(new TextEncoder().encode(`x=${form};`)));
      expect(shown, form).toContain("[redacted]");
      expect(shown.length, form).toBeLessThan(form.length);
    }
  });

  it("takes out each line of a value of several lines, however the lines end", () => {
    const value = "first line of it\r\nsecond line of it\nthird line of it";
    const redaction = createRedaction([value]);
    for (const line of value.split(/\r?\n/)) expect(redaction.text(`> ${line} <`)).toBe("> [redacted] <");
    expect(redaction.text(JSON.stringify(value))).not.toContain("line");
  });

  it("has no shape that matches more than a stream holds back", () => {
    for (const shape of tokenShapes) {
      expect(shape, "without an upper bound").not.toMatch(/[^\\][*+](?![^[]*\])|\{\d+,\}/);
      const bounds = [...shape.matchAll(/\{(?:\d+,)?(\d+)\}/g)].map((match) => Number(match[1]));
      expect(bounds.reduce((sum, bound) => sum + bound, 0)).toBeLessThan(longestShape);
    }
  });

  it("takes out every secret of a long text, whatever stands around it", () => {
    const secrets = ["hunter2hunter2", `ghp_${"a1".repeat(12)}`, "https://me:hunter3@example.org/", ""];
    const lines = Array.from({ length: 2_000 }, (_, at) => `${at} ${"word ".repeat(at % 7)}${secrets[at % 97] ?? ""}`);
    const shown = createRedaction(["hunter2hunter2"]).text(lines.join("\n")).split("\n");
    const wanted = lines.map((line) => line.replace(/hunter2hunter2|ghp_\w+|me:hunter3/, "[redacted]"));
    expect(shown).toEqual(wanted);
  });

  it("looks for no short form of a short secret", () => {
    expect(formsOf("abcd")).toEqual(["abcd"]);
  });

  it.each([
    ["a port behind a host", "http://localhost:3000/path and ssh://host:22"],
    ["a scoped package in a URL", "https://registry.npmjs.org:443/@scope/name"],
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

  it("gives the same for every cut, also where keys and tokens stand in a line without an end", () => {
    const pem = `-----BEGIN PRIVATE KEY-----${"\\n"}${long.repeat(9)}-----END PRIVATE KEY-----`;
    const parts = [
      pem,
      pem.replaceAll("\\n", "\n"),
      "-----BEGIN PRIVATE KEY-----",
      "-----END PRIVATE KEY-----",
      "-----BEGIN ",
      `ghp_${long}`,
      "xAKIAIOSFODNN7EXAMPLE",
      "AKIAIOSFODNN7EXAMPLE",
      "https://ada:hunter2@example.org",
      "Authorization: Bearer abc.def-ghi_jkl",
      "hunter2hunter2",
      // Why: what a header may hold is longer than the overlap here; blanks end it.
      ". ".repeat(200),
      "\n",
      " ",
    ];
    const redaction = createRedaction(["hunter2hunter2"]);
    const options = { longestLine: 1400, overlap: 700 };
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts), { maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 30 }),
        (words, cuts) => {
          const text = words.join("");
          const stream = redaction.stream(options);
          let result = "";
          let at = 0;
          for (let turn = 0; at < text.length; turn++) {
            const step = cuts[turn % cuts.length] ?? 1;
            result += stream.push(text.slice(at, at + step));
            at += step;
          }
          expect(result + stream.end()).toBe(redaction.text(text));
        },
      ),
      { numRuns: 600 },
    );
  });

  it("lets no key through that stands in a line longer than what is held back", () => {
    const line = `{"key":"-----BEGIN RSA PRIVATE KEY-----\\n${long.repeat(9_000)}\\n-----END RSA PRIVATE KEY-----","x":"${"y".repeat(300_000)}"}`;
    const stream = createRedaction([]).stream();
    let result = "";
    for (let at = 0; at < line.length; at += 65_536) result += stream.push(line.slice(at, at + 65_536));
    expect(result + stream.end()).toBe(`{"key":"[redacted]","x":"${"y".repeat(300_000)}"}`);
  });

  it("reads hostile text in linear time", () => {
    const redaction = createRedaction(["secret-value"]);
    for (const piece of [
      "eyJ",
      "sk-",
      "ghp_",
      "-----BEGIN ",
      "xoxb-",
      "eyJaaaaaaaaa.",
      "://a:",
      "Authorization: Bearer ",
    ])
      redaction.text(piece.repeat(60_000));
  });
});

describe("a stream that left something out", () => {
  const key = "TUlJRXZRSUJBREFOQmdrcWhraUc5dzBCQVFFRkFBU0NCS2N3Z2dTakFnRUFBb0lCQVFD";

  it("does not show the rest of the line it begins in", () => {
    const stream = createRedaction([]).stream();
    stream.skip();
    expect(stream.push("e-of-a-token and more")).toBe("");
    expect(stream.push(" of it\nthe next line\n") + stream.end()).toBe("the next line\n");
  });

  it("does not show what may be the inside of a private key", () => {
    const stream = createRedaction([]).stream();
    expect(stream.push("-----BEGIN PRIVATE KEY-----\n")).not.toContain("BEGIN");
    stream.skip();
    const shown = stream.push(`${key}\n${key}\n${key}\n-----END PRIVATE KEY-----\nbehind it\n`) + stream.end();
    expect(shown).not.toContain(key.slice(0, 8));
    expect(shown).toContain("behind it");
  });

  it("goes on as before with the next ordinary line", () => {
    const stream = createRedaction(["hunter22"]).stream();
    stream.skip();
    expect(stream.push("rest\nit is hunter22 here\nand on\n") + stream.end()).toBe(`it is [redacted] here\nand on\n`);
  });
});
