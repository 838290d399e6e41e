import { defineRule, type Rule } from "../rule.ts";
import { reportProblems } from "./config-rule.ts";

/** No waiver is past its last day; one that is covers nothing any more. */
export const expiredWaiver: Rule = defineRule({
  code: "config/expired-waiver",
  severity: "warning",
  title: "Expired waiver",
  summary: "No waiver is past its last day; one that is covers nothing any more.",
  needs: ["config"],
  check: reportProblems("expired-waiver"),
});
