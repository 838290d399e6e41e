import { describe, expect, it } from "vitest";
import { definitionKind } from "#model/trace";
import { artifact, type TraceBuilder } from "../support/trace-builder.ts";
import { graphOf, linksIn, told } from "../support/trace-graph.ts";

const { phase, task, numberedSection, topic, yamlId, yamlKey, yamlName, anchor, label, tableCell } = definitionKind;

const scenarios = artifact("BDD-001")
  .scenario("Send valid email")
  .scenario("Reject invalid notification (missing recipient)", "SCENARIO-007")
  .scenario("Retry after a timeout", "scenario-retry", "smoke-7")
  .scenario("Retry after a crash")
  .scenario("Send valid email");
const tasks = artifact("TASKS-001")
  .element("PHASE-2", phase, "Build")
  .element("PHASE-2.1", phase, "Client")
  .element("TASK-3", task, "Tests")
  .element("TASK-2.1", label, "Stated");
const impl = artifact("IMPL-001").element("PHASE-1", phase, "Start").element("PHASE-01", phase, "Again");
const sys = artifact("SYS-001")
  .element("SECTION-3.1.1", numberedSection, "3.1.1 Latency")
  .element("PERF-001", tableCell);
const req = artifact("REQ-001")
  .element("interface-specifications", topic, "Interface Specifications")
  .element("error-handling", topic, "Error Handling")
  .element("error-handlers", topic, "Error Handlers")
  .element("ac-list", anchor);
const spec = artifact("SPEC-001")
  .element("connection_service", yamlId)
  .element("RetryPolicy", yamlName)
  .element("spec.client.retry.limit", yamlKey)
  .element("spec.server.limit", yamlKey)
  .element("spec.market_data", yamlKey);

const rows: readonly (readonly [what: string, tag: string, told: string])[] = [
  ["a scenario by a tag that names it", "bdd: BDD-001:scenario-retry", "scenario-retry-after-a-timeout (exact)"],
  ["a scenario by another tag of it", "bdd: BDD-001:smoke-7", "scenario-retry-after-a-timeout (exact)"],
  [
    "a scenario by the slug of its title",
    "bdd: BDD-001:scenario-retry-after-a-crash",
    "scenario-retry-after-a-crash (derived: slug of the scenario's title)",
  ],
  [
    "a scenario by the slug without the word before it",
    "bdd: BDD-001:retry-after-a-crash",
    "scenario-retry-after-a-crash (derived: slug of the scenario's title)",
  ],
  [
    "two scenarios of one title",
    "bdd: BDD-001:scenario-send-valid-email",
    "scenario-send-valid-email (ambiguous: slug of the scenario's title)",
  ],
  [
    "a scenario by its ordinal",
    "bdd: BDD-001:SCENARIO-004",
    "scenario-retry-after-a-crash (derived: ordinal of the scenario)",
  ],
  ["no scenario by the ordinal of one that has a number", "bdd: BDD-001:SCENARIO-002", "SCENARIO-002 (missing)"],
  [
    "a scenario by the number that its tag gives",
    "bdd: BDD-001:SCENARIO-007",
    "scenario-reject-invalid-notification-missing-recipient (exact)",
  ],
  [
    "the same in other letters",
    "bdd: BDD-001:scenario-7",
    "scenario-reject-invalid-notification-missing-recipient (derived: ordinal of the scenario)",
  ],
  [
    "a scenario by words of its title in order",
    "bdd: BDD-001:scenario-reject-invalid",
    "scenario-reject-invalid-notification-missing-recipient (derived: words of the scenario's title)",
  ],
  [
    "no scenario by words in another order",
    "bdd: BDD-001:scenario-invalid-reject",
    "scenario-invalid-reject (missing)",
  ],
  ["no scenario by one word", "bdd: BDD-001:scenario-reject", "scenario-reject (missing)"],
  [
    "two scenarios that have the words",
    "bdd: BDD-001:scenario-retry-after",
    "scenario-retry-after (ambiguous: words of the scenario's title)",
  ],
  ["a phase by its number", "tasks: TASKS-001:PHASE-2.1", "PHASE-2.1 (derived: number of the phase's heading)"],
  ["a phase in small letters", "tasks: TASKS-001:phase2", "PHASE-2 (derived: number of the phase's heading)"],
  ["two phases of one number", "impl: IMPL-001:phase1", "phase1 (ambiguous: number of the phase's heading)"],
  ["no phase without a number", "tasks: TASKS-001:phase", "phase (missing)"],
  ["a task by its number", "tasks: TASKS-001:task-3", "TASK-3 (derived: number of the task's heading)"],
  ["a task whose id is stated", "tasks: TASKS-001:TASK-2.1", "TASK-2.1 (exact)"],
  ["no task by the number of a phase", "tasks: TASKS-001:task-2", "task-2 (missing)"],
  ["a section by its number", "sys: SYS-001:SECTION-3.1.1", "SECTION-3.1.1 (derived: number of the section)"],
  ["no section of another depth", "sys: SYS-001:SECTION-3.1", "SECTION-3.1 (missing)"],
  ["a row of a table", "sys: SYS-001:PERF-001", "PERF-001 (exact)"],
  ["no id in another case", "sys: SYS-001:perf-001", "perf-001 (missing)"],
  [
    "a section by the slug of its heading",
    "req: REQ-001:interface-specifications",
    "interface-specifications (derived: slug of the heading)",
  ],
  [
    "a section by its topic",
    "req: REQ-001:interface-spec",
    "interface-specifications (derived: section of that topic)",
  ],
  ["two sections of one topic", "req: REQ-001:error-hand", "error-hand (ambiguous: section of that topic)"],
  ["no section by part of its topic", "req: REQ-001:interface", "interface (missing)"],
  ["an anchor", "req: REQ-001:ac-list", "ac-list (exact)"],
  ["an entry by its id", "spec: SPEC-001:connection_service", "connection_service (exact)"],
  [
    "an entry in Pascal case",
    "spec: SPEC-001:ConnectionService",
    "connection_service (derived: the same name in snake or Pascal case)",
  ],
  [
    "an entry in snake case",
    "spec: SPEC-001:retry_policy",
    "RetryPolicy (derived: the same name in snake or Pascal case)",
  ],
  ["a key by its whole path", "spec: SPEC-001:spec.server.limit", "spec.server.limit (exact)"],
  [
    "a key by the end of its path",
    "spec: SPEC-001:retry.limit",
    "spec.client.retry.limit (derived: end of one key's path)",
  ],
  ["two keys of one name", "spec: SPEC-001:limit", "limit (ambiguous: end of one key's path)"],
  [
    "a key in Pascal case",
    "spec: SPEC-001:MarketData",
    "spec.market_data (derived: the same key in snake or Pascal case)",
  ],
  ["no key that nothing ends with", "spec: SPEC-001:retry.limits", "retry.limits (missing)"],
];

