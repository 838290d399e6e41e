import type { Plan } from "#model/plan";
import { createSourceFromText } from "#model/source";
import { parsePlan } from "#parse/iplan/plan";
import { aidoc16 } from "#profile/aidoc-16";

/** The plan a text is read as. */
export function read(text: string, path = "plan.md", profile = aidoc16): Plan {
  return parsePlan(createSourceFromText(path, text), profile);
}
