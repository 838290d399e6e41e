import { createMemoryHost } from "#host/memory";
import { type Config, defaultConfig } from "#model/config";
import { IplanError } from "#model/errors";
import { aidoc16 } from "#profile/aidoc-16";
import { aidocDotted } from "#profile/aidoc-dotted";
import { classifyDocument } from "#session/classify";
import { findRoot, largestDocument, namedDocument, walkDocuments } from "#session/workspace";
import { describe, expect, test } from "vitest";

const filesOf = (...paths: string[]): Record<string, string> => Object.fromEntries(paths.map((path) => [path, "x"]));

async function walk(
  files: Record<string, string>,
  config: Partial<Config> = {},
  root = "/w",
): Promise<readonly string[]> {
  const host = createMemoryHost({ files });
  const { documents } = await walkDocuments(host.files, root, { ...defaultConfig, ...config }, aidoc16);
  return documents.map((each) => each.path);
}

test.each([
  ["the nearest configuration wins over a nearer repository", ["/a/iplan.config.yaml", "/a/b/.git/HEAD"], "/a"],
  ["the nearest of two configurations", ["/a/iplan.config.yaml", "/a/b/iplan.config.yaml"], "/a/b"],
  ["else the repository", ["/a/.git/HEAD"], "/a"],
  ["else the start itself", ["/x"], "/a/b/c"],
  ["a repository may be a file", ["/a/b/.git"], "/a/b"],
  ["it may be the root of all", ["/iplan.config.yaml"], "/"],
])("the root: %s", (_title, paths, root) => {
  const host = createMemoryHost({ files: filesOf(...paths) });
  expect(findRoot(host.files, "/a/b/c")).toBe(root);
});

test.each([
  ["IPLAN/IPLAN-001_mail_20250101_120000.md", { type: "IPLAN", artifactId: "IPLAN-001", template: false }],
  ["IPLAN-001_mail_part2_20250101_120000.md", { type: "IPLAN", artifactId: "IPLAN-001", part: 2, template: false }],
  ["IPLAN-001_part1_setup.md", { type: "IPLAN", artifactId: "IPLAN-001", part: 1, template: false }],
  ["REQ/api/REQ-042-01_login.md", { type: "REQ", artifactId: "REQ-042-01", template: false }],
  ["BDD-003_limits.feature", { type: "BDD", artifactId: "BDD-003", template: false }],
  ["CTR-003_api.yaml", { type: "CTR", artifactId: "CTR-003", template: false }],
  ["IPLAN-000_index.md", { type: "IPLAN", template: true }],
  ["IPLAN-TEMPLATE.md", { type: "IPLAN", template: true }],
  ["REQ-000_TRACEABILITY_MATRIX-TEMPLATE.md", { type: "REQ", template: true }],
  ["IPLAN-NNN_slug_YYYYMMDD.md", { type: "IPLAN", template: true }],
  ["12_IPLAN/iplan-1-mail.md", { type: "IPLAN", template: false }],
  ["IPLAN-1_mail.md", { type: "IPLAN", template: false }],
  ["IPLAN_001_mail.md", { type: "IPLAN", template: false }],
  ["IPLAN_VALIDATION_RULES.md", { template: false }],
  ["BRD-001_photo.png", { template: false }],
  ["BDD-003_limits.md", { template: false }],
  ["README.md", { template: false }],
  ["prd-19-section-changes.md", { template: false }],
  ["IPLAN/notes.md", { template: false }],
  ["IPLANS.md", { template: false }],
  ["Makefile", { template: false }],
])("%s is %j", (path, expected) => {
  expect(classifyDocument(aidoc16, path)).toEqual(expected);
});

test("the dotted dialect names its documents its own way", () => {
  expect(classifyDocument(aidocDotted, "TASKS-01_x.md")).toEqual({
    type: "TASKS",
    artifactId: "TASKS-01",
    template: false,
  });
});

