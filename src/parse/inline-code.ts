/** All runs of backticks of a text, so that the end of a code span is found without searching twice. */
export class BacktickRuns {
  readonly #text: string;
  #bySize: Map<number, { readonly starts: number[]; next: number }> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** The number of backticks from `at` on. */
  sizeAt(at: number): number {
    let end = at;
    while (end < this.#text.length && this.#text.charCodeAt(end) === 96) end++;
    return end - at;
  }

  /** The start of the next run of exactly `size` backticks from `from` on, -1 when there is none. Ask in ascending order. */
  closer(from: number, size: number): number {
    const runs = this.#runs().get(size);
    if (runs === undefined) return -1;
    while (runs.next < runs.starts.length && (runs.starts[runs.next] ?? 0) < from) runs.next++;
    return runs.starts[runs.next] ?? -1;
  }

  #runs(): Map<number, { readonly starts: number[]; next: number }> {
    if (this.#bySize !== undefined) return this.#bySize;
    const bySize = new Map<number, { readonly starts: number[]; next: number }>();
    let at = this.#text.indexOf("`");
    while (at >= 0) {
      const size = this.sizeAt(at);
      const runs = bySize.get(size);
      if (runs === undefined) bySize.set(size, { starts: [at], next: 0 });
      else runs.starts.push(at);
      at = this.#text.indexOf("`", at + size);
    }
    this.#bySize = bySize;
    return bySize;
  }
}