/** `BDD-001:scenario-x (derived: …)` without the document. */
function found(tag: string, ...documents: readonly TraceBuilder[]): string {
  const graph = graphOf(...documents, artifact("IPLAN-001").tag(tag));
  const [text = ""] = told(linksIn(graph, "docs/IPLAN/IPLAN-001_x.md"));
  return text.slice(text.indexOf(":", text.indexOf("-> ")) + 1);
}

describe("a name leads to", () => {
  it.each(rows)("%s: %s", (_, tag, expected) => {
    const wanted = expected.includes("(ambiguous")
      ? `${tag.slice(tag.lastIndexOf(":") + 1)}${expected.slice(expected.indexOf(" ("))}`
      : expected;
    expect(found(tag, scenarios, tasks, impl, sys, req, spec)).toBe(wanted);
  });

  it.each(rows)("what is to be spoken of unless it is exact or certain: %s", (_, tag) => {
    const graph = graphOf(scenarios, tasks, impl, sys, req, spec, artifact("IPLAN-001").tag(tag));
    const links = graph.linksOf("docs/IPLAN/IPLAN-001_x.md");
    const [link] = linksIn(graph, "docs/IPLAN/IPLAN-001_x.md");
    const isRight = link?.status === "exact" || (link?.status === "derived" && link.loose !== true);
    expect([links.isSpecial(0), links.special]).toEqual([!isRight, isRight ? 0 : 1]);
  });

  it("candidates that an ambiguous link names", () => {
    const graph = graphOf(scenarios, artifact("IPLAN-001").tag("bdd: BDD-001:scenario-retry-after"));
    expect(linksIn(graph, "docs/IPLAN/IPLAN-001_x.md")[0]?.candidates).toEqual([
      "BDD-001:scenario-retry-after-a-timeout",
      "BDD-001:scenario-retry-after-a-crash",
    ]);
  });
});
