/** Documents of three layers, one link of which leads nowhere, and sources that follow from them. */
export const tracedFiles = {
  "docs/BRD/BRD-001_needs.md":
    "# BRD-001: Needs\n\n### FR-001: Alerts\n\nPeople are told.\n\n### FR-002: Reports\n\nPeople read.\n",
  "docs/PRD/PRD-001_product.md":
    "# PRD-001: Product\n\n### US-001: Be told\n\n@brd: BRD-001:FR-001\n\n### US-002: Read\n\n@brd: BRD-001:FR-002\n",
  "docs/EARS/EARS-001_formal.md":
    "# EARS-001: Formal\n\n### EVENT-001: On alert\n\n@brd: BRD-001:FR-001\n@prd: PRD-001:US-001\n\n### EVENT-002: On report\n\n@brd: BRD-001:FR-002\n@prd: PRD-001:US-02\n",
  "src/alert.ts": "/**\n * @ears: EARS-001:EVENT-001\n */\nexport const alert = 1;\n",
  "tests/alert.test.ts": "// @code: src/alert.ts\n",
  "tests/other.test.ts": "// @ears: EARS-001:EVENT-002\n",
} as const;
