/** One way to break the code that a step of the example plan writes. */
export interface Mutation {
  readonly step: number;
  readonly title: string;
  /** Text that occurs in the step exactly once, and what stands there instead. */
  readonly find: string;
  readonly put: string;
}

/** For each step one break that its own verification must notice. */
export const mutations: readonly Mutation[] = [
  {
    step: 1,
    title: "the session points to a feature file that is not there",
    find: 'FEATURE="docs/BDD/BDD-001_parcel_handover.feature"',
    put: 'FEATURE="docs/BDD/BDD-001_handover.feature"',
  },
  {
    step: 2,
    title: "backgrounds are counted in place of scenarios",
    find: "'^  Scenario:'",
    put: "'^  Background:'",
  },
  {
    step: 3,
    title: "the tag lines forget a layer",
    find: "  tag_line ctr CTR-001 LockerApi\n",
    put: "",
  },
  {
    step: 4,
    title: "a short key is accepted",
    find: "value.length < 16",
    put: "value.length < 0",
  },
  {
    step: 5,
    title: "every code opens every parcel",
    find: "offered.length === expected.length && timingSafeEqual(offered, expected)",
    put: "offered.length === expected.length",
  },
  {
    step: 6,
    title: "a torn last line stays in the file",
    find: "if (end < bytes.length) ftruncateSync(handle, end);",
    put: "if (end > bytes.length) ftruncateSync(handle, end);",
  },
  {
    step: 7,
    title: "a code opens twice",
    find: "else held.delete(compartment);",
    put: "else if (type === 'released') held.delete(compartment);",
  },
  {
    step: 8,
    title: "a refusal has another status than the contract says",
    find: "  overdue: 410,",
    put: "  overdue: 404,",
  },
  {
    step: 9,
    title: "the coverage is read from a field that is not there",
    find: "sum('LH')",
    put: "sum('LX')",
  },
  {
    step: 10,
    title: "an integration test expects another status",
    find: "assert.equal(deposit.status, 201);",
    put: "assert.equal(deposit.status, 200);",
  },
  {
    step: 11,
    title: "a scenario step turns the clock back",
    find: "this.time.now += hours * 3_600_000;",
    put: "this.time.now -= hours * 3_600_000;",
  },
  {
    step: 12,
    title: "the type check leaves the source out",
    find: '"include": ["src", "bench", "tests"]',
    put: '"include": ["bench"], "exclude": ["src"]',
  },
  {
    step: 13,
    title: "the measurement stops after five pickups",
    find: "round < 250",
    put: "round < 5",
  },
  {
    step: 14,
    title: "the notes forget a setting",
    find: "| `LOCKER_LAYOUT` | `S=4,M=2,L=1` | compartments by size, numbered from 1 in this order |\n",
    put: "",
  },
  {
    step: 15,
    title: "the commit does not say what it satisfies",
    find: "Satisfies: REQ-001, REQ-002, REQ-003\n",
    put: "",
  },
];

/** The plan with one step broken; throws when the text is not there exactly once in what the step writes. */
export function broken(plan: string, mutation: Mutation): string {
  const { from, to } = sectionOf(plan, mutation.step);
  const verification = plan.indexOf("\nVerification:\n", from);
  const first = plan.indexOf(mutation.find, from);
  const again = plan.indexOf(mutation.find, first + 1);
  const once = first >= from && first < verification && (again < 0 || again >= to);
  if (!once) throw new Error(`step ${mutation.step} does not write exactly once: ${mutation.find}`);
  return plan.slice(0, first) + mutation.put + plan.slice(first + mutation.find.length);
}

/** The plan with one step as it is in the good plan, and everything else left as it is. */
export function mended(plan: string, good: string, step: number): string {
  const section = sectionOf(plan, step);
  const whole = sectionOf(good, step);
  return plan.slice(0, section.from) + good.slice(whole.from, whole.to) + plan.slice(section.to);
}

function sectionOf(plan: string, step: number): { readonly from: number; readonly to: number } {
  const from = plan.indexOf(`**Step ${step}: `);
  const next = plan.indexOf(`**Step ${step + 1}: `, from);
  if (from < 0) throw new Error(`the plan has no step ${step}`);
  return { from, to: next < 0 ? plan.indexOf("### Verification Checklist", from) : next };
}
