import { linkColumn, linkWidth } from "./artifact-entry.ts";
import type { GraphState } from "./graph-state.ts";

/** Documents that lead to each other in a circle, by id; a document that names itself is one alone. Sorted by the first id. */
export function cycles(state: GraphState): readonly (readonly number[])[] {
  const targets = targetsOf(state);
  const { components, selfish } = new CircleSearch(targets).run();
  const found = [...components.filter((component) => component.length > 1), ...selfish.map((number) => [number])];
  const node = (number: number): number => state.nodes.artifacts[number]?.node ?? -1;
  return found
    .map((component) => component.map(node).sort((a, b) => (state.nodes.idOf(a) < state.nodes.idOf(b) ? -1 : 1)))
    .sort((a, b) => (state.nodes.idOf(a[0] ?? -1) < state.nodes.idOf(b[0] ?? -1) ? -1 : 1));
}

/** Numbers of the artifacts that each artifact leads to. Why: an element of a document may lean on another of the same. */
function targetsOf(state: GraphState): readonly (readonly number[])[] {
  state.settle();
  const targets = state.nodes.artifacts.map(() => new Set<number>());
  for (const { links, trace, artifact } of state.documents()) {
    if (trace.template) continue;
    for (let at = 0; at < links.length; at += linkWidth) {
      const to = links[at + linkColumn.to] ?? -1;
      const number = links[at + linkColumn.artifact] ?? -1;
      const isOwn = number === artifact.number && to !== artifact.node && to !== links[at + linkColumn.from];
      if (to >= 0 && !isOwn) targets[artifact.number]?.add(number);
    }
  }
  return targets.map((numbers) => [...numbers]);
}

/** Tarjan's strongly connected components, with its own stack. */
class CircleSearch {
  readonly components: number[][] = [];
  readonly selfish: number[] = [];
  readonly #targets: readonly (readonly number[])[];
  readonly #order: Int32Array;
  readonly #low: Int32Array;
  readonly #next: Int32Array;
  readonly #open: Uint8Array;
  readonly #stack: number[] = [];
  #count = 0;

  constructor(targets: readonly (readonly number[])[]) {
    this.#targets = targets;
    this.#order = new Int32Array(targets.length).fill(-1);
    this.#low = new Int32Array(targets.length);
    this.#next = new Int32Array(targets.length);
    this.#open = new Uint8Array(targets.length);
  }

  run(): this {
    for (const [number, targets] of this.#targets.entries()) {
      if (this.#order[number] === -1) this.#from(number);
      if (targets.includes(number)) this.selfish.push(number);
    }
    const circles = new Set(this.components.filter((component) => component.length > 1).flat());
    this.selfish.splice(0, this.selfish.length, ...this.selfish.filter((number) => !circles.has(number)));
    return this;
  }

  #from(root: number): void {
    const path = [root];
    this.#enter(root);
    for (let number = path.at(-1); number !== undefined; number = path.at(-1)) {
      const target = this.#targets[number]?.[this.#next[number] ?? 0];
      this.#next[number] = (this.#next[number] ?? 0) + 1;
      if (target === undefined) {
        path.pop();
        this.#leave(number, path.at(-1));
      } else if (this.#order[target] === -1) {
        this.#enter(target);
        path.push(target);
      } else if (this.#open[target] === 1) {
        this.#low[number] = Math.min(this.#low[number] ?? 0, this.#order[target] ?? 0);
      }
    }
  }

  #enter(number: number): void {
    this.#order[number] = this.#count;
    this.#low[number] = this.#count++;
    this.#open[number] = 1;
    this.#stack.push(number);
  }

  #leave(number: number, parent: number | undefined): void {
    if (parent !== undefined) this.#low[parent] = Math.min(this.#low[parent] ?? 0, this.#low[number] ?? 0);
    if (this.#low[number] !== this.#order[number]) return;
    const component: number[] = [];
    for (let member = this.#stack.pop(); member !== undefined; member = this.#stack.pop()) {
      this.#open[member] = 0;
      component.push(member);
      if (member === number) break;
    }
    this.components.push(component);
  }
}
