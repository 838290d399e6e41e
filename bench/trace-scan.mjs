import { bundle } from "./build.mjs";
import { documents } from "./documents.mjs";

const layers = ["BRD", "PRD", "EARS", "ADR", "SYS", "REQ", "SPEC", "TASKS"];
const words = "The gate takes an order, looks at its limits and answers before the book moves on. ";

/** Markdown documents of requirements, each with nine tags, as the graph reads them by the hundred thousand. */
function requirements(count, perDocument) {
  const texts = [];
  for (let first = 0; first < count; first += perDocument) {
    const number = String(first / perDocument + 1).padStart(4, "0");
    const parts = [`# REQ-${number}: Orders of part ${number}\n\n## 1. Requirements\n`];
    for (let item = first; item < Math.min(count, first + perDocument); item++) parts.push(requirement(item, first));
    parts.push(
      "## 9. Traceability\n\n### Upstream Sources\n\n- [SYS-0001](../SYS/SYS-0001_gate.md)\n- BRD-0001:FR-001\n",
    );
    texts.push([`docs/REQ/REQ-${number}_orders.md`, `REQ-${number}`, parts.join("\n")]);
  }
  return texts;
}

function requirement(item, first) {
  const tags = layers.map((layer, index) => {
    const target = String(((first * 7 + index) % 900) + 1).padStart(4, "0");
    return `@${layer.toLowerCase()}: ${layer}-${target}:FR-${String((item % 50) + 1).padStart(3, "0")}`;
  });
  return `### AC-${String(item - first + 1).padStart(3, "0")}: Orders are checked (${item})\n\n${words.repeat(3)}\n\n${tags.join("\n")}\n@bdd: BDD-0001:SCENARIO-${item % 90}\n`;
}

/** How fast tags and definitions are read into rows, against reading blocks alone. */
export async function run() {
  const built = await bundle({
    trace: "src/parse/trace.ts",
    blocks: "src/parse/blocks.ts",
    profile: "src/profile/aidoc-16.ts",
  });
  const { createTraceReader } = await import(new URL("trace.mjs", built));
  const { scanBlocks } = await import(new URL("blocks.mjs", built));
  const { aidoc16 } = await import(new URL("profile.mjs", built));
  const { origin, texts } = documents();
  const kinds = {
    "requirements, 25 a document": requirements(100_000, 25),
    "requirements, one a document": requirements(20_000, 1),
    [origin]: texts.map((text, index) => [`docs/a${index}.md`, undefined, text]),
  };
  const rows = Object.entries(kinds).map(([what, list]) =>
    measure(what, list, { createTraceReader, scanBlocks, aidoc16 }),
  );
  return {
    title: "Reading tags and definitions",
    rows,
    notes: "Decoding bytes included; the best of several rounds, each with a new reader.",
  };
}

function measure(what, list, { createTraceReader, scanBlocks, aidoc16 }) {
  const bytes = list.map(([, , text]) => Buffer.from(text));
  const size = bytes.reduce((sum, each) => sum + each.length, 0);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let tags = 0;
  const best = fastest(() => {
    const reader = createTraceReader(aidoc16);
    tags = 0;
    for (const [index, [path, id]] of list.entries()) {
      const text = decoder.decode(bytes[index]);
      const subject = { path, role: "artifact", template: false, ...(id === undefined ? {} : { id, type: "REQ" }) };
      tags += reader.read(subject, text).tags.length / 9;
    }
  });
  const blocks = fastest(() => {
    for (const each of bytes) scanBlocks(decoder.decode(each));
  });
  return {
    documents: what,
    MB: (size / 1e6).toFixed(1),
    tags,
    ms: best.toFixed(0),
    "MB/s": (size / best / 1000).toFixed(0),
    "MB/s, blocks alone": (size / blocks / 1000).toFixed(0),
  };
}

function fastest(act) {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const begun = performance.now();
    act();
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}
