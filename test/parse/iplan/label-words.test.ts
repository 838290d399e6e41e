import { describe, expect, test } from "vitest";
import { createShellParser } from "#host/shell-parser";
import { createSource } from "#model/source";
import { parsePlan } from "#parse/iplan/plan";
import { understandPlan } from "#plan/understand";
import { aidoc16 } from "#profile/aidoc-16";
import { parseProfile } from "#profile/parse-profile";
import type { Profile } from "#profile/profile";
import { hash } from "../../support/understood-document.ts";

const parser = await createShellParser();
const parsed = parseProfile({
  extends: "aidoc-16",
  plan: {
    labels: [
      { means: "outcome", words: ["Erwartetes Ergebnis"] },
      { means: "verification", words: ["Prüfung"] },
      { means: "example", words: ["Beispiel"] },
      { means: "deliverables", words: ["Ergebnisse"] },
      { means: "verify", words: ["Prüfen"] },
    ],
  },
});
const german = "profile" in parsed ? parsed.profile : aidoc16;

const text = `# IPLAN-001: Gruß

## Objective

Grüßen.

**Ergebnisse**:
- \`gruss.txt\` exists

## Task List

### Phase 1: Bau - PENDING

- [ ] **TASK-1.1**: bauen
  - Prüfen: \`gruss.txt\` exists

## Execution Steps

**Step 1: Bauen**

\`\`\`bash
echo hallo > gruss.txt
\`\`\`

Prüfung:

\`\`\`bash
test -f gruss.txt
\`\`\`

**Beispiel**:

\`\`\`bash
rm -rf gruss.txt
\`\`\`

Erwartetes Ergebnis:

- \`gruss.txt\` exists
`;

function read(profile: Profile): unknown {
  const plan = parsePlan(createSource("p.md", new TextEncoder().encode(text)), profile);
  const { steps } = understandPlan(plan, { parser, hash, profile });
  const [step] = steps;
  return {
    deliverables: plan.deliverables.length,
    verify: plan.phases[0]?.tasks[0]?.verify.length,
    outcomes: step?.outcomes.map(({ claims }) => claims.length),
    roles: plan.blocks.map(
      (block) => [...(step?.blocks ?? []), ...(step?.others ?? [])].find((each) => each.block === block)?.role,
    ),
  };
}

describe("words of labels that a profile brings", () => {
  test("mean what the English ones do", () => {
    expect(parsed).toHaveProperty("profile");
    expect(read(german)).toEqual({
      deliverables: 1,
      verify: 1,
      outcomes: [1],
      roles: ["action", "verification", "example"],
    });
  });

  test("mean nothing without the profile", () => {
    expect(read(aidoc16)).toEqual({ deliverables: 0, verify: 0, outcomes: [], roles: ["action", "action", "action"] });
  });

  test("must name a meaning that there is", () => {
    const wrong = parseProfile({ extends: "aidoc-16", plan: { labels: [{ means: "hope", words: ["Hoffnung"] }] } });
    expect(wrong).toMatchObject({ problems: [{ path: expect.stringContaining("plan.labels") as string }] });
  });
});
