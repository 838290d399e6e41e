import canonicalize from "canonicalize";
import { evidenceRecord } from "./evidence-record.ts";
import { executionRecord } from "./execution-record.ts";
import type { StandardScene } from "./scene.ts";
import { standardDocument } from "./standard-document.ts";
import { validationReport } from "./validation-report.ts";

/** Names of the standard's shapes. */
export const standardParts = [
  "iplan-document",
  "iplan-execution-record",
  "iplan-evidence-bundle",
  "iplan-validation-report",
] as const;

/** Name of one of the shapes. */
export type StandardPart = (typeof standardParts)[number];

/** A plan in every shape of the standard. */
export function standardExport(scene: StandardScene): Readonly<Record<StandardPart, object>> {
  const document = standardDocument(scene);
  const record = executionRecord(scene);
  return {
    "iplan-document": document,
    "iplan-execution-record": record,
    "iplan-evidence-bundle": evidenceRecord(scene, document, record),
    "iplan-validation-report": validationReport(scene, document),
  };
}

/** Canonical JSON (RFC 8785) on one line; members that are null stay, because the schemas ask for them. */
export function standardText(value: unknown): string {
  return `${canonicalize(value) ?? ""}\n`;
}

/** True for a text that `standardText` may have written of one of the shapes, or of all of them. */
export function isStandardText(text: string): boolean {
  return /^\{"(?:iplan-document|assurance|artifacts|completion_gate|findings)":/u.test(text);
}
