/** Adds items to a list. Why: spreading many thousand items into `push` overflows the call stack. */
export function append<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}
