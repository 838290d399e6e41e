import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { readActs } from "../support/console-page.ts";
import { followPage, repository } from "../support/page-reader.ts";

function pagesBelow(folder: string): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .toSorted();
}

/** Milliseconds for a page; a busy machine takes its time for the thirty programs that a page may start. */
const patience = 120_000;

const read = (page: string): string => readFileSync(join(repository, page), "utf8");
const talking = [...pagesBelow("docs/guide"), ...pagesBelow("docs/reference"), "examples/two-steps/README.md"].filter(
  (page) => readActs(read(page)).some((act) => act.kind === "type"),
);

describe("pages that show commands", () => {
  it("are many", () => expect(talking.length).toBeGreaterThan(6));

  it.concurrent.each(talking)(
    "%s shows what they really print",
    async (page) => {
      const reading = await followPage(page);
      expect(reading.mismatches).toEqual([]);
      expect(reading.commands).toBeGreaterThan(0);
    },
    patience,
  );
});

describe("links", () => {
  const pages = ["README.md", "AGENTS.md", "CONTRIBUTING.md", "CHANGELOG.md", ...pagesBelow("docs")];

  it.each(pages)("of %s lead somewhere", (page) => {
    const text = read(page)
      .replace(/^(`{3,})[^]*?^\1/gm, "")
      .replace(/`[^`\n]*`/g, "");
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => match[1] ?? "")
      .filter((to) => !/^[a-z]+:/.test(to));
    const broken = targets.filter((target) => !leads(page, target));
    expect(broken).toEqual([]);
  });
});

function leads(page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : relative(repository, join(repository, dirname(page), path));
  if (!existsSync(join(repository, file))) return false;
  return anchor === undefined || (file.endsWith(".md") && anchorsOf(read(file)).has(anchor));
}

/** The anchors that headings get. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1] ?? "");
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}
