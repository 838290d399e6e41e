/** A value of JSON. */
type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** Bytes of a text in UTF-8. */
export function sizeOf(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

const bytesOf = (value: Value): number => sizeOf(JSON.stringify(value));

/** Lengths that lists and texts are cut to, until the value fits. */
const cuts = [200, 50, 20, 8, 3, 1, 0];

/** Most places that are named as left out; a deeper cut is told by the place above it. */
const mostPlaces = 12;

/**
 * The value cut to a size in bytes: long lists and texts keep their beginning, all by the same measure; `omitted` tells by JSON
 * pointer what was left out. Never more than the size, whatever the value.
 */
export function fitValue(
  value: unknown,
  bytes: number,
): { readonly value: Value; readonly omitted: Readonly<Record<string, string>> } {
  const whole = value as Value;
  if (bytesOf(whole) <= bytes) return { value: whole, omitted: {} };
  for (const length of cuts) {
    const omitted: Record<string, string> = {};
    const cut = cutTo(whole, length, "", omitted);
    const told = Object.fromEntries(Object.entries(omitted).slice(0, mostPlaces));
    if (bytesOf(cut) + bytesOf(told) <= bytes) return { value: cut, omitted: told };
  }
  return { value: {}, omitted: { "": "everything; ask for less" } };
}

function cutTo(value: Value, length: number, place: string, omitted: Record<string, string>): Value {
  if (typeof value === "string") {
    // Why: a name or a digest is worth nothing when it is cut.
    const most = Math.max(80, length * 20);
    if (value.length <= most) return value;
    omitted[place] = `${value.length - most} characters`;
    return `${value.slice(0, most)}…`;
  }
  if (Array.isArray(value)) {
    if (value.length > length) omitted[place] = `${value.length - length} of ${value.length}`;
    return value.slice(0, length).map((each, index) => cutTo(each, length, `${place}/${index}`, omitted));
  }
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([key, each]) => {
    return [key, cutTo(each, length, `${place}/${key}`, omitted)] as const;
  });
  return Object.fromEntries(members);
}
