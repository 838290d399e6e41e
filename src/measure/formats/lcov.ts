import type { CoverageKind } from "#model/figures";
import { ContentBuilder, isShare, mostKept, ownText } from "../content.ts";
import { LineStream } from "../line-stream.ts";
import type { ReportFormatReader, ReportReader } from "../reader.ts";

interface Pair {
  covered: number;
  total: number;
}

type Kind = Exclude<CoverageKind, "statements">;
type Pairs = Readonly<Record<Kind, Pair>>;

/** Lines of an lcov record that count something: which share, and which side of it. */
const sums: Readonly<Record<string, readonly [Kind, keyof Pair]>> = {
  LF: ["lines", "total"],
  LH: ["lines", "covered"],
  BRF: ["branches", "total"],
  BRH: ["branches", "covered"],
  FNF: ["functions", "total"],
  FNH: ["functions", "covered"],
};

/** Coverage in the format of lcov, as c8, nyc, vitest, node:test, coverage.py and grcov write it. */
export const lcov: ReportFormatReader = {
  isLike: (beginning) => /^(?:\s|TN:[^\n]{0,300}\n|#[^\n]{0,300}\n){0,20}SF:/u.test(beginning),
  create: () => new LcovReader(),
};

class LcovReader implements ReportReader {
  readonly #content = new ContentBuilder();
  readonly #files = new Map<string, Pairs>();
  /** Files beyond those that are kept: counted together. */
  readonly #rest = emptyPairs();
  readonly #lines = new LineStream((line) => this.#line(line));
  #path: string | undefined;
  #record = emptyPairs();
  #counted: Pair = { covered: 0, total: 0 };

  text(piece: string): void {
    this.#lines.push(piece);
  }

  end(): ReturnType<ReportReader["end"]> {
    this.#lines.end();
    if (this.#path !== undefined)
      this.#content.lacks(`It breaks off in the record of ${this.#path}, which is left out.`);
    const kinds = ["lines", "branches", "functions"] as const;
    for (const of of kinds) {
      const total = this.#sum(of, "total");
      if (total > 0) this.#content.coverage.push({ of, covered: this.#sum(of, "covered"), total });
    }
    for (const [path, pairs] of this.#files) {
      this.#content.file({ path, coverage: kinds.map((of) => ({ of, ...pairs[of] })) });
    }
    if (this.#files.size === 0) this.#content.lacks("It has no record of a file.");
    return this.#content.build();
  }

  #sum(of: Kind, side: keyof Pair): number {
    return [...this.#files.values()].reduce((sum, pairs) => sum + pairs[of][side], this.#rest[of][side]);
  }

  #line(line: string): void {
    const colon = line.indexOf(":");
    const key = colon < 0 ? line.trim() : line.slice(0, colon);
    if (key === "SF") {
      if (this.#path !== undefined) this.#content.lacks(`The record of ${this.#path} has no end.`);
      this.#path = ownText(line.slice(colon + 1).trim());
      this.#record = emptyPairs();
      this.#counted = { covered: 0, total: 0 };
    } else if (key === "end_of_record") this.#close();
    else if (key === "DA") this.#hits(line.slice(colon + 1));
    else if (Object.hasOwn(sums, key)) {
      const [of, side] = sums[key] ?? ["lines", "total"];
      this.#record[of][side] = Number(line.slice(colon + 1));
    }
  }

  #hits(text: string): void {
    const hits = Number(text.split(",", 2)[1]);
    this.#counted.total++;
    if (hits > 0) this.#counted.covered++;
  }

  #close(): void {
    const path = this.#path;
    this.#path = undefined;
    if (path === undefined) return;
    const record = this.#record;
    this.#compare(path, record.lines);
    const wrong = (["lines", "branches", "functions"] as const).find(
      (of) => !isShare(this.#content, `${of} of ${path}`, record[of].covered, record[of].total),
    );
    if (wrong !== undefined) return;
    const former = this.#files.get(path);
    if (former === undefined && this.#files.size >= mostKept) return this.#addToRest(record);
    this.#files.set(path, former === undefined ? record : larger(former, record));
  }

  /**
   * Takes what the lines themselves say where nothing is stated, or more. Why: node:test states lines that it was told to leave out
   * as reached and names none of them, so a report that contradicts itself may be whole.
   */
  #compare(path: string, stated: Pair): void {
    const { covered, total } = this.#counted;
    const isMore = stated.covered <= stated.total && stated.covered * total > covered * stated.total;
    if (isMore) {
      const shares = `${stated.covered} of ${stated.total} lines of ${path}, but has ${covered} of ${total}`;
      this.#content.note(`It states ${shares}: the lower share is taken.`);
    }
    if (isMore || stated.total === 0) Object.assign(stated, this.#counted);
  }

  /** Why: of the rest nobody knows any more which is which; a code base has no such number of files. */
  #addToRest(record: Pairs): void {
    for (const of of ["lines", "branches", "functions"] as const) {
      this.#rest[of].covered += record[of].covered;
      this.#rest[of].total += record[of].total;
    }
  }
}

function emptyPairs(): Pairs {
  return { lines: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 }, functions: { covered: 0, total: 0 } };
}

/** Why: of a file that several tests reached, each record tells a part; the largest is what is reached for certain. */
function larger(one: Pairs, other: Pairs): Pairs {
  const most = (of: Kind): Pair => ({
    covered: Math.max(one[of].covered, other[of].covered),
    total: Math.max(one[of].total, other[of].total),
  });
  return { lines: most("lines"), branches: most("branches"), functions: most("functions") };
}
