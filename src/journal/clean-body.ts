import type { JournalEventBody, Json } from "#model/run";

/** Members that hold free text; all others are names, numbers and digests the program made itself. */
const freeText: ReadonlySet<string> = new Set([
  "text",
  "reason",
  "observed",
  "stateNote",
  "directory",
  "alarms",
  "name",
  "signal",
  "title",
]);

/** The body as it may be stored: free text redacted, text well-formed, members without a value left out. */
export function cleanBody(body: JournalEventBody, redact: (text: string) => string = (text) => text): JournalEventBody {
  return cleanValue(body, "", redact) as JournalEventBody;
}

function cleanValue(value: unknown, member: string, redact: (text: string) => string): Json {
  if (typeof value === "string") return wellFormed(freeText.has(member) ? redact(value) : value);
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, member, redact));
  if (typeof value === "object" && value !== null) {
    const members: [string, Json][] = [];
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) members.push([wellFormed(key), cleanValue(item, key, redact)]);
    }
    return Object.fromEntries(members);
  }
  return value as Json;
}

/** Why: canonical JSON refuses lone surrogates, which undecodable names and cut texts may hold. */
function wellFormed(text: string): string {
  if (!/[\uD800-\uDFFF]/.test(text)) return text;
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");
}
