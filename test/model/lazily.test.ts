import { describe, expect, test } from "vitest";
import { keptWith, once, onceFor, withEachLazily, withLazily, withMore } from "../../src/model/lazily.ts";

describe("properties that are made when they are read", () => {
  test("are made together, once, and only then", () => {
    let count = 0;
    const whole = withLazily({ a: 1 }, ["b", "c"], () => {
      count += 1;
      return { b: 2, c: 3 };
    });
    expect([whole.a, count]).toEqual([1, 0]);
    expect([whole.b, whole.c, whole.b, count]).toEqual([2, 3, 2, 1]);
  });
  test("are made one by one, each once", () => {
    const made: string[] = [];
    const note = (name: string) => (from: string) => {
      made.push(name);
      return `${from} ${name}`;
    };
    const whole = withEachLazily<object, string, { b: string; c: string }>({}, { b: note("b"), c: note("c") }, "from");
    expect([whole.c, whole.c]).toEqual(["from c", "from c"]);
    expect(made).toEqual(["c"]);
  });
  test("stay unread when more are added", () => {
    let count = 0;
    const first = withLazily({}, ["b"], () => ({ b: (count += 1) }));
    const whole = withLazily(first, ["c"], () => ({ c: 5 }));
    expect([whole.c, count]).toEqual([5, 0]);
    expect(whole.b).toBe(1);
  });
  test("keep their own makers when more of the same name are added, and in copies", () => {
    let count = 0;
    const first = withEachLazily({ a: 1 }, { b: (from: number) => from + (count += 1) }, 10);
    const copy = withMore(first, { c: 3 });
    expect([count, copy.b, first.b, copy.c, count]).toEqual([0, 11, 11, 3, 1]);
    expect(withLazily(first, ["b"], () => ({ b: 5 })).b).toBe(5);
  });
  test("read as plain ones in JSON and copies", () => {
    const whole = withLazily({ a: 1 }, ["b"], () => ({ b: 2 }));
    expect(JSON.stringify(whole)).toBe('{"a":1,"b":2}');
    expect({ ...whole }).toEqual({ a: 1, b: 2 });
  });
});

test("what is made once is made when it is first asked for, and never again", () => {
  let made = 0;
  const value = once(() => {
    made += 1;
    return undefined;
  });
  expect(made).toBe(0);
  expect([value(), value()]).toEqual([undefined, undefined]);
  expect(made).toBe(1);
});

test("what is made once for an object is made for each object once", () => {
  let made = 0;
  const value = onceFor((key: { readonly n: number }) => key.n + (made += 1) * 0);
  const [one, other] = [{ n: 1 }, { n: 2 }];
  expect([value(one), value(other), value(one), made]).toEqual([1, 2, 1, 2]);
});

describe("what is kept with an object", () => {
  const kept = keptWith<object, number>();
  test.each([
    ["a plain one", {}],
    ["a frozen one", Object.freeze({ a: 1 })],
    ["a lazy one", withLazily({ a: 1 }, ["b"], () => ({ b: 2 }))],
    ["a typed array", new Int32Array(2)],
  ])("is there again: %s", (_title, key) => {
    const [names, text] = [Object.keys(key), JSON.stringify(key)];
    expect(kept.of(key)).toBeUndefined();
    kept.keep(key, 1);
    kept.keep(key, 2);
    expect(kept.of(key)).toBe(2);
    expect([Object.keys(key), JSON.stringify(key)]).toEqual([names, text]);
    expect(keptWith<object, number>().of(key)).toBeUndefined();
  });
  test("is not there with its copies", () => {
    const key = withLazily({ a: 1 }, ["b"], () => ({ b: 2 }));
    kept.keep(key, 1);
    for (const copy of [{ ...key }, withMore(key, { c: 3 }), Object.create(key) as object])
      expect(kept.of(copy)).toBeUndefined();
  });
});
