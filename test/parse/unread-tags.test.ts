import { unreadTags } from "#parse/unread-tags";
import { readTagLine } from "#parse/tag-line";
import { describe, expect, test } from "vitest";
import { aidoc16 } from "#profile/aidoc-16";

describe("what looks like a tag and is not read", () => {
  test.each<[string, string, string]>([
    ["@brd BRD-001:FR-001, BRD-001:FR-002 - why", "sign", "@brd: BRD-001:FR-001, BRD-001:FR-002 - why"],
    ["- `@brd： BRD-001:FR-001`", "sign", "- `@brd: BRD-001:FR-001`"],
    ["- `@brd:\u00a0BRD-001:FR-001`", "sign", "- `@brd: BRD-001:FR-001`"],
    ["@brd= BRD-001", "sign", "@brd: BRD-001"],
    ["- **@brd**: BRD-001:FR-001", "sign", "- @brd: BRD-001:FR-001"],
    ["- **`@brd`**: `BRD-001:FR-001`, `BRD-001:FR-002`", "sign", "- `@brd: BRD-001:FR-001, BRD-001:FR-002`"],
    ["- `@brd`: `BRD-001`", "sign", "- `@brd: BRD-001`"],
    ["@brd: (BRD-001:FR-001)", "sign", ""],
    ["| `@brd` | `BRD-001:FR-001` |", "sign", ""],
    ["@brdd: BRD-001:FR-001", "name", ""],
    ["- `@brd:`", "value", ""],
    ["* brd: BRD-001", "at", "* @brd: BRD-001"],
    ["- `BRD`: `BRD-001`", "at", "- `@brd: BRD-001`"],
    ["@brd: BRD-001:FR-001; BRD-001:FR-002", "rest", "@brd: BRD-001:FR-001, BRD-001:FR-002"],
    ["@brd: BRD-001:FR-001 & FR-002", "rest", "@brd: BRD-001:FR-001, FR-002"],
    ["`@brd: BRD-001:FR-001` and `BRD-001:FR-002`", "rest", ""],
    ["@brd: BRD-001 : FR-001", "rest", "@brd: BRD-001:FR-001"],
    ["@req: REQ-001 through REQ-010", "range", ""],
    ["@req: REQ-001 – REQ-010", "range", ""],
    ["@brd: BRD-001:FR-\u200b001", "hidden", "@brd: BRD-001:FR-001"],
    ["@prd: PRD-001 @brd BRD-001", "sign", "@prd: PRD-001 @brd: BRD-001"],
  ])("%j is %s", (line, kind, healed) => {
    const [found, ...others] = unreadTags(aidoc16, line);
    expect([found?.kind, others]).toEqual([kind, []]);
    const { start = 0, end = 0, normal } = found ?? {};
    expect(normal === undefined ? "" : `${line.slice(0, start)}${normal}${line.slice(end)}`).toBe(healed);
    if (healed !== "") expect(unreadTags(aidoc16, healed)).toEqual([]);
    if (healed !== "") expect(readTagLine(aidoc16, healed).length).toBeGreaterThan(0);
  });

  test.each([
    "@brd: BRD-001:FR-001",
    "- `@brd: BRD-001:FR-001` - as BRD-001:FR-002 says",
    "@brd: BRD-001:FR-001. BRD-001:FR-002 is another matter",
    "@brd: BRD-001:FR-001 and BRD-001:FR-002 are covered",
    "@brd: BRD-001:FR-001 — BRD-001 in one sentence",
    "the `@brd` BRD-001:FR-001",
    "user@brd BRD-001",
    "- `@brd`: Business Requirements Document(s)",
    "| @brd | Yes | BRD-NNN:REQ-NNN |",
    "@impl-status complete",
    "@code src/app.ts",
    "@brd PRD-001",
    "@see BRD-001",
    "brd: the business",
    "@brd: null",
  ])("%j has nothing of the kind", (line) => {
    expect(unreadTags(aidoc16, line)).toEqual([]);
  });
});
