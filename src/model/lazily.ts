/**
 * Adds properties to an object that are made when they are first read, and then kept. Several may come from one making: give its parts
 * under their names. The result behaves as a plain object; copying it reads everything.
 */
export function withLazily<Base extends object, Later extends object>(
  base: Base,
  names: readonly (keyof Later & string)[],
  make: () => Later,
): Base & Later {
  let made: Later | undefined;
  const later = (): Later => {
    made ??= make();
    return made;
  };
  const whole = copyOf(base);
  lazy.add(whole);
  for (const name of names) {
    Object.defineProperty(whole, name, { enumerable: true, configurable: true, get: () => later()[name] });
  }
  return whole as Base & Later;
}

/** Adds properties that are each made by a function of their own when they are first read. */
export function withEachLazily<Base extends object, From, Later extends object>(
  base: Base,
  makers: { readonly [Key in keyof Later]: (from: From) => Later[Key] },
  from: From,
): Base & Later {
  const whole = copyOf(base);
  lazy.add(whole);
  for (const name of Object.keys(makers) as (keyof Later & string)[]) {
    let made: { readonly value: unknown } | undefined;
    Object.defineProperty(whole, name, {
      enumerable: true,
      configurable: true,
      get() {
        made ??= { value: makers[name](from) };
        return made.value;
      },
    });
  }
  return whole as Base & Later;
}

/** A copy with further properties; what is still to be made is not made by it. */
export function withMore<Base extends object, More extends object>(base: Base, more: More): Base & More {
  return Object.assign(copyOf(base), more);
}

/** Objects that have properties still to be made. */
const lazy = new WeakSet<object>();

/** Why: spreading would read what is still to be made; but copying by descriptors takes many times as long. */
function copyOf<Base extends object>(base: Base): Base {
  if (!lazy.has(base)) return { ...base };
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(base)) as Base;
  lazy.add(copy);
  return copy;
}

/** A function that makes its value when it is first called, and then keeps it. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
