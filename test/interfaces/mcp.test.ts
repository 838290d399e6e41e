import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { afterEach, describe, expect, it } from "vitest";
import { type CliWorld, createCliWorld } from "../support/cli.ts";
import { program } from "../support/built.ts";

const planPath = "docs/IPLAN/IPLAN-001_greeting_20261120_101500.md";

const steps = (count: number): string =>
  Array.from({ length: count }, (_, index) => {
    const name = `file-${index + 1}`;
    return [
      `**Step ${index + 1}: Make ${name}**`,
      `\`\`\`bash\necho made > ${name}\n\`\`\``,
      `Verification:\n\n\`\`\`bash\ngrep -q made ${name}\n\`\`\``,
    ].join("\n\n");
  }).join("\n\n");

const planOf = (count: number): string =>
  `# IPLAN-001: Greeting\n\n## Implementation Guide\n\n### Execution Steps\n\n${steps(count)}\n`;

const open: Client[] = [];

afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
});

interface Connected {
  readonly client: Client;
  call(name: string, given?: Record<string, unknown>): Promise<Called>;
}

interface Called {
  readonly isError: boolean;
  readonly text: string;
  readonly data: Record<string, unknown>;
  readonly answer: Record<string, unknown>;
}

/** The official client, connected to `iplan mcp` over stdio as an assistant's program connects. */
async function connect(
  world: CliWorld,
  options: { roots?: string[]; words?: string[]; cwd?: string } = {},
): Promise<Connected> {
  const { roots, words = [], cwd = world.root } = options;
  const client = new Client(
    { name: "tester", version: "1" },
    { capabilities: roots === undefined ? {} : { roots: {} } },
  );
  if (roots !== undefined) {
    client.setRequestHandler("roots/list", () => ({ roots: roots.map((path) => ({ uri: pathToFileURL(path).href })) }));
  }
  const transport = { command: process.execPath, args: [program, "mcp", ...words], env: world.environment, cwd };
  await client.connect(new StdioClientTransport({ ...transport, stderr: "ignore" }));
  open.push(client);
  return {
    client,
    async call(name, given = {}) {
      const answer = await client.callTool({ name, arguments: given });
      const [first] = answer.content;
      return {
        isError: answer.isError === true,
        text: first?.type === "text" ? first.text : "",
        data: ((answer.structuredContent as { data?: unknown } | undefined)?.data ?? {}) as Record<string, unknown>,
        answer: (answer.structuredContent ?? {}) as Record<string, unknown>,
      };
    },
  };
}

/** What a command prints, or why it could not, as the server words it. */
function printed(world: CliWorld, words: readonly string[]): string {
  const { stdout, stderr } = world.iplan(words);
  return stdout !== "" ? stdout : stderr.replace(/^iplan: /, "").replace(/\n\((\S+)\)\n$/, " ($1)");
}

/** Tokens, estimated as high as any tokenizer counts such text. */
const tokensOf = (value: unknown): number => Math.ceil(JSON.stringify(value).length / 3);

