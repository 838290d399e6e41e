import type { ElementSites, MentionSection, TraceProfile } from "./profile.ts";

const sections: readonly MentionSection[] = [
  {
    key: "upstream",
    titles: [
      "Upstream References",
      "Upstream Sources",
      "Upstream Traceability",
      "Upstream Dependencies",
      "Upstream Links",
      "Upstream",
      "Requirements Satisfied",
      "Requirements Coverage",
    ],
  },
  {
    key: "downstream",
    titles: [
      "Downstream Impact",
      "Downstream Artifacts",
      "Downstream Traceability",
      "Downstream Outputs",
      "Downstream References",
      "Downstream Dependencies",
      "Downstream Links",
      "Downstream",
    ],
  },
  { key: "related", titles: ["Related Documents", "Related Artifacts", "Related"] },
  {
    key: "elsewhere",
    titles: [
      "Traceability",
      "Traceability Matrix",
      "Traceability Requirements",
      "BDD Mapping",
      "BDD Scenario Mapping",
      "Cross-Reference Validation",
      "Validation Evidence",
      "Document Control",
      "Document Revision History",
      "Revision History",
      "Change History",
      "References",
      "Glossary",
    ],
  },
];

const elements: readonly ElementSites[] = [
  { type: "BRD", ids: ["REQ"], headings: [] },
  { type: "PRD", ids: ["REQ"], headings: [] },
  { type: "SYS", ids: [], headings: [{ kind: "numberedSection", words: [], prefix: "SECTION-" }] },
  { type: "REQ", ids: [], headings: [{ kind: "topic", words: [], prefix: "" }] },
  { type: "IMPL", ids: [], headings: [{ kind: "phase", words: ["Phase"], prefix: "PHASE-" }] },
  { type: "CTR", ids: [], headings: [{ kind: "topic", words: [], prefix: "" }] },
  {
    type: "TASKS",
    ids: ["ICON"],
    headings: [
      { kind: "phase", words: ["Phase"], prefix: "PHASE-" },
      { kind: "task", words: ["Task"], prefix: "TASK-" },
      { kind: "name", words: ["Contract", "Interface"], prefix: "" },
    ],
  },
  {
    type: "ICON",
    ids: [],
    headings: [
      { kind: "name", words: ["Contract", "Interface"], prefix: "" },
      { kind: "documentName", words: [], prefix: "" },
    ],
  },
];

/** Where elements are defined and what sections mention other documents: both dialects share it. */
export const traceWords: TraceProfile = {
  sections,
  elements,
  code: {
    source: "CODE",
    test: "TESTS",
    testStarts: ["test_"],
    testEnds: ["_test", ".test", "-test", ".spec", "_spec", "Test", "Tests", "Spec"],
  },
  standards: [
    "AES",
    "ASCII",
    "CVE",
    "CWE",
    "HTTP",
    "IEC",
    "IEEE",
    "ISO",
    "NIST",
    "OAUTH",
    "PCI",
    "PEP",
    "PKCS",
    "RFC",
    "RSA",
    "SHA",
    "SOC",
    "TLS",
    "UTF",
    "WCAG",
  ],
};
