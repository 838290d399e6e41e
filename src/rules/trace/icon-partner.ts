import { contractRoles, contractTags, sidesTaken } from "../contract-roles.ts";
import { defineRule, type Rule } from "../rule.ts";

/** A contract between two sides has both. */
export const iconPartner: Rule = defineRule({
  code: "trace/icon-partner",
  severity: "warning",
  title: "Implementation contract with one side",
  summary: "An implementation contract that one document provides is consumed by another, and the other way round.",
  needs: ["trace"],
  check({ trace, profile }, report) {
    const names = contractTags(profile);
    const own = trace.graph.trace(trace.path);
    const roles = own === undefined || own.template || names === undefined ? [] : contractRoles(own, names);
    if (names === undefined || roles.length === 0) return "not-applicable";
    const taken = sidesTaken(trace.graph, names);
    for (const place of roles) {
      const sides = taken.get(place.contract);
      const isSide = place.role !== undefined && names.sides.includes(place.role);
      const wanted = isSide ? names.sides.find((side) => side !== place.role) : undefined;
      // Why: a tag without a role may stand for either side.
      if (wanted === undefined || sides?.has(wanted) === true || sides?.has("") === true) continue;
      report({
        message: `${place.contract} has a ${place.role}, but no ${wanted}. Tag the document that is its ${wanted} with @${names.contract}: ${place.contract} and @${names.role}: ${wanted}.`,
        at: place,
        cause: `icon:${place.contract}`,
      });
    }
    return undefined;
  },
});
