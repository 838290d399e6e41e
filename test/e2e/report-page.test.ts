import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BrowserPage, chromium, startChromium } from "../support/chromium.ts";
import { createCliWorld } from "../support/cli.ts";

const evil = `</script><script>document.title="broken in"</script><img src="https://example.org/x.png" onerror="document.title='broken in'">`;
const planPath = "docs/IPLAN/IPLAN-001_greeting_20261120_101500.md";
const requirements = Array.from(
  { length: 120 },
  (_, index) => `### FR-${String(index + 1).padStart(3, "0")}: Need ${index + 1} ${evil}\n`,
);
const world = createCliWorld({
  "docs/BRD/BRD-001_needs.md": `# BRD-001: Needs ${evil}\n\n${requirements.join("\n")}`,
  "docs/PRD/PRD-001_product.md": "# PRD-001: Product\n\n@brd: BRD-001:FR-007, BRD-001:FR-999\n",
  [planPath]: [
    `# IPLAN-001: Greeting ${evil}\n`,
    "@prd: PRD-001\n",
    "## Execution Steps\n",
    "**Step 1: Make it**\n",
    "```bash\nprintf '%s\\n' '<script>document.title=\"broken in\"</script>'\n```\n\nVerification:\n\n```bash\ntest -e wanted\n```\n",
  ].join("\n"),
});

/** Text whose contrast with what lies behind it is below 4.5 to 1. */
const tooPale = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => channels(colour).slice(0, 3).map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((channels(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const pale = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
    if (!own || element.closest("script,style") || element.matches(":disabled,option")) continue;
    const [a, b] = [light(getComputedStyle(element).color), light(behind(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) pale.push(element.outerHTML.slice(0, 80));
  }
  return pale;
})()`;

/** What a reader without eyes relies on and does not find. */
const unspoken = `(() => {
  const missing = [];
  const need = (holds, what) => holds || missing.push(what);
  need(document.documentElement.lang === "en", "language");
  for (const mark of ["header", "nav[aria-label]", "main", "footer", "h1"]) need(document.querySelectorAll(mark).length >= 1, mark);
  const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5")].map((heading) => Number(heading.tagName[1]));
  levels.forEach((level, index) => need(index === 0 || level <= levels[index - 1] + 1, "heading " + index + " jumps to " + level));
  for (const table of document.querySelectorAll("table")) need(table.querySelector("thead th[scope=col]"), "table heads");
  for (const control of document.querySelectorAll("input,select")) need(control.closest("label"), "label of " + control.outerHTML.slice(0, 60));
  for (const link of document.querySelectorAll("a[href^='#']")) need(document.getElementById(link.hash.slice(1)), "place " + link.hash);
  for (const sign of document.querySelectorAll(".v")) need(sign.textContent.replace(sign.querySelector(".sign").textContent, "").trim() !== "", "word beside a sign");
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  need(new Set(ids).size === ids.length, "unique ids");
  return missing;
})()`;

const settle = "new Promise((resolve) => setTimeout(resolve, 300))";
const rowsOf = "document.querySelectorAll('[data-browser=artifacts] tbody tr').length";
const typeInto = (text: string) =>
  `(() => { const search = document.querySelector('[data-browser=artifacts] input'); search.value = ${JSON.stringify(text)}; search.dispatchEvent(new Event('input')); return ${settle}; })()`;

describe.skipIf(chromium === undefined)("the report page in Chromium", () => {
  const folder = mkdtempSync(join(tmpdir(), "iplan-page-"));
  const url = `file://${folder}/report.html`;
  let page: BrowserPage;

  beforeAll(async () => {
    world.approve("IPLAN-001");
    world.iplan(["run", "IPLAN-001"]);
    const { stdout } = world.iplan(["export", "html"]);
    writeFileSync(join(folder, "report.html"), stdout);
    page = await startChromium(chromium ?? "");
  }, 60_000);
  afterAll(async () => {
    await page?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ["wide and light", { width: 1440 }],
    ["wide and dark", { width: 1440, dark: true }],
    ["narrow and light", { width: 380 }],
    ["narrow and dark", { width: 380, dark: true }],
  ])("%s: asks for nothing, runs nothing foreign, can be read and heard", async (_title, looking) => {
    await page.open(url, looking);
    await page.ask("(() => { for (const fold of document.querySelectorAll('details')) fold.open = true; })()");
    expect(await page.ask(tooPale)).toEqual([]);
    expect(await page.ask(unspoken)).toEqual([]);
    expect(await page.ask("document.documentElement.scrollWidth - innerWidth")).toBe(0);
    expect(await page.ask("document.title")).toContain("<img src=");
    expect(await page.ask("document.images.length")).toBe(0);
    expect({ complaints: page.complaints, requests: page.requests }).toEqual({ complaints: [], requests: [] });
  });

  it("shows a page of the artifacts at a time, and turns pages", async () => {
    await page.open(url);
    expect(await page.ask(rowsOf)).toBe(50);
    await page.ask("[...document.querySelectorAll('[data-browser=artifacts] .pager button')][1].click()");
    expect(await page.ask("document.querySelector('[data-browser=artifacts] [role=status]').textContent")).toBe(
      "51–100 of 123",
    );
  });

  it("finds an artifact by the keyboard and opens its chain", async () => {
    await page.open(url);
    await page.press("/");
    expect(await page.ask("document.activeElement.type")).toBe("search");
    await page.ask(typeInto("brd-001:fr-007"));
    expect(await page.ask(rowsOf)).toBe(1);
    await page.ask("document.querySelector('[data-browser=artifacts] tbody button').focus()");
    await page.ask("document.activeElement.click()");
    expect(await page.ask("document.activeElement.getAttribute('aria-expanded')")).toBe("true");
    const chain = await page.ask<string>("document.querySelector('.chain').textContent");
    expect(chain).toMatch(/Follows from.*nothing above it.*What follows from it.*PRD-001/su);
    await page.ask(
      "[...document.querySelectorAll('.chain button')].find((each) => each.textContent === 'PRD-001').click()",
    );
    expect(await page.ask("document.activeElement.textContent")).toBe("PRD-001");
    expect(await page.ask("document.querySelector('.chain').textContent")).toContain("@brd: BRD-001:FR-999");
  });

  it("filters by type and by what is broken", async () => {
    await page.open(url);
    const choose = (index: number, value: string) =>
      `(() => { const select = document.querySelectorAll('[data-browser=artifacts] select')[${index}]; select.value = '${value}'; select.dispatchEvent(new Event('change')); })()`;
    await page.ask(choose(1, "broken"));
    expect(await page.ask("document.querySelector('[data-browser=artifacts] tbody').textContent")).toContain("PRD-001");
    expect(await page.ask(rowsOf)).toBe(1);
    await page.ask(choose(0, "BRD"));
    expect(await page.ask("document.querySelector('[data-browser=artifacts] [role=status]').textContent")).toBe(
      "Nothing fits.",
    );
  });

  it("tells the main facts without its script", async () => {
    await page.open(url, { scripts: false });
    const text = await page.ask<string>("document.body.innerText");
    for (const fact of [
      "IPLAN-001 is",
      "failed",
      "test -e wanted: exited with status 1",
      "@brd: BRD-001:FR-999",
      "With scripts switched on",
    ])
      expect(text).toContain(fact);
  });

  it("opens the place that an address names", async () => {
    await page.open("about:blank");
    await page.open(`${url}#findings`);
    expect(await page.ask("document.getElementById('findings').getBoundingClientRect().top < innerHeight")).toBe(true);
  });
});
