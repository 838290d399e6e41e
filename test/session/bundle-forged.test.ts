import { generateKeyPairSync } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { readArchive } from "#session/bundle/archive";
import type { Manifest } from "#session/bundle/manifest";
import { bundled, examined, files, forged, planPath, ran, remade } from "../support/bundle-world.ts";
import { createSessionWorld, type SessionWorld } from "../support/session-world.ts";

let world: SessionWorld;
let bytes: Uint8Array;
beforeAll(async () => {
  world = await ran();
  bytes = await bundled(world);
});

describe("a bundle whose manifest was made to fit again", () => {
  const inJournal = (from: string | RegExp, to: string) => (path: string, text: string) =>
    path.includes("/runs/") ? text.replace(from, to) : text;
  const lastLine = /[^\n]+\n$/u;
  const first = /^[^\n]+\n/u;

  it("is one a forger can make, as long as everything in it hangs together", async () => {
    const { data } = await examined(forged(bytes, (path, text) => (path.includes("TASKS") ? `${text}\n` : text)));
    expect(data.whole).toBe(true);
  });

  it.each([
    ["an event left out", inJournal(/\n[^\n]+/u, ""), {}, "event 2"],
    ["the first event left out", inJournal(first, ""), {}, "event 1"],
    ["events turned", inJournal(/^(?<a>[^\n]+\n)(?<b>[^\n]+\n)/u, "$<b>$<a>"), {}, "event 2"],
    ["the journal cut off", inJournal(/(?:[^\n]+\n){4}$/u, ""), {}, "missing with all behind it"],
    ["half of a line", inJournal(lastLine, '{"v":1'), {}, "ends in the middle of a line"],
    ["a journal that is none", inJournal(/.+/su, "Hello\n"), {}, "hangs together"],
    ["a check that failed after all", inJournal(/("status":)0/gu, "$11"), {}, "its evidence says failed"],
    [
      "another output",
      (path: string, text: string) => (path.includes("evidence/") ? "Hello" : text),
      {},
      "is not the output",
    ],
    [
      "another verdict of the plan",
      (_path: string, text: string) => text,
      { verdict: "manual" },
      "the manifest says manual",
    ],
    ["another verdict of a step", (_path: string, text: string) => text, { verdicts: [] }, "the manifest says nothing"],
    [
      "a damaged receipt",
      (path: string, text: string) => (path.endsWith("receipt.ndjson") ? `x\n${text}` : text),
      {},
      "not a line of JSON",
    ],
    [
      "a plan with another command",
      (path: string, text: string) =>
        path.endsWith(`${planPath}`) ? text.replace("test -e built", "test -e other") : text,
      {},
      "is not the plan whose hash the manifest has",
    ],
    ["events of no known form", inJournal(/"evidence":\{/gu, '"evidence":null,"x":{'), {}, "no known form"],
    [
      "a manifest that lacks its plan",
      (_path: string, text: string) => text,
      { plan: {} },
      "lacks what a manifest says",
    ],
  ])("with %s is refused", async (_title, change, lie, message) => {
    const { code, data } = await examined(forged(bytes, change, lie));
    expect(data.problems.map((problem) => problem.message).join("\n")).toContain(message);
    expect(code).toBe(1);
  });

  it("with an output left out that the manifest does not call missing is refused", async () => {
    const { digest: _digest, ...told } = JSON.parse(
      new TextDecoder().decode(readArchive(bytes).files[0]?.bytes),
    ) as Manifest & { digest: string };
    const less = told.files.filter(({ kind }) => kind !== "output");
    const made = remade(
      forged(bytes, (_path, text) => text, { files: less }),
      (name, text) => (name.includes("/evidence/") ? undefined : text),
    );
    const { data } = await examined(made);
    expect(data.problems[0]?.message).toBe("is named by the journal and is not there");
  });
});

describe("a seal", () => {
  const keys = (type: "ed25519" | "x25519" = "ed25519") => {
    const { privateKey, publicKey } = generateKeyPairSync(type as "ed25519");
    return {
      secret: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      shown: publicKey.export({ type: "spki", format: "pem" }).toString(),
    };
  };
  const [mine, other, wrong] = [keys(), keys(), keys("x25519")];
  const sealed = async (): Promise<Uint8Array> =>
    bundled(await ran({ "seal.key": mine.secret }), ["--seal", "seal.key"]);

  it("holds for the key it was made with, and for no other", async () => {
    const made = await sealed();
    const right = await examined(made, ["--key", "pub"], { pub: mine.shown });
    expect(right).toMatchObject({ code: 0, data: { whole: true, seal: { state: "holds" } } });
    expect(right.stdout).toContain("✓ sealed by sha256:");
    const no = await examined(made, ["--key", "pub"], { pub: other.shown });
    expect(no).toMatchObject({ code: 1, data: { whole: false, seal: { state: "other-key" } } });
  });

  it("is broken by whoever makes the manifest fit again", async () => {
    const forged = remade(await sealed(), (name, text) => {
      if (name !== "manifest.json") return text;
      const { digest: _digest, ...rest } = JSON.parse(text) as Record<string, unknown>;
      const lied = JSON.stringify({ ...rest, tool: "iplan 9" });
      const digest = world.host.hash.sha256(lied);
      return `${JSON.stringify({ ...rest, tool: "iplan 9", digest }, Object.keys({ ...rest, digest }).toSorted())}\n`;
    });
    const { code, data } = await examined(forged);
    expect({ code, state: data.seal.state }).toEqual({ code: 1, state: "broken" });
  });

  it("that is asked for and not there is a failure", async () => {
    const { code, data } = await examined(bytes, ["--key", "pub"], { pub: mine.shown });
    expect(code).toBe(1);
    expect(data.problems).toMatchObject([
      { where: "seal.json", message: expect.stringContaining("nobody sealed") as unknown },
    ]);
  });

  it("is made by people only, and with keys of the right kind", async () => {
    const assistant = createSessionWorld({ ...files, key: mine.secret }, { environment: { CLAUDECODE: "1" } });
    const refused = await assistant.call(["export", "bundle", "IPLAN-001", "--seal", "key"]);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("may not seal a bundle") as unknown });
    const unfit = await (await ran({ key: wrong.secret })).call(["export", "bundle", "IPLAN-001", "--seal", "key"]);
    expect(unfit).toMatchObject({ code: 2, stderr: expect.stringContaining("it is one of x25519") as unknown });
  });
});