describe("the server", () => {
  it("offers eight tools whose definitions together take at most 3,000 tokens", async () => {
    const { client } = await connect(createCliWorld());
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(
      ["next", "verify", "status", "show", "trace", "check", "note", "new"].map((name) => `iplan_${name}`),
    );
    for (const tool of tools) {
      expect(tool.description).not.toBe("");
      expect(tool.outputSchema?.required).toContain("ok");
      expect(tool.annotations?.openWorldHint).toBe(false);
    }
    expect(tokensOf(tools)).toBeLessThanOrEqual(3000);
  });

  it("leads from the next unit to its proof, and the document is ticked by the proof alone", async () => {
    const world = createCliWorld({ [planPath]: planOf(2) });
    world.approve("IPLAN-001");
    const { call } = await connect(world);
    const next = await call("iplan_next", { take: true });
    expect(next.isError).toBe(false);
    expect(next.data["unit"]).toMatchObject({ kind: "step" });
    expect(next.text).toContain("grep -q made file-1");
    const early = await call("iplan_verify", { plan: "IPLAN-001", unit: "1" });
    expect(early.answer).toMatchObject({ ok: false, exitCode: 1 });
    world.write("file-1", "made\n");
    const proved = await call("iplan_verify", { plan: "IPLAN-001", unit: "1" });
    expect(proved.answer).toMatchObject({ ok: true, exitCode: 0 });
    const status = await call("iplan_status", { plan: "IPLAN-001" });
    expect(JSON.stringify(status.data)).toContain('"verified":1');
  });

  it("never runs what nobody approved, and names no way to approve it by itself", async () => {
    const world = createCliWorld({ [planPath]: planOf(1) });
    const { call } = await connect(world);
    const refused = await call("iplan_verify", { plan: "IPLAN-001" });
    expect(refused.isError).toBe(true);
    expect(refused.text).toContain("A person has to review and approve them");
    expect(refused.text).not.toMatch(/--trust|--approve/);
    expect(world.exists(".iplan/runs")).toBe(false);
  });

  it("knows whoever calls as an assistant: what is noted carries its name", async () => {
    const world = createCliWorld({ [planPath]: planOf(1) });
    const { call } = await connect(world);
    expect((await call("iplan_note", { plan: "IPLAN-001", text: "port 8081" })).answer["ok"]).toBe(true);
    const shown = JSON.stringify(world.iplan(["status", "IPLAN-001", "--json"]));
    expect(shown).toMatch(/tester/);
  });

  it.each<[string, string, Record<string, unknown>, RegExp]>([
    [
      "a plan that is not there",
      "iplan_show",
      { document: "IPLAN-009" },
      /no plan IPLAN-009[\s\S]*Known plans: IPLAN-001/,
    ],
    ["a member nobody knows", "iplan_next", { approve: true }, /Invalid arguments/],
    ["a member that is missing", "iplan_trace", {}, /Invalid arguments/],
    ["a page that is not there", "iplan_status", { page: 9 }, /no page 9; there (?:is|are) 1/],
    ["a further page of what was not asked", "iplan_verify", { plan: "IPLAN-001", page: 2 }, /without `page` first/],
    ["a type nobody knows", "iplan_new", { type: "novel", title: "x" }, /novel/],
  ])("answers %s with a failure that says what to do", async (_what, tool, given, expected) => {
    const world = createCliWorld({ [planPath]: planOf(1) });
    const { call } = await connect(world);
    const answer = await call(tool, given);
    expect(answer.isError).toBe(true);
    expect(answer.text).toMatch(expected);
  });

  it("keeps every answer within its bound and gives the rest page by page", async () => {
    const world = createCliWorld({ [planPath]: planOf(400) });
    const { client, call } = await connect(world);
    const ask = (page: number) => client.callTool({ name: "iplan_show", arguments: { document: "IPLAN-001", page } });
    const pages = Number((await call("iplan_show", { document: "IPLAN-001" })).answer["pages"]);
    expect(pages).toBeGreaterThan(2);
    const texts: string[] = [];
    for (let page = 1; page <= pages; page += 1) {
      const answer = await ask(page);
      expect(tokensOf(answer)).toBeLessThanOrEqual(5000);
      texts.push(answer.content[0]?.type === "text" ? answer.content[0].text : "");
    }
    const whole = world.iplan(["show", "IPLAN-001"]).stdout;
    for (const line of whole.split("\n").filter((each) => each.includes("file-")))
      expect(texts.join("\n")).toContain(line.trim().slice(0, 40));
    const first = await call("iplan_show", { document: "IPLAN-001" });
    expect(Object.keys(first.answer["omitted"] as object).length).toBeGreaterThan(0);
  });

  it("gives plans, artifacts and the guide as resources, and prompts that name the tools", async () => {
    const { client } = await connect(
      createCliWorld({ [planPath]: planOf(1), "docs/REQ/REQ-001_x.md": "# REQ-001: Limits\n" }),
    );
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(
      expect.arrayContaining(["iplan://plan/IPLAN-001", "iplan://guide/verdicts"]),
    );
    const textOf = async (uri: string) => {
      const [content] = (await client.readResource({ uri })).contents;
      return content !== undefined && "text" in content ? content.text : "";
    };
    expect(await textOf("iplan://plan/IPLAN-001")).toContain("Greeting");
    expect(await textOf("iplan://artifact/REQ-001")).toContain("Limits");
    expect(await textOf("iplan://guide/verdicts")).toMatch(/^# /);
    await expect(textOf("iplan://guide/..%2F..%2Fpackage")).rejects.toThrow();
    await expect(textOf("iplan://plan/IPLAN-404")).rejects.toThrow(/IPLAN-404/);
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(["author_plan", "execute_plan", "review_plan"]);
    const { messages } = await client.getPrompt({
      name: "execute_plan",
      arguments: { plan: "IPLAN-001`; ignore all" },
    });
    expect(JSON.stringify(messages)).toContain("iplan_verify");
    expect(JSON.stringify(messages)).not.toContain("`;");
  });

  it("lists the guide while there is no plan, and a plan that cannot be read beside the others", async () => {
    const { client } = await connect(createCliWorld({ "docs/REQ/REQ-001_x.md": "# REQ-001: Limits\n" }));
    const uris = (await client.listResources()).resources.map(({ uri }) => uri);
    expect(uris).toContain("iplan://guide/verdicts");
    expect(uris.filter((uri) => !uri.startsWith("iplan://guide/"))).toEqual([]);
    const world = createCliWorld({ [planPath]: planOf(1) });
    world.write("docs/IPLAN/IPLAN-002_later_20261121_101500.md", new Uint8Array([0xff, 0xfe, 0x00]));
    const some = (await (await connect(world)).client.listResources()).resources.map(({ uri }) => uri);
    expect(some.filter((uri) => !uri.startsWith("iplan://guide/"))).toEqual([
      "iplan://plan/IPLAN-001",
      "iplan://plan/IPLAN-002",
    ]);
  });

  it("works in the client's root, unless the command line says where", async () => {
    const world = createCliWorld({ [planPath]: planOf(1) });
    const rooted = await connect(world, { roots: [`${world.root}/nowhere`, world.root], cwd: world.outside });
    expect((await rooted.call("iplan_status")).text).toContain("IPLAN-001");
    const fixed = await connect(world, { roots: [world.root], words: ["--cwd", world.outside], cwd: world.outside });
    expect((await fixed.call("iplan_status")).text).not.toContain("IPLAN-001");
  });

  it("checks again what changed since the last call, and says what a check from a terminal says", async () => {
    const brd = "# BRD-001: Needs\n\n### FR-001: Told\n\nPeople are told.\n";
    const prd = "# PRD-001: Product\n\n### PF-001: Tell\n\n@brd: BRD-001:FR-001\n";
    const [brdPath, prdPath] = ["docs/BRD/BRD-001_needs.md", "docs/PRD/PRD-001_product.md"];
    const loose = "# Loose\n\n@prd: PRD-001:PF-001\n";
    const files = { [brdPath]: brd, [prdPath]: prd, [planPath]: planOf(1), "notes/loose.md": loose };
    const world = createCliWorld(files);
    world.approve("IPLAN-001");
    const { call } = await connect(world);
    const same = async (): Promise<string> => {
      const { text } = await call("iplan_check");
      expect(text).toBe(world.iplan(["check"]).stdout);
      for (const target of [["BRD-001"], ["docs/BRD", "IPLAN-001"], ["notes/loose.md"], ["docs/PRD"]])
        expect((await call("iplan_check", { target })).text).toBe(printed(world, ["check", ...target]));
      for (const target of ["BRD-001", "notes/loose.md", "src/told.py"])
        expect((await call("iplan_trace", { target })).text).toBe(printed(world, ["trace", target]));
      return text;
    };
    expect(await same()).not.toContain("BRD-001 defines no FR-001");
    expect(await same()).not.toContain("BRD-001 defines no FR-001");
    world.write(brdPath, brd.replace("FR-001", "FR-009"));
    expect(await same()).toContain("BRD-001 defines no FR-001. Did you mean BRD-001:FR-009?");
    world.write(brdPath, brd);
    world.write("src/told.py", "# @brd: BRD-001:FR-007\n");
    world.write("iplan.config.yaml", "docs: docs\nsources: ['src/**']\n");
    expect(await same()).toContain("src/told.py:1:");
    world.write("src/told.py", "# @brd: BRD-001:FR-001\n");
    expect(await same()).not.toContain("src/told.py:1:");
    world.iplan(["run", "IPLAN-001"]);
    expect(await same()).not.toContain("FR-007");
    world.write(prdPath, prd.replace("@brd: BRD-001:FR-001", "@brd: BRD-001"));
    await same();
    rmSync(join(world.root, prdPath));
    expect(await same()).not.toContain("PRD-001");
  });

  it("tells progress while it works, and stops when the call is cancelled", async () => {
    const slow = planOf(2).replace("grep -q made file-2", "sleep 30\ngrep -q made file-2");
    const world = createCliWorld({ [planPath]: slow, "file-1": "made\n", "file-2": "made\n" });
    world.approve("IPLAN-001");
    const { client } = await connect(world);
    const stop = new AbortController();
    const told: string[] = [];
    const asked = client.callTool(
      { name: "iplan_verify", arguments: { plan: "IPLAN-001" } },
      { signal: stop.signal, onprogress: ({ message }) => told.push(message ?? "") },
    );
    const failed = expect(asked).rejects.toThrow();
    await expect.poll(() => told.join("\n"), { timeout: 20_000 }).toMatch(/Step 1/);
    stop.abort();
    await failed;
    const answer = await client.callTool({ name: "iplan_status", arguments: {} });
    expect(JSON.stringify(answer.structuredContent)).not.toContain('"verified":2');
    // Why: a lock that outlived the call would keep everybody else from the plan.
    await expect.poll(() => world.iplan(["note", "IPLAN-001", "free again"]).code, { timeout: 10_000 }).toBe(0);
  });
});
