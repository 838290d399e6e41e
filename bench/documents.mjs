import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const shared = process.env.IPLAN_SHARED ?? fileURLToPath(new URL("../../shared", import.meta.url));

/** The documents a bench reads: the reference documents beside the repository, or else generated ones. */
export function documents() {
  const corpus = join(shared, "corpus");
  if (!existsSync(corpus))
    return { origin: "generated plans", texts: Array.from({ length: 40 }, (_, index) => plan(index)) };
  const files = readdirSync(corpus, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith(".md"),
  );
  const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));
  return { origin: `${texts.length} reference documents`, texts };
}

/** A plan of two hundred steps: headings, boxes, fences, tables, quotes, comments. */
export function plan(seed) {
  const parts = [`# IPLAN-${seed}: A generated plan\n\nText with **strong words**, \`code\` and a [link](a.md).\n`];
  for (let step = 1; step <= 200; step++) {
    parts.push(
      `## Step ${step}: Build part ${(step * 7 + seed) % 31}\n\n**Action**: make the folder, then look at it.\n`,
      `\`\`\`bash\nmkdir -p build/part-${step}\nfor name in a b c; do\n  echo "$name" > build/part-${step}/$name.txt\ndone\n\`\`\`\n`,
      `- [ ] **TASK-${step}.1**: files are there (2 hours)\n  - File: \`build/part-${step}/a.txt\`\n  - Verify: \`test -f build/part-${step}/a.txt\`\n- [x] **TASK-${step}.2**: ☐ and ✅ are glyphs\n`,
      `| Item | Target | Status |\n|------|:------:|-------:|\n| part ${step} | 95 % | PENDING |\n| lint | 0 | a \\| b |\n`,
      `> A note on step ${step}\n> over two lines.\n\n<!-- iplan: id=step-${step} -->\n`,
    );
  }
  return parts.join("\n");
}
