import { defineRule, type Rule } from "../rule.ts";
import { reportProblems } from "./config-rule.ts";

/** Every waiver says why; one that does not covers nothing. */
export const waiverWithoutReason: Rule = defineRule({
  code: "config/waiver-without-reason",
  severity: "error",
  title: "Waiver without reason",
  summary: "Every waiver says why; one that does not covers nothing.",
  needs: ["config"],
  check: reportProblems("waiver-without-reason"),
});
