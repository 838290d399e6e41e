import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CliResult, createCliWorld, filesBelow } from "../support/cli.ts";
import { planDocument, planPath } from "../support/plan-document.ts";

const code = "4711-0815-q";
const pem =
  "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n-----END PRIVATE KEY-----\n";
const lines = "correct horse battery\nstaple of many words\n";
const token = `ghp_${"a1B2c3D4".repeat(5)}`;
const deploy = "s3cr3t/päss+word";

/** The secrets and every form of them that the plan makes. */
const planted: readonly string[] = [
  code,
  "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
  "correct horse battery",
  "staple of many words",
  token,
  deploy,
  encodeURIComponent(deploy),
  Buffer.from(`ada:${deploy}`).toString("base64").slice(4, 20),
  "hunter2hunter2",
  "swordfish-42",
];

const environment = { LOCKER_CODE: code, KEY_FILE: pem, PHRASES: lines, DEPLOY_TOKEN: deploy };

const plan = planDocument([
  {
    run: [
      'echo "code $LOCKER_CODE"; echo "err $LOCKER_CODE" >&2',
      'printf %s "$LOCKER_CODE" | while read -rn1 letter; do printf %s "$letter"; sleep 0.01; done; echo',
      'printf "%s" "$KEY_FILE"; printf "%s" "$PHRASES"',
      `echo ${token.slice(0, 9)}"${token.slice(9)}"`,
      'echo "$DEPLOY_TOKEN"; printf %s "ada:$DEPLOY_TOKEN" | base64',
      `node -p 'encodeURIComponent(process.env.DEPLOY_TOKEN)'`,
      'export LOCKER_CODE="$LOCKER_CODE" STEP_ONE=done',
    ].join("\n"),
    verify: 'test -n "$LOCKER_CODE"',
  },
  {
    run: 'echo "Error: $LOCKER_CODE https://ada:hunter2""hunter2@example.org" >&2; VAULT_CODE=swordfish-$((40 + 2)); echo "got $VAULT_CODE"',
    verify: "test -d docs",
  },
  { run: 'echo "last words $DEPLOY_TOKEN, $VAULT_CODE"; exit 3', verify: "test -d docs" },
]);

describe("secrets that were planted", () => {
  it("stand in no file and in nothing that is printed", () => {
    const world = createCliWorld({
      "iplan.config.yaml": "docs: docs\nsecrets: [LOCKER_CODE, PHRASES, VAULT_CODE]\n",
      // Why: the document's own text is shown as it is; what looks like a secret stands there in two parts.
      [planPath()]: plan,
    });
    world.approve("IPLAN-001");
    const call = (...words: string[]): CliResult => world.iplan(words, { environment });
    const printed = [
      call("run", "IPLAN-001", "--secret", "KEY_FILE", "--keep-going"),
      call("run", "IPLAN-001", "--redo", "1", "--json"),
      call("run", "IPLAN-001", "--new", "--events", "--keep-going"),
      call("show", "IPLAN-001", "1", "--output"),
      call("show", "IPLAN-001", "2", "--output", "--json"),
      call("status", "IPLAN-001"),
      call("status", "--json"),
      call("next"),
      call("next", "--json"),
      call("note", "IPLAN-001", `the code is ${code}`, "--json"),
      call("sign", "IPLAN-001", "2", "--reason", `it printed ${code} and ${deploy}`),
      call("verify", "--audit"),
      call("verify", "IPLAN-001", "1", "--json"),
      call("doctor", "--json"),
      call("check", "--json"),
      call("run", "IPLAN-001", "--only", code),
    ];
    const texts = printed.flatMap(({ stdout, stderr }) => [stdout, stderr]);
    expect(texts.join("")).toContain("[redacted]");
    const folder = dirname(world.root);
    const files = filesBelow(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const);
    const found = [
      ...files.map(([name, text]) => [name, text] as const),
      ...texts.map((text, index) => [`call ${Math.floor(index / 2)}`, text] as const),
    ].flatMap(([name, text]) =>
      planted.filter((secret) => text.includes(secret)).map((secret) => `${name}: ${secret}`),
    );
    // What is typed as an argument is said back where it is wrong; nothing else is.
    expect(found).toEqual([`call ${printed.length - 1}: ${code}`]);
    const state = files.filter(([name]) => name.endsWith("/state"));
    expect(state.some(([, text]) => text.includes("LOCKER_CODE") && text.includes("STEP_ONE"))).toBe(true);
    // The other directories of the outcome are there to be looked into.
    expect(files.some(([name]) => name.includes(".iplan/evidence/"))).toBe(true);
    expect(files.filter(([name]) => name.endsWith("/output"))).toEqual([]);
  });
});
