import { describe, expect, it } from "vitest";
import { createSessionWorld } from "../support/session-world.ts";

const world = createSessionWorld({
  "docs/BRD/BRD-001_needs.md": "# BRD-001: Needs\n\n### FR-001: Told\n\n### FR-002: Kept\n",
  "docs/PRD/PRD-001_product.md":
    "# PRD-001: Product\n\n`@brd: BRD-001:FR-001`\n\n### US-001: Told at once\n\n### US-002: Kept for long\n\n`@brd: BRD-001:FR-002`\n",
  "docs/EARS/EARS-001_told.md": "# EARS-001: Told\n\n### EVENT-001: At once\n\n`@prd: PRD-001:US-001`\n",
  "docs/EARS/EARS-002_kept.md": "# EARS-002: Kept\n\n### EVENT-001: For long\n\n`@prd: PRD-001:US-002`\n",
});

interface Told {
  readonly from: string;
  readonly to: string;
  readonly under?: string;
  readonly direction: string;
}

const text = async (target: string): Promise<string> => {
  const { stdout } = await world.call(["trace", target]);
  const [, below = ""] = stdout.split("downstream");
  return below.replaceAll(/ {2}docs\/.*$/gmu, "");
};

describe("what follows from an element goes on", () => {
  it("below a document whose tags hold for its elements, but not below those with tags of their own", async () => {
    expect(await text("BRD-001:FR-001")).toContain("\n  PRD-001\n    EARS-001:EVENT-001\n");
    expect(await text("BRD-001:FR-001")).not.toContain("EARS-002");
  });
  it("below an element that names it itself", async () => {
    expect(await text("BRD-001:FR-002")).toContain("\n  PRD-001:US-002\n    EARS-002:EVENT-001\n");
    expect(await text("BRD-001:FR-002")).not.toContain("EARS-001");
  });
  it("below every element of a document that is asked for itself", async () => {
    const told = await text("PRD-001");
    for (const id of ["EARS-001:EVENT-001", "EARS-002:EVENT-001"]) expect(told).toContain(`\n  ${id}\n`);
  });
  it("in JSON with the document it stands below", async () => {
    const { stdout } = await world.call(["trace", "BRD-001:FR-001", "--json"]);
    const { links } = (JSON.parse(stdout) as { data: { links: readonly Told[] } }).data;
    const below = links.filter(({ from, direction }) => from === "EARS-001:EVENT-001" && direction === "downstream");
    expect(below.map(({ to, under }) => [to, under])).toContainEqual(["PRD-001:US-001", "PRD-001"]);
  });
});

it("a link that leads upward is the first broken hop, and nothing else is offered for it", async () => {
  const upward = createSessionWorld({
    "docs/BRD/BRD-001_needs.md": "# BRD-001: Needs\n\n`@prd: PRD-001:US-001`\n",
    "docs/PRD/PRD-001_product.md": "# PRD-001: Product\n\n### US-001: Told\n\n### US-002: Kept\n",
  });
  const { stdout } = await upward.call(["trace", "BRD-001"]);
  expect(stdout).toContain("BRD-001 names @prd: PRD-001:US-001, which is upward.\n");
});
