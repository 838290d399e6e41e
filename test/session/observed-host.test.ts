import { describe, expect, it } from "vitest";
import type { Files, Host } from "#model/ports";
import { type Answers, decodeAnswers, encodeAnswers, stillHold } from "../../src/session/answers.ts";
import { observe } from "../../src/session/observed-host.ts";
import { createSessionWorld, root } from "../support/session-world.ts";

const file = `${root}/docs/a.md`;
const ring = `${root}/ring`;
const folder = `${root}/docs`;
const none: Answers = { stats: new Map(), others: new Map() };

/** A world whose one document was written a minute ago, watched except in its cache. */
async function watched() {
  const { host } = createSessionWorld({ "docs/a.md": "# A\n", ".cache/kept": "1" });
  host.files.link(`${root}/link.md`, file);
  host.files.link(ring, ring);
  await host.timer.sleep(60_000);
  const observation = observe(host, (path) => path.startsWith(`${root}/.cache`));
  return { host, observation, files: observation.host.files };
}

/** Questions of both sorts, as they are called here. */
function asked(answers: Answers | undefined): readonly string[] {
  return [...[...(answers?.stats.keys() ?? [])].map((path) => `stat ${path}`), ...(answers?.others.keys() ?? [])];
}

/** Whether answers hold after they were written down and read again, with something behind them. */
function hold(files: Files, answers: Answers): boolean {
  const bytes = Buffer.concat([...encodeAnswers(answers), Buffer.from("rest")]);
  const { answers: read, rest } = decodeAnswers(bytes);
  expect(new TextDecoder().decode(rest)).toBe("rest");
  return stillHold(files, read);
}

const questions = {
  "the facts of a file": [(files) => files.stat(file), [`stat ${file}`]],
  "what a file holds": [(files) => files.read(file), [`stat ${file}`]],
  "a stretch of a file": [(files) => files.readSlice(file, 0, 1), [`stat ${file}`]],
  "the bytes of a file": [(files) => files.readBinary(file, 0, 1), [`stat ${file}`]],
  "the digest of a file": [(files) => files.digest(file), [`stat ${file}`]],
  "the entries of a folder": [(files) => files.list(folder), [`list ${folder}`]],
  "the real path": [(files) => files.realPath(file), [`real ${file}`]],
  "whether it may be read": [(files) => files.allows(file, "read"), [`read? ${file}`]],
  "whether it may be written": [(files) => files.allows(file, "write"), [`write? ${file}`]],
  "what lies in the cache": [(files) => files.read(`${root}/.cache/kept`), []],
} satisfies Record<string, readonly [(files: Files) => unknown, readonly string[]]>;

describe("what is asked of the files", () => {
  it.each(Object.entries(questions))("is answered as ever, noted, and holds: %s", async (_, [ask, noted]) => {
    const { host, observation, files } = await watched();
    expect(ask(files)).toEqual(ask(host.files));
    const answers = observation.settled();
    expect(asked(answers)).toEqual(noted);
    expect(hold(host.files, answers ?? none)).toBe(true);
  });

  it.each<[string, (files: Files) => unknown, (files: Files) => void]>([
    ["a file that was written", (files) => files.read(file), (files) => files.writeAtomic(file, new Uint8Array(9))],
    ["a file that is gone", (files) => files.stat(file), (files) => files.remove(file)],
    ["a folder with one more entry", (files) => files.list(folder), (files) => files.makeDirectory(`${folder}/b`)],
    ["a folder that is none now", (files) => files.list(folder), (files) => replaceFolder(files)],
    ["a path that is gone", (files) => files.realPath(file), (files) => files.remove(file)],
    ["a file that may not be read", (files) => files.allows(file, "read"), (files) => files.remove(file)],
  ])("does not hold any more for %s", async (_, ask, change) => {
    const { host, observation, files } = await watched();
    ask(files);
    const answers = observation.settled() ?? none;
    change(host.files);
    expect(hold(host.files, answers)).toBe(false);
  });

  it("does not hold for a question that nobody knows", async () => {
    const { host } = await watched();
    expect(hold(host.files, { stats: new Map(), others: new Map([["smell /ws", "good"]]) })).toBe(false);
  });

  it("settles nothing when a folder is read as if it were a file", async () => {
    const { observation, files } = await watched();
    expect(() => files.read(folder)).toThrow();
    expect(observation.settled()).toBeUndefined();
  });

  it.each<[string, (files: Files) => unknown, (files: Files) => void]>([
    ["of a file as if it were a folder", (files) => files.list(file), (files) => files.remove(file)],
    ["where a link to itself leads", (files) => files.realPath(ring), (files) => files.remove(ring)],
  ])("holds while it fails in the same way, and then no more: what is asked %s", async (_, ask, change) => {
    const { host, observation, files } = await watched();
    expect(() => ask(files)).toThrow();
    const answers = observation.settled();
    expect(answers).toBeDefined();
    expect(hold(host.files, answers ?? none)).toBe(true);
    change(host.files);
    expect(hold(host.files, answers ?? none)).toBe(false);
  });

  it("settles nothing while a fact of a file is young, such as its times that were set back", async () => {
    const { host, files, observation } = await watched();
    const { stat } = host.files;
    const now = host.clock.now();
    Object.assign(host.files, {
      stat: (path: string) => ({ ...stat.call(host.files, path), changedMs: now }),
    });
    files.read(file);
    expect(observation.settled()).toBeUndefined();
  });

  it("settles nothing when a link was read, a file changed meanwhile, or is too young", async () => {
    const linked = await watched();
    linked.files.read(`${root}/link.md`);
    expect(linked.observation.settled()).toBeUndefined();
    const changed = await watched();
    changed.files.stat(file);
    changed.host.files.remove(file);
    changed.files.stat(file);
    expect(changed.observation.settled()).toBeUndefined();
    const young = await watched();
    young.files.writeAtomic(file, new Uint8Array(1));
    young.files.read(file);
    expect(young.observation.settled()).toBeUndefined();
  });

  it("writes as ever", async () => {
    const { host, observation, files } = await watched();
    const text = new TextEncoder().encode("new");
    files.makeDirectory(`${root}/new`);
    expect(files.createExclusive(`${root}/new/a`, text)).toBe(true);
    files.rename(`${root}/new/a`, `${root}/new/b`);
    const appended = files.openAppend(`${root}/new/b`);
    appended.append(text);
    appended.close();
    expect(host.files.text(`${root}/new/b`)).toBe("newnew");
    files.remove(`${root}/new`);
    expect(host.files.stat(`${root}/new`)).toBeUndefined();
    expect(observation.settled()).toEqual(none);
  });
});

function replaceFolder(files: Files): void {
  files.remove(folder);
  files.writeAtomic(folder, new Uint8Array());
}

describe("what is asked of anything else", () => {
  it.each<[string, (host: Host) => unknown]>([
    ["git", (host) => host.git(root).head()],
    ["the shell", (host) => host.shell],
    ["the machine", (host) => host.machine],
    ["ids", (host) => host.ids],
    ["the log", (host) => host.log],
    ["what was approved", (host) => host.trust(root).stateDirectory()],
  ])("settles nothing: %s", async (_, ask) => {
    const { observation } = await watched();
    ask(observation.host);
    expect(observation.settled()).toBeUndefined();
  });

  it("settles when it is only the key of the workspace", async () => {
    const { host, observation } = await watched();
    const key = host.trust(root).key({ create: true });
    expect(observation.host.trust(root).key({ create: false })).toBe(key);
    expect(observation.settled()).toEqual(none);
  });
});
