import type { CoverageKind } from "#model/figures";
import { ContentBuilder, isShare, ownText } from "../content.ts";
import type { ReportFormatReader, ReportReader } from "../reader.ts";
import { XmlStream } from "../xml-stream.ts";

type Attributes = ReadonlyMap<string, string>;

interface Counted {
  covered: number;
  total: number;
}

/** Cobertura XML, as coverage.py, istanbul, coverlet and gocover-cobertura write it. */
export const cobertura: ReportFormatReader = {
  isLike: (beginning) =>
    /<coverage[\s>]/u.test(beginning) && /\b(?:line-rate|lines-valid|cobertura)\b/u.test(beginning),
  create: () => new CoberturaReader(),
};

class CoberturaReader implements ReportReader {
  readonly #content = new ContentBuilder();
  readonly #files = new Map<string, Counted>();
  #root: Attributes = new Map();
  #file: Counted | undefined;
  #inMethod = false;
  readonly #xml = new XmlStream({
    open: (name, attributes) => this.#open(name, attributes),
    close: (name) => {
      if (name === "class") this.#file = undefined;
      if (name === "method") this.#inMethod = false;
    },
    note: (sentence) => this.#content.note(sentence),
  });

  text(piece: string): void {
    this.#xml.push(piece);
  }

  end(): ReturnType<ReportReader["end"]> {
    if (!this.#xml.isWhole)
      this.#content.lacks("It breaks off, or is damaged: its totals may count what is not in it.");
    const counted = { covered: 0, total: 0 };
    for (const [path, file] of this.#files) {
      this.#content.file({ path, coverage: [{ of: "lines", ...file }] });
      counted.covered += file.covered;
      counted.total += file.total;
    }
    this.#total("lines", this.#stated("lines", "line-rate"), counted);
    this.#total("branches", this.#stated("branches", "branch-rate"), undefined);
    return this.#content.build();
  }

  #open(name: string, attributes: Attributes): void {
    if (name === "coverage" && this.#root.size === 0) this.#root = attributes;
    else if (name === "class") this.#file = this.#fileOf(attributes.get("filename") ?? attributes.get("name") ?? "");
    else if (name === "method") this.#inMethod = true;
    else if (name === "line" && this.#file !== undefined && !this.#inMethod) {
      this.#file.total++;
      if (Number(attributes.get("hits")) > 0) this.#file.covered++;
    }
  }

  #fileOf(path: string): Counted {
    const known = this.#files.get(path) ?? { covered: 0, total: 0 };
    this.#files.set(ownText(path), known);
    return known;
  }

  /** The totals its first element states: counts, or at least a rate of which no counts are known. */
  #stated(of: "lines" | "branches", rate: string): Counted | undefined {
    const [covered, total] = [this.#root.get(`${of}-covered`), this.#root.get(`${of}-valid`)].map(numberIn);
    if (covered !== undefined && total !== undefined) return total > 0 ? { covered, total } : undefined;
    const share = numberIn(this.#root.get(rate));
    return share === undefined || (of === "branches" && share === 0) ? undefined : { covered: share * 100, total: 100 };
  }

  #total(of: CoverageKind, stated: Counted | undefined, counted: Counted | undefined): void {
    const isStated = stated !== undefined && isShare(this.#content, `its ${of}`, stated.covered, stated.total);
    if (counted === undefined || counted.total === 0) {
      if (isStated) this.#content.coverage.push({ of, ...stated });
      return;
    }
    if (isStated && Math.abs(stated.covered / stated.total - counted.covered / counted.total) > 0.01) {
      this.#content.lacks(
        `It states ${percent(stated)} of ${of}, but its files have ${percent(counted)}: the lower one is taken.`,
      );
    }
    const isLower = !isStated || counted.covered / counted.total < stated.covered / stated.total;
    this.#content.coverage.push({ of, ...(isLower ? counted : stated) });
  }
}

function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}(?:\.\d{1,20})?$/u.test(text) ? Number(text) : undefined;
}

function percent({ covered, total }: Counted): string {
  return `${((100 * covered) / total).toFixed(1)} %`;
}
