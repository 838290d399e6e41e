/** A link that a person accepted. */
export interface AcceptedLink {
  readonly from: string;
  readonly to: string;
  /** Digest of what `to` meant. */
  readonly digest: string;
}

/** What a file of accepted links says. */
export interface AcceptedFile {
  readonly links: readonly AcceptedLink[];
  /** Lines that could not be read; `line` from 1. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}

const head = `{"schema":"iplan-accepted-links/1"}`;

/** The text of the file: a line a link, sorted, so that two branches merge; the same links give the same bytes. */
export function acceptedFileText(links: readonly AcceptedLink[]): string {
  const lines = links.map(({ from, to, digest }) => JSON.stringify([from, to, digest])).sort();
  return [head, ...new Set(lines)].map((line) => `${line}\n`).join("");
}

/** Reads the file. Of two lines for one link none counts: a merge kept both sides, and a person has to choose. */
export function readAcceptedFile(text: string): AcceptedFile {
  const links = new Map<string, AcceptedLink>();
  const disputed = new Set<string>();
  const problems: { line: number; message: string }[] = [];
  for (const [index, written] of text.split("\n").entries()) {
    const line = written.trim();
    if (line === "" || line === head) continue;
    const link = linkOf(line);
    const key = link === undefined ? "" : JSON.stringify([link.from, link.to]);
    const known = links.get(key);
    if (link === undefined) problems.push({ line: index + 1, message: "This line is no accepted link." });
    else if (known !== undefined && known.digest !== link.digest) {
      disputed.add(key);
      problems.push({
        line: index + 1,
        message: `${link.from} was accepted as following from two states of ${link.to}.`,
      });
    } else links.set(key, link);
  }
  return { links: [...links].flatMap(([key, link]) => (disputed.has(key) ? [] : [link])), problems };
}

function linkOf(line: string): AcceptedLink | undefined {
  try {
    const parts: unknown = JSON.parse(line);
    if (!Array.isArray(parts) || parts.length !== 3 || !parts.every((part) => typeof part === "string"))
      return undefined;
    const [from = "", to = "", digest = ""] = parts as readonly string[];
    return { from, to, digest };
  } catch {
    return undefined;
  }
}
