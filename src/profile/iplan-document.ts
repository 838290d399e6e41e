import type { ControlField, PlanSection } from "./plan-words.ts";
import type {
  FieldFormat,
  FieldProfile,
  LabelMeaning,
  PhaseMeaning,
  PlanProfile,
  SectionProfile,
  StatusGlyph,
  StatusMeaning,
  StatusWords,
} from "./profile.ts";

function section(key: PlanSection, required: boolean, ...titles: string[]): SectionProfile {
  return { key, titles, required };
}

function field(key: ControlField, format: FieldFormat, required: boolean, ...names: string[]): FieldProfile {
  return { key, names, required, format };
}

const sections: readonly SectionProfile[] = [
  section("document-control", true, "Document Control"),
  section(
    "position",
    true,
    "Position in Development Workflow",
    "Position in Document Workflow",
    "Position in Workflow",
    "Document Workflow",
    "Position",
  ),
  section("objective", true, "Objective", "Objectives", "Goal"),
  section("context", true, "Context"),
  section("current-state", false, "Current State Analysis", "Current State"),
  section("decisions", false, "Key Technical Decisions", "Technical Decisions", "Key Decisions"),
  section("task-list", true, "Task List", "Tasks"),
  section("implementation-guide", true, "Implementation Guide"),
  section("prerequisites", false, "Prerequisites"),
  section("required-tools", false, "Required Tools"),
  section("required-access", false, "Required Files Access", "Required Access"),
  section("required-knowledge", false, "Knowledge Required", "Required Knowledge"),
  section("environment-setup", false, "Environment Setup"),
  section("execution-steps", true, "Execution Steps", "Implementation Steps"),
  section("verification-checklist", false, "Verification Checklist"),
  section("technical-details", false, "Technical Details"),
  section("file-structure", false, "File Structure"),
  section("modules", false, "Module Specifications", "Modules"),
  section("configuration", false, "Configuration Parameters", "Configuration"),
  section("bdd-mapping", false, "BDD Scenario Mapping"),
  section("traceability-tags", true, "Traceability Tags"),
  section("required-tags", false, "Required Tags"),
  section("optional-tags", false, "Optional Tags"),
  section("traceability", true, "Traceability"),
  section("upstream", false, "Upstream References", "Upstream Sources", "Upstream"),
  section("downstream", false, "Downstream Impact", "Downstream Artifacts", "Downstream"),
  section("related-documents", false, "Related Documents"),
  section("risks", true, "Risk Mitigation", "Risk Assessment", "Risks", "Risk Mitigation Strategies"),
  section("criteria", true, "Success Criteria"),
  section("references", false, "References"),
  section("appendix", false, "Appendix"),
  section("glossary", false, "Glossary"),
  section("command-reference", false, "Command Reference"),
  section("troubleshooting", false, "Troubleshooting"),
  section("next-actions", false, "Next Actions", "Next Steps"),
];

const fields: readonly FieldProfile[] = [
  field("id", "id", true, "ID", "IPLAN ID", "Document ID"),
  field("status", "status", true, "Status"),
  field("version", "version", true, "Version"),
  field("created", "timestamp", true, "Created", "Date Created", "Created Date"),
  field("lastUpdated", "timestamp", true, "Last Updated", "Updated", "Last Modified"),
  field("author", "text", true, "Author", "Authors"),
  field("estimatedEffort", "effort", true, "Estimated Effort", "Effort Estimate"),
  field("actualEffort", "effort", false, "Actual Effort"),
  field("complexity", "complexity", true, "Complexity"),
  field("parentTasks", "id", true, "Parent TASKS", "Parent Task"),
  field("relatedArtifacts", "ids", false, "Related Artifacts"),
  field("readyScore", "score", false, "IPLAN-Ready Score", "Ready Score", "Readiness Score"),
];

const statuses: readonly StatusWords<StatusMeaning>[] = [
  { means: "draft", words: ["Draft"] },
  { means: "ready", words: ["Ready for Implementation", "Ready"] },
  { means: "in-progress", words: ["In Progress", "Active", "Started"] },
  { means: "blocked", words: ["Blocked"] },
  { means: "completed", words: ["Completed", "Complete", "Done"] },
  { means: "on-hold", words: ["On Hold", "Paused"] },
  { means: "aborted", words: ["Aborted", "Cancelled", "Canceled"] },
];

const phaseStatuses: readonly StatusWords<PhaseMeaning>[] = [
  { means: "pending", words: ["PENDING", "NOT STARTED", "TODO"] },
  { means: "in-progress", words: ["IN PROGRESS", "STARTED", "ACTIVE"] },
  { means: "completed", words: ["COMPLETED", "COMPLETE", "DONE"] },
  { means: "blocked", words: ["BLOCKED", "ON HOLD"] },
  { means: "skipped", words: ["SKIPPED", "ABORTED"] },
];

const glyphs: readonly StatusGlyph[] = [
  { glyph: "✅", means: "done" },
  { glyph: "⏳", means: "running" },
  { glyph: "⏸️", means: "not-started" },
  { glyph: "🟡", means: "partial" },
  { glyph: "❌", means: "none" },
];

const labels: readonly StatusWords<LabelMeaning>[] = [
  { means: "outcome", words: ["Expected outcome"] },
  { means: "verification", words: ["Verification"] },
  { means: "example", words: ["Example"] },
  { means: "reference", words: ["Alternatively"] },
  { means: "handoff", words: ["Manually"] },
  { means: "deliverables", words: ["Deliverables"] },
  { means: "verify", words: ["Verify"] },
];

/** The plan document of layer 12: sections, control fields and words that both dialects share. */
export const iplanDocument: PlanProfile = {
  type: "IPLAN",
  parentType: "TASKS",
  trailers: [
    { name: "Implements", of: "TASKS" },
    { name: "Satisfies", of: "REQ" },
    { name: "Tests", of: "BDD" },
    { name: "IPLAN", of: "IPLAN" },
  ],
  sections,
  fields,
  statuses,
  phaseStatuses,
  glyphs,
  labels,
  complexity: { least: 1, greatest: 5 },
  frontMatter: {
    tags: ["layer-12-artifact"],
    customFields: { artifact_type: "IPLAN", layer: 12 },
  },
};
