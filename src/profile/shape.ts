/** Something wrong in a value: where (`plan.fields[status].format`) and what to write instead. */
export interface ShapeProblem {
  readonly path: string;
  readonly message: string;
}

/** Checks one value and reports what is wrong with it. */
export type Shape = (value: unknown, path: string, report: (problem: ShapeProblem) => void) => void;

/** A plain object, as JSON and YAML give it. */
export type PlainObject = Readonly<Record<string, unknown>>;

/** True for objects that are no list. */
export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text that is not empty. */
export const text: Shape = (value, path, report) => {
  if (typeof value !== "string" || value.trim() === "") report({ path, message: "must be a text" });
};

/** True or false. */
export const truth: Shape = (value, path, report) => {
  if (typeof value !== "boolean") report({ path, message: "must be true or false" });
};

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number): Shape {
  return (value, path, report) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return;
    report({ path, message: `must be a whole number from ${least} to ${most}` });
  };
}

/** One of the words. */
export function oneOf(words: readonly string[]): Shape {
  return (value, path, report) => {
    if (typeof value !== "string" || !words.includes(value)) report({ path, message: `must be ${orList(words)}` });
  };
}

/** A text that the check finds nothing wrong with. */
export function textThat(problemOf: (text: string) => string | undefined): Shape {
  return (value, path, report) => {
    if (typeof value !== "string") return report({ path, message: "must be a text" });
    const message = problemOf(value);
    if (message !== undefined) report({ path, message });
  };
}

/** One shape or another: the first that finds nothing wrong; else what the last finds. */
export function either(first: Shape, second: Shape): Shape {
  return (value, path, report) => {
    let fits = true;
    first(value, path, () => {
      fits = false;
    });
    if (!fits) second(value, path, report);
  };
}

/** A list whose items all have the shape; `named` gives the key by which problems name an item. */
export function listOf(item: Shape, named?: string): Shape {
  return (value, path, report) => {
    if (!Array.isArray(value)) return report({ path, message: "must be a list" });
    for (const [index, each] of value.entries()) {
      const name: unknown = named !== undefined && isPlainObject(each) ? each[named] : undefined;
      item(each, `${path}[${typeof name === "string" ? name : index}]`, report);
    }
  };
}

/** An object with exactly these keys; those named in `optional` may be absent. */
export function objectOf(keys: Readonly<Record<string, Shape>>, optional: readonly string[] = []): Shape {
  return (value, path, report) => {
    if (!isPlainObject(value)) return report({ path, message: "must be a map" });
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(keys, key))
        report({ path: join(path, key), message: `is not known; known are ${orList(Object.keys(keys))}` });
    }
    for (const [key, shape] of Object.entries(keys)) {
      if (Object.hasOwn(value, key)) shape(value[key], join(path, key), report);
      else if (!optional.includes(key)) report({ path: join(path, key), message: "is missing" });
    }
  };
}

/** A map from any key to values of the shape. */
export function mapOf(shape: Shape): Shape {
  return (value, path, report) => {
    if (!isPlainObject(value)) return report({ path, message: "must be a map" });
    for (const [key, each] of Object.entries(value)) shape(each, join(path, key), report);
  };
}

/** Words as a sentence lists them: `a, b or c`. */
export function orList(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
