import type { PlanBlock } from "#model/plan";
import { createSourceFromText } from "#model/source";

/** A fenced block made from its text alone, at the start of a document that holds nothing else. */
export function planBlock(text: string, more: Partial<PlanBlock> = {}): PlanBlock {
  const fence = "```bash\n";
  const source = createSourceFromText("plan.md", `${fence}${text}\n\`\`\`\n`);
  const shift = fence.length;
  return {
    language: "bash",
    info: "bash",
    text,
    range: source.range(0, source.text.length - 1),
    toDocument: (offset) => offset + shift,
    rangeOf: (start, end) => source.range(start + shift, end + shift),
    closed: true,
    expectations: [],
    ...more,
  };
}