describe("a walk", () => {
  test("finds documents by name, sorted, and passes over the rest", async () => {
    const files = filesOf(
      "/w/docs/REQ/REQ-002_b.md",
      "/w/docs/REQ/REQ-001_a.md",
      "/w/docs/12_IPLAN/IPLAN-001_x_20250101_120000.md",
      "/w/docs/README.md",
      "/w/docs/IPLAN-000_index.md",
      "/w/src/index.ts",
      "/w/node_modules/p/REQ-003_c.md",
      "/w/.git/REQ-004_d.md",
      "/w/.iplan/REQ-005_e.md",
    );
    expect(await walk(files)).toEqual([
      "docs/12_IPLAN/IPLAN-001_x_20250101_120000.md",
      "docs/IPLAN-000_index.md",
      "docs/REQ/REQ-001_a.md",
      "docs/REQ/REQ-002_b.md",
    ]);
  });

  test("stays below the settings' directory of documents", async () => {
    const files = filesOf("/w/docs/REQ-001_a.md", "/w/other/REQ-002_b.md");
    expect(await walk(files, { docs: "docs" })).toEqual(["docs/REQ-001_a.md"]);
    expect(await walk(files, { docs: "./docs" })).toEqual(["docs/REQ-001_a.md"]);
    expect(await walk(files, { docs: "none" })).toEqual([]);
  });

  test("works at the root of all", async () => {
    expect(await walk(filesOf("/REQ-001_a.md"), {}, "/")).toEqual(["REQ-001_a.md"]);
  });

  test("honours ignore files of every level, as git does, and the settings' own", async () => {
    const files = {
      ...filesOf(
        "/r/.git/HEAD",
        "/r/w/a/REQ-001_a.md",
        "/r/w/a/REQ-002_b.md",
        "/r/w/b/REQ-003_c.md",
        "/r/w/c/REQ-004_d.md",
      ),
      ...filesOf("/r/w/REQ-005_e.md", "/r/w/drafts/REQ-006_f.md"),
      "/r/.gitignore": "REQ-005*\n/w/c/\n",
      "/r/w/.gitignore": "REQ-00[12]*\n",
      "/r/w/a/.gitignore": "!REQ-002*\n",
    };
    expect(await walk(files, { ignore: ["drafts/"] }, "/r/w")).toEqual(["a/REQ-002_b.md", "b/REQ-003_c.md"]);
  });

  test("does not look for ignore files above the workspace outside a repository", async () => {
    const files = { ...filesOf("/r/w/REQ-001_a.md"), "/r/.gitignore": "*\n" };
    expect(await walk(files, {}, "/r/w")).toEqual(["REQ-001_a.md"]);
  });

  test("follows no links", async () => {
    const host = createMemoryHost({ files: filesOf("/w/REQ-001_a.md", "/out/REQ-002_b.md", "/w/in/REQ-003_c.md") });
    host.files.link("/w/linked", "/out");
    host.files.link("/w/REQ-004_d.md", "/out/REQ-002_b.md");
    host.files.link("/w/near", "in");
    const paths = async (docs: string): Promise<readonly string[]> => {
      const { documents } = await walkDocuments(host.files, "/w", { ...defaultConfig, docs }, aidoc16);
      return documents.map((each) => each.path);
    };
    expect(await paths(".")).toEqual(["REQ-001_a.md", "in/REQ-003_c.md"]);
    expect(await paths("linked")).toEqual([]);
    expect(await paths("near")).toEqual(["near/REQ-003_c.md"]);
  });

  test("marks what is too large to read", async () => {
    const host = createMemoryHost();
    host.files.put("/w/REQ-001_a.md", new Uint8Array(largestDocument + 1));
    host.files.put("/w/REQ-002_b.md", new Uint8Array(largestDocument));
    const { documents } = await walkDocuments(host.files, "/w", defaultConfig, aidoc16);
    expect(documents.map((each) => each.tooLarge)).toEqual([true, false]);
  });

  test("names directories that cannot be read and goes on", async () => {
    const { files } = createMemoryHost({ files: filesOf("/w/a/REQ-001_a.md", "/w/b/REQ-002_b.md") });
    const list = files.list.bind(files);
    files.list = (path) => {
      if (path === "/w/a") throw new IplanError("host/unreadable", "no", "chmod");
      return list(path);
    };
    const { documents, unreadable } = await walkDocuments(files, "/w", defaultConfig, aidoc16);
    expect(documents.map((each) => each.path)).toEqual(["b/REQ-002_b.md"]);
    expect(unreadable).toEqual(["a"]);
    files.list = () => {
      throw new TypeError("a fault of the program");
    };
    await expect(walkDocuments(files, "/w", defaultConfig, aidoc16)).rejects.toThrow(TypeError);
  });

  test("passes ten thousand documents in little time", async () => {
    const { files } = createMemoryHost();
    for (let n = 0; n < 10_000; n++) files.put(`/w/d${n % 20}/REQ-${String(n + 1).padStart(4, "0")}_x.md`, "x");
    files.put("/w/.gitignore", "build/\n*.tmp\n");
    const { documents } = await walkDocuments(files, "/w", defaultConfig, aidoc16);
    expect(documents).toHaveLength(10_000);
  });
});

test("a document that is named may have any name", () => {
  const { files } = createMemoryHost({ files: filesOf("/w/plan.md", "/w/REQ-001_a.md") });
  expect(namedDocument(files, "/w", aidoc16, "plan.md")).toMatchObject({
    path: "plan.md",
    template: false,
    tooLarge: false,
  });
  expect(namedDocument(files, "/w", aidoc16, "REQ-001_a.md")?.artifactId).toBe("REQ-001");
  expect(namedDocument(files, "/w", aidoc16, "none.md")).toBeUndefined();
  expect(namedDocument(files, "/", aidoc16, "w")).toBeUndefined();
});
