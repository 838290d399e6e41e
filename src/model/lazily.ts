/**
 * Adds properties to an object that are made when they are first read, and then kept. Several may come from one making: give its parts
 * under their names. The object behaves as a plain one; spreading it reads everything.
 */
export function withLazily<Base extends object, Later extends object>(
  base: Base,
  names: readonly (keyof Later & string)[],
  make: () => Later,
): Base & Later {
  const later = once(make) as () => Record<string, unknown>;
  return promise(base, names, (name) => later()[name]) as Base & Later;
}

/** Adds properties that are each made by a function of their own when they are first read. */
export function withEachLazily<Base extends object, From, Later extends object>(
  base: Base,
  makers: { readonly [Key in keyof Later]: (from: From) => Later[Key] },
  from: From,
): Base & Later {
  const names = Object.keys(makers) as (keyof Later & string)[];
  const made: { [Key in keyof Later]?: { readonly value: unknown } } = {};
  const make = (name: string): unknown => {
    const key = name as keyof Later;
    made[key] ??= { value: makers[key](from) };
    return made[key]?.value;
  };
  return promise(base, names, make) as Base & Later;
}

/** A copy with further properties; what is still to be made is not made by it. */
export function withMore<Base extends object, More extends object>(base: Base, more: More): Base & More {
  return Object.assign(copyOf(base), more);
}

/** Makes, or tells once it is made, the property of that name. */
type Make = (name: string) => unknown;

/** An object that has properties still to be made. */
interface Lazy {
  readonly [source]: Source;
}

/** Where properties come from, by name; those that are none of its own come from the one before. */
interface Source {
  readonly names: readonly string[];
  readonly make: Make;
  readonly before: Source | undefined;
}

const source: unique symbol = Symbol("source");

// Why: objects whose getters are the same functions share one shape; with a function of its own each, none is quick to read.
const getters = new Map<string, PropertyDescriptor>();

function getterOf(name: string): PropertyDescriptor {
  let getter = getters.get(name);
  if (getter === undefined) {
    getter = {
      enumerable: true,
      configurable: true,
      get(this: Lazy) {
        let from: Source | undefined = this[source];
        while (from !== undefined && !from.names.includes(name)) from = from.before;
        return from?.make(name);
      },
    };
    getters.set(name, getter);
  }
  return getter;
}

function promise(base: object, names: readonly string[], make: Make): object {
  const before = (base as Partial<Lazy>)[source];
  Object.defineProperty(base, source, { value: { names, make, before }, configurable: true });
  for (const name of names) Object.defineProperty(base, name, getterOf(name));
  return base;
}

/** Why: spreading would read what is still to be made; but copying by descriptors takes many times as long. */
function copyOf<Base extends object>(base: Base): Base {
  if ((base as Partial<Lazy>)[source] === undefined) return { ...base };
  return Object.defineProperties({}, Object.getOwnPropertyDescriptors(base)) as Base;
}

/** A function that makes its value when it is first called, and then keeps it. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A function that makes its value for an object when it is first asked about it, and then keeps it as long as the object is there. */
export function onceFor<Key extends object, T>(make: (key: Key) => T): (key: Key) => T {
  const kept = keptWith<Key, { readonly value: T }>();
  return (key) => {
    let made = kept.of(key);
    if (made === undefined) kept.keep(key, (made = { value: make(key) }));
    return made.value;
  };
}

/** What is kept with objects that others own. */
export interface Kept<Key extends object, T> {
  of(key: Key): T | undefined;
  keep(key: Key, value: T): void;
}

/**
 * Keeps a value with an object, as long as that is there; copies of it have none. Why: the collector of young objects takes what a
 * `WeakMap` holds for needed, so that values for thousands of objects that are soon gone fill the memory until all of it is looked through.
 */
export function keptWith<Key extends object, T>(): Kept<Key, T> {
  const slot: unique symbol = Symbol("kept");
  const ofFrozen = new WeakMap<Key, T>();
  return {
    of(key) {
      const kept = (key as { readonly [slot]?: { readonly owner: Key; readonly value: T } })[slot];
      // Why: a copy by descriptors takes what is kept with it along.
      if (kept?.owner === key) return kept.value;
      return Object.isExtensible(key) ? undefined : ofFrozen.get(key);
    },
    keep(key, value) {
      const how = { value: { owner: key, value }, configurable: true, enumerable: false, writable: true };
      if (!Reflect.defineProperty(key, slot, how)) ofFrozen.set(key, value);
    },
  };
}
