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
  const whole = { ...base };
  for (const name of names) {
    Object.defineProperty(whole, name, { enumerable: true, configurable: true, get: () => later()[name] });
  }
  return whole as Base & Later;
}
