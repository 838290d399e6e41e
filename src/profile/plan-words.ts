/** Sections a plan may have: the closed list that readers know what to do with. */
export const planSections = [
  "document-control",
  "position",
  "objective",
  "context",
  "current-state",
  "decisions",
  "task-list",
  "implementation-guide",
  "prerequisites",
  "required-tools",
  "required-access",
  "required-knowledge",
  "environment-setup",
  "execution-steps",
  "verification-checklist",
  "technical-details",
  "file-structure",
  "modules",
  "configuration",
  "bdd-mapping",
  "traceability-tags",
  "required-tags",
  "optional-tags",
  "traceability",
  "upstream",
  "downstream",
  "related-documents",
  "risks",
  "criteria",
  "references",
  "appendix",
  "glossary",
  "command-reference",
  "troubleshooting",
  "next-actions",
] as const;

/** A section a plan may have. */
export type PlanSection = (typeof planSections)[number];

/** Fields of the Document Control table that readers know. */
export const controlFields = [
  "id",
  "status",
  "version",
  "created",
  "lastUpdated",
  "author",
  "estimatedEffort",
  "actualEffort",
  "complexity",
  "parentTasks",
  "relatedArtifacts",
  "readyScore",
] as const;

/** A field of the Document Control table. */
export type ControlField = (typeof controlFields)[number];
