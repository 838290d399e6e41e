import type { Effort } from "./plan.ts";

/** An effort in the words of a page: `30 min`, `2.5 h`, `6-8 h`. */
export function effortText({ minHours, maxHours }: Effort): string {
  const unit = maxHours < 1 ? { name: "min", size: 60 } : { name: "h", size: 1 };
  const [least, most] = [minHours, maxHours].map((hours) => Math.round(hours * unit.size * 100) / 100);
  return `${least === most ? least : `${least}-${most}`} ${unit.name}`;
}
