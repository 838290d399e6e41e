import type { RiskClass } from "#model/understanding";
import type { RiskFinding } from "./risk-finding.ts";

interface CodePattern {
  readonly pattern: RegExp;
  readonly risk: RiskClass;
  readonly reason: string;
}

/** What code of another language may touch, told by names in its text; never more than a hint to the worst. */
const patterns: readonly CodePattern[] = [
  {
    pattern: /\bDROP\s+(?:TABLE|DATABASE|SCHEMA|VIEW|INDEX|USER|ROLE)\b/i,
    risk: "destructive",
    reason: "drops database objects",
  },
  { pattern: /\bTRUNCATE\s+(?:TABLE\s+)?\w/i, risk: "destructive", reason: "empties a table" },
  { pattern: /\bDELETE\s+FROM\s+\S+\s*(?:;|$|["'])/i, risk: "destructive", reason: "deletes every row of a table" },
  { pattern: /\bdropDatabase\b|\bflushall\b/i, risk: "destructive", reason: "deletes a database" },
  {
    pattern: /\brmtree\b|\brmSync\b|\brm\(|\brm_rf\b|\brmdirSync\b|remove_tree/,
    risk: "destructive",
    reason: "deletes whole directories",
  },
  {
    pattern: /\b(?:INSERT\s+INTO|UPDATE\s+\S+\s+SET|ALTER\s+TABLE|CREATE\s+(?:TABLE|DATABASE)|DELETE\s+FROM)\b/i,
    risk: "outside",
    reason: "changes a database",
  },
  {
    pattern: /\brequests\.|\burllib\b|\bfetch\(|\bhttps?\.(?:get|request)|\baxios\b|\bNet::HTTP\b|\bsocket\b/,
    risk: "network",
    reason: "talks to the network",
  },
  { pattern: /\bos\.(?:remove|unlink)\b|\bunlinkSync\b|\bFile\.delete\b/, risk: "workspace", reason: "deletes files" },
  {
    pattern:
      /\bopen\([^)]{0,200}["'][wax]b?\+?["']|\bwrite_text\b|\bwriteFile|\bappendFile|\bmkdir|\bmakedirs\b|File\.write/,
    risk: "workspace",
    reason: "writes files",
  },
  {
    pattern: /\bsubprocess\b|\bos\.system\b|\bchild_process\b|\bexecSync\b|\bspawn\(|\bsystem\(/,
    risk: "workspace",
    reason: "starts other programs",
  },
];

/** The risks that show in code handed to an interpreter. */
export function codeRisks(code: string): readonly RiskFinding[] {
  return patterns
    .filter(({ pattern }) => pattern.test(code))
    .map(({ risk, reason }) => ({ risk, reason, writes: risk !== "network" }));
}
