import type { Box, Bullet } from "#model/plan";
import type { AnyBlock, ItemBlock, TaskMark } from "../block.ts";
import type { Passage } from "../passage.ts";
import { readLeadingLabel } from "./label.ts";
import type { PlanReading } from "./reading.ts";

/** The items of all lists among blocks. */
export function itemsOf(blocks: readonly AnyBlock[]): ItemBlock[] {
  return blocks.flatMap((block) =>
    block.kind === "list" ? block.children.filter((item) => item.kind === "item") : [],
  );
}

/** The items of all lists among blocks as bullets. */
export function bulletsOf(reading: PlanReading, blocks: readonly AnyBlock[], depth = 0): Bullet[] {
  return itemsOf(blocks).map((item) => readBullet(reading, item, depth));
}

/** Why: lists nest as deep as a line is long, and the call stack does not. */
const deepest = 40;

/** A list item as a bullet, with the bullets below it. */
export function readBullet(reading: PlanReading, item: ItemBlock, depth = 0): Bullet {
  const passage = itemPassage(reading, item);
  const visible = reading.visible(passage);
  const label = readLeadingLabel(visible);
  const annotation = itemAnnotation(reading, item);
  return {
    text: visible.line,
    range: reading.range(item),
    textRange: visible.range,
    ...(item.task === undefined ? {} : { box: readBox(reading, item.task) }),
    ...(label === undefined ? {} : { label: label.words }),
    children: depth < deepest ? bulletsOf(reading, item.children, depth + 1) : [],
    ...(annotation === undefined ? {} : { annotation }),
  };
}

/** The text of an item's first paragraph behind its box. */
export function itemPassage(reading: PlanReading, item: ItemBlock): Passage {
  const paragraph = item.children.find((child) => child.kind === "paragraph");
  if (paragraph === undefined) return reading.document.passage({ start: item.marker.end, end: item.marker.end });
  const passage = reading.passageOf(paragraph);
  return (item.task === undefined ? passage : passage.after(item.task.end)).trim();
}

/** The annotation of an item: inside its own text, else right before it. */
export function itemAnnotation(reading: PlanReading, item: ItemBlock): Bullet["annotation"] {
  const own = item.children.find((child) => child.kind === "paragraph");
  return (own && reading.annotationIn(own)) ?? reading.annotationBefore(item.start);
}

/** A box as the model has it; its mark is what ticking replaces. */
export function readBox(reading: PlanReading, task: TaskMark): Box {
  const text = reading.source.text.slice(task.mark.start, task.mark.end);
  return { mark: { text, range: reading.range(task.mark) }, form: task.form, ticked: task.ticked };
}
