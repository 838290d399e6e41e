import { type Finding, isLive } from "#model/finding";
import { canonicalHash } from "./canonical-hash.ts";
import { lastTime, notStated, placeId, type StandardScene, versionId } from "./scene.ts";

/** What the check says of a plan, in the shape of the standard's validation report. */
export function validationReport(scene: StandardScene, document: object): object {
  const { understood, hash } = scene;
  const findings = scene.findings.filter(isLive);
  const errors = findings.filter(({ severity }) => severity === "error");
  const result = errors.length > 0 ? "failed" : findings.length > 0 ? "passed_with_warnings" : "passed";
  return {
    validation_report_id: `${understood.id}@${understood.planHash}`,
    subject_ref: {
      artifact_type: "IPLAN",
      id: understood.id,
      plan_version_id: versionId(scene),
      canonical_hash: canonicalHash(document, hash),
    },
    status: result,
    schema_validation: { schema_id: "iplan-document.schema.json", result: "passed", errors: [], warnings: [] },
    semantic_validation: semanticOf(scene, findings, document),
    readiness: readinessOf(scene, errors),
    findings: findings.map(findingOf),
    generated_at: lastTime(scene),
  };
}

function semanticOf(scene: StandardScene, findings: readonly Finding[], document: object): object {
  const of = (fits: (rule: string) => boolean): readonly object[] =>
    findings.flatMap(({ rule, message, path }) => (fits(rule) ? [{ rule, message, path }] : []));
  const { steps } = scene.understood;
  const without = steps.flatMap((step, index) =>
    step.blocks.some(({ role }) => role === "verification")
      ? []
      : [{ step_id: placeId("STEP", index), title: step.title }],
  );
  return {
    duplicate_ids: of((rule) => rule.includes("duplicate")),
    unresolved_references: of((rule) => rule.startsWith("trace/") && rule.endsWith("-missing")),
    unresolved_refs: of((rule) => rule.startsWith("link/")),
    placeholder_fields: [...of((rule) => rule.includes("placeholder")), ...unstatedFields(document)],
    command_evidence_coverage: {
      commands_checked: steps.length,
      commands_without_evidence: without,
      result: without.length === 0 ? "passed" : "failed",
    },
    file_conflicts: [],
    chain_graph_integrity: { result: "not_applicable", cycles: [], missing_tier_refs: [], missing_dependency_refs: [] },
  };
}

/** Fields of the document in which the standard asks for something that the plan does not say. */
function unstatedFields(value: unknown, at = ""): readonly { readonly field: string }[] {
  if (value === notStated) return [{ field: at }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => unstatedFields(member, at === "" ? key : `${at}.${key}`));
}

/** The bands are the standard's: 90 is ready, 70 ready with warnings. */
function readinessOf({ score }: StandardScene, errors: readonly Finding[]): object {
  const whole = Math.max(0, Math.min(100, Math.round(score)));
  const band = whole >= 90 ? "ready" : whole >= 70 ? "ready_with_warnings" : "not_ready";
  return {
    exec_ready_score: whole,
    result: errors.length > 0 ? "not_ready" : band,
    blocking_findings: errors.map(({ rule, message }) => `${rule}: ${message}`),
  };
}

const priorities = { error: "P1", warning: "P2", info: "P3" } as const;

function findingOf({ fingerprint, severity, rule, message, path, range }: Finding): object {
  return {
    finding_id: fingerprint,
    severity: priorities[severity],
    category: rule,
    message,
    path: `${path}:${range.start.line}`,
    blocking: severity === "error",
  };
}
