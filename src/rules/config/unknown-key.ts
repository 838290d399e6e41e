import { defineRule, type Rule } from "../rule.ts";
import { reportProblems } from "./config-rule.ts";

/** Every key of the configuration is known, so that no setting is silently passed over. */
export const unknownKey: Rule = defineRule({
  code: "config/unknown-key",
  severity: "error",
  title: "Unknown key",
  summary: "Every key of the configuration is known, so that no setting is silently passed over.",
  needs: ["config"],
  check: reportProblems("unknown-key"),
});
