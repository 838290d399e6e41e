import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { planDocument } from "../support/plan-document.ts";
import { checkRow, runPlanOf, trustOf, worldOf } from "../support/plan-run.ts";
import { isAlive, pidIn } from "../support/processes.ts";

/** Listens on the port it is given after a while; answers with status 503 first, then 200. */
const server = `const { createServer } = require("node:http");
const { writeFileSync } = require("node:fs");
let asked = 0;
setTimeout(() => createServer((request, answer) => { answer.statusCode = asked++ === 0 ? 503 : 200; answer.end("up"); })
  .listen(Number(process.argv[2]), "127.0.0.1", () => writeFileSync("pid", String(process.pid))), 300);
`;
const files = { "server.js": server };
const start = (port: number): string => `"${process.execPath}" server.js ${port}`;

/** A port on which nothing answered just now. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}

describe("a service is ready", () => {
  test.each([
    ["when its port answers", (port: number) => `ready=port:${port}`],
    ["when its page answers with success", (port: number) => `ready=url:http://localhost:${port}/`],
  ])("%s", async (_title, ready) => {
    const port = await freePort();
    const steps = [
      {
        annotation: `background ${ready(port)}`,
        run: start(port),
        verify: "test -s pid",
        outcomes: [`Port ${port} is open`],
      },
    ];
    const text = planDocument(steps, { checklist: [`Port ${port} is listening`] });
    const world = worldOf({ steps, files, document: () => text });
    const ran = runPlanOf(world);
    expect(ran.steps.map(({ verdict, reason }) => [verdict, reason])).toEqual([["verified", expect.anything()]]);
    const served = pidIn(world, "pid");
    expect(isAlive(served)).toBe(false);
    const verified = world.iplan(["verify", "IPLAN-001", trustOf(world)]);
    expect([verified.code, verified.stdout + verified.stderr]).toEqual([0, expect.stringContaining("verified")]);
    expect(pidIn(world, "pid")).not.toBe(served);
    expect(isAlive(pidIn(world, "pid"))).toBe(false);
    const audited = world.iplan(["verify", "IPLAN-001", "--audit", trustOf(world)]);
    expect([audited.code, audited.stdout]).toEqual([0, expect.stringContaining(`Port ${port} is listening`)]);
    expect(isAlive(pidIn(world, "pid"))).toBe(false);
  });

  test("when the time it asks for has passed", () => {
    checkRow({
      title: "",
      steps: [
        {
          annotation: "background ready=delay:700ms",
          run: "sleep 0.3; touch late; sleep 30",
          verify: "test -e late",
        },
      ],
      code: 0,
      verdicts: ["verified"],
    });
  });
});

test("a service is not started where something else answers already", async () => {
  const other = createServer((socket) => socket.end());
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const world = worldOf({
    steps: [{ annotation: `background ready=port:${port}`, run: `touch begun; ${start(port)}`, verify: "true" }],
    files,
  });
  const ran = runPlanOf(world);
  other.close();
  expect(ran.steps[0]).toMatchObject({
    verdict: "failed",
    reason: expect.stringContaining(`something else answers already (port:${port})`) as string,
  });
  expect(world.exists("begun")).toBe(false);
});
