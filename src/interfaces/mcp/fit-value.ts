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
 * The value as JSON, cut to a size in bytes: long lists and texts keep their beginning, all by the same measure; `omitted` tells by
 * JSON pointer what was left out. Never more than the size, whatever the value. Maps become objects.
 */
export function fitValue(
  value: unknown,
  bytes: number,
): { readonly value: Value; readonly omitted: Readonly<Record<string, string>> } {
  // Why: of a value that is many times too large only what is kept is looked at.
  if (leastBytes(value, bytes) <= bytes) {
    const whole = cutTo(value, Number.POSITIVE_INFINITY, "", {});
    if (bytesOf(whole) <= bytes) return { value: whole, omitted: {} };
  }
  for (const length of cuts) {
    const omitted: Record<string, string> = {};
    const cut = cutTo(value, length, "", omitted);
    const told = Object.fromEntries(Object.entries(omitted).slice(0, mostPlaces));
    if (bytesOf(cut) + bytesOf(told) <= bytes) return { value: cut, omitted: told };
  }
  return { value: {}, omitted: { "": "everything; ask for less" } };
}

/** No more bytes than the value takes as JSON; counting ends above `most`. */
function leastBytes(value: unknown, most: number): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return value === undefined ? 0 : 1;
  let bytes = 2;
  for (const [key, each] of membersOf(value)) {
    if (each !== undefined && !Array.isArray(value)) bytes += key.length + 3;
    bytes += leastBytes(each, most - bytes);
    if (bytes > most) break;
  }
  return bytes;
}

function* membersOf(value: object): Generator<readonly [key: string, each: unknown]> {
  if (Array.isArray(value)) for (const each of value as readonly unknown[]) yield ["", each];
  else yield* value instanceof Map ? (value as ReadonlyMap<string, unknown>) : Object.entries(value);
}

function cutTo(value: unknown, length: number, place: string, omitted: Record<string, string>): Value {
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
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value;
  if (typeof value !== "object" || value === null) return null;
  const members: (readonly [string, Value])[] = [];
  for (const [key, each] of membersOf(value)) {
    if (each !== undefined) members.push([key, cutTo(each, length, `${place}/${key}`, omitted)]);
  }
  return Object.fromEntries(members);
}
