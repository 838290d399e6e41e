/** How many cases a property is tried with: so many in the suite, as many as `IPLAN_PROPERTY_RUNS` says in a campaign. */
export function propertyRuns(usual: number): number {
  const asked = Number(process.env["IPLAN_PROPERTY_RUNS"] ?? "");
  return Number.isInteger(asked) && asked > 0 ? asked : usual;
}
