import { defineRule, type Rule } from "../rule.ts";
import { reportProblems } from "./config-rule.ts";

/** Every value of the configuration has the form its key asks for. */
export const badValue: Rule = defineRule({
  code: "config/bad-value",
  severity: "error",
  title: "Bad value",
  summary: "Every value of the configuration has the form its key asks for.",
  needs: ["config"],
  check: reportProblems("bad-value"),
});
