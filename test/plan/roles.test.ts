import { describe, expect, test } from "vitest";
import { createShellParser } from "#host/shell-parser";
import type { PlanBlock } from "#model/plan";
import type { Role } from "#model/understanding";
import { roleOf, runnable } from "#plan/roles";
import { planBlock } from "../support/plan-block.ts";

const parser = await createShellParser();
const nowhere = planBlock("").range;

interface Given {
  readonly text?: string;
  readonly language?: string;
  readonly label?: string;
  readonly section?: string;
  readonly place?: "step" | "task" | "elsewhere";
  readonly annotated?: Role;
}

function role({ text = "npm test", language = "bash", label, section, place = "step", annotated }: Given): {
  role: Role;
  why: string;
} {
  const more: Partial<PlanBlock> = {
    language,
    ...(label === undefined ? {} : { label: { text: label, range: nowhere } }),
    ...(section === undefined ? {} : { section }),
  };
  const syntax = runnable.has(language) ? parser.parse(text) : undefined;
  return roleOf({ block: planBlock(text, more), place, syntax, annotated });
}

describe("roles", () => {
  test.each<[string, Given, Role]>([
    ["a shell block of a step acts", {}, "action"],
    ["so does sh", { language: "sh" }, "action"],
    ["and shell", { language: "shell" }, "action"],
    ["the label Bash execution changes nothing", { label: "Bash execution" }, "action"],
    ["Verification verifies", { label: "Verification" }, "verification"],
    ["Verify the build verifies", { label: "Verify the build" }, "verification"],
    ["Check verifies", { label: "Check" }, "verification"],
    ["Health check verifies", { label: "Health check" }, "verification"],
    ["Post-install verification verifies", { label: "Post-install verification" }, "verification"],
    ["Validation Commands verify", { label: "Validation Commands" }, "verification"],
    [
      "a long sentence that begins with Check acts",
      { label: "Check out the branch and then build all of the packages" },
      "action",
    ],
    ["Checkout acts", { label: "Checkout" }, "action"],
    ["an example is shown", { label: "Example" }, "example"],
    ["expected output is shown", { label: "Expected output" }, "example"],
    ["a rollback waits for trouble", { label: "Rollback" }, "reference"],
    ["what stands under If it fails waits for trouble", { label: "If the build fails" }, "reference"],
    ["an alternative is another way", { label: "Alternatively" }, "reference"],
    ["manual work is handed off", { label: "Manual steps" }, "handoff"],
    ["console is shown", { language: "console" }, "example"],
    ["python is shown", { language: "python", text: "print(1)" }, "example"],
    ["no language is shown", { language: "" }, "example"],
    ["a verification in another language is shown", { language: "console", label: "Verification" }, "example"],
    ["an empty block is nothing", { text: "\n" }, "example"],
    [
      "comments alone are work for a person",
      { text: "# File will contain: the parser\n# After implementation run it" },
      "handoff",
    ],
    [
      "an empty file with work in a comment is a scaffold",
      { text: "touch src/a.py\n# Implement the parser here" },
      "scaffold",
    ],
    ["so is one made by a redirection", { text: "> a.py\n# TODO: write the code" }, "scaffold"],
    ["an empty file alone is an action", { text: "mkdir -p src\ntouch src/a.py" }, "action"],
    ["a comment that explains makes no scaffold", { text: "# make the package\ntouch src/__init__.py" }, "action"],
    ["a file with content is an action", { text: "# implement it\ncat > a.js <<'EOF'\nx\nEOF" }, "action"],
    ["a task's verification runs", { place: "task", label: "Verify" }, "verification"],
    ["a task's other block does not", { place: "task" }, "reference"],
    ["a task's example is shown", { place: "task", label: "Example" }, "example"],
    ["the command reference never runs", { place: "elsewhere", section: "command-reference" }, "reference"],
    [
      "troubleshooting never runs",
      { place: "elsewhere", section: "troubleshooting", label: "Verification" },
      "reference",
    ],
    ["elsewhere nothing runs", { place: "elsewhere" }, "reference"],
    ["elsewhere an example is one", { place: "elsewhere", label: "Example" }, "example"],
    ["an annotation decides", { annotated: "verification" }, "verification"],
    ["an annotation can take a block out", { label: "Verification", annotated: "example" }, "example"],
    ["an annotation does not make another language run", { language: "python", annotated: "action" }, "example"],
    ["an annotation does not make anything run elsewhere", { place: "elsewhere", annotated: "action" }, "reference"],
  ])("%s", (_title, given, expected) => expect(role(given).role).toBe(expected));
});

describe("reasons", () => {
  test.each<[Given, string]>([
    [{}, "a shell block of the step without a label acts"],
    [{ label: "Verification" }, "its label `Verification` says so"],
    [{ label: "Bash execution" }, "`Bash execution` is no word for a verification"],
    [{ language: "console" }, "it is marked `console`; only bash, sh and shell run"],
    [{ language: "" }, "it names no language"],
    [{ annotated: "action" }, "the annotation says so"],
    [{ place: "elsewhere", annotated: "action" }, "the annotation `role=action` does not change that"],
    [{ place: "task", label: "Verify" }, "it is the task's own"],
  ])("%j", (given, why) => expect(role(given).why).toContain(why));
});
