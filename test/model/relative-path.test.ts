import { linkPath, relativePath } from "#model/relative-path";
import { expect, test } from "vitest";

test.each([
  ["docs/BRD/BRD-001_a.md", "docs/PRD/PRD-002_two words.md", "../PRD/PRD-002_two%20words.md"],
  ["docs/BRD/BRD-001_a.md", "docs/BRD/BRD-002_a (old) 100%.md", "BRD-002_a%20%28old%29%20100%25.md"],
  ["README.md", "docs/ärger#1.md", "docs/ärger%231.md"],
])("from %s the link to %s is %s", (from, to, link) => {
  expect(linkPath(from, to)).toBe(link);
  expect(decodeURIComponent(link)).toBe(relativePath(from, to));
});
