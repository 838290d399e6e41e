import { readFileSync } from "node:fs";
import { Buffer } from "node:buffer";
import type { DocumentUnderTest } from "./workbench.ts";

/** An example of a rule's page: the document first, then what stands beside it. */
export interface PageExample {
  readonly documents: readonly DocumentUnderTest[];
  /** Text of a configuration file, for rules on it. */
  readonly config?: string;
}

/** The page of a rule, taken apart. */
export interface RulePage {
  readonly title: string;
  readonly lead: string;
  readonly sections: readonly string[];
  readonly bad: PageExample;
  readonly good: PageExample;
}

/** Reads the page of a rule. */
export function readPage(name: string): RulePage {
  const text = readFileSync(new URL(`../../docs/rules/${name}.md`, import.meta.url), "utf8");
  const parts = text.split(/^## (?=(?:Why|Bad|Good|How to fix)$)/m);
  const [title = "", lead = ""] = (parts[0] ?? "").split("\n\n");
  const part = (heading: string): string => parts.find((one) => one.startsWith(`${heading}\n`)) ?? "";
  return {
    title,
    lead: lead.trim(),
    sections: parts.slice(1).map((one) => one.slice(0, one.indexOf("\n"))),
    bad: readExample(part("Bad")),
    good: readExample(part("Good")),
  };
}

function readExample(text: string): PageExample {
  const fences = [...text.matchAll(/^````(\w+)(?: (.*))?\n([\s\S]*?)\n````$/gm)].map((match) => ({
    language: match[1] ?? "",
    settings: new Map((match[2] ?? "").split(" ").map((pair) => pair.split("=") as [string, string])),
    content: match[3] ?? "",
  }));
  const receipt = fences.find((fence) => fence.language === "ndjson")?.content;
  const isConfig = (fence: (typeof fences)[number]): boolean =>
    fence.language === "yaml" && !fence.settings.has("path");
  const config = fences.find(isConfig)?.content;
  const documents = fences
    .filter((fence) => ["markdown", "bytes", "gherkin", "yaml", "xml"].includes(fence.language) && !isConfig(fence))
    .map(({ language, settings, content }) => {
      const path = settings.get("path");
      const size = settings.get("size");
      const unread = settings.get("unread");
      return {
        content: language === "bytes" ? unescaped(content) : `${content}\n`,
        ...(path === undefined ? {} : { path }),
        ...(size === undefined ? {} : { size: Number(size) }),
        ...(unread === undefined ? {} : { unread }),
        ...(receipt === undefined ? {} : { receipt }),
      };
    });
  return { documents, ...(config === undefined ? {} : { config }) };
}

/** Bytes of a text in which `\xNN` stands for a byte and `\r` for a carriage return. */
function unescaped(text: string): Uint8Array {
  const bytes = text.split(/(\\x[0-9A-F]{2}|\\r)/).map((piece) => {
    if (piece === "\\r") return Buffer.from("\r");
    return /^\\x[0-9A-F]{2}$/.test(piece) ? Buffer.from(piece.slice(2), "hex") : Buffer.from(piece);
  });
  return Buffer.concat(bytes);
}
