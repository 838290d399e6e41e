// Why: an imported builtin is wrapped as a module first; that costs each start a millisecond.
const { readFileSync } = process.getBuiltinModule("node:fs");
const { posix } = process.getBuiltinModule("node:path");
const { Script } = process.getBuiltinModule("node:vm");

/** What a script of the bundle is: a function that fills its exports. */
type Body = (exports: object, require: (name: string) => object) => void;

/** The folder below `cache` for what this engine compiled; another engine would refuse it. */
export function cacheName(): string {
  return `${process.versions.v8}-${process.platform}-${process.arch}`;
}

/**
 * Loads scripts of a folder by their name, each once, with what the engine compiled of them when the program was built.
 * The engine itself refuses a cache that is not whole, or was made of another text or by another version; it then compiles the script.
 */
export function createScriptLoader(folder: string): (name: string) => object {
  const loaded = new Map<string, object>();
  const caches = `${folder}/cache/${cacheName()}`;
  const load = (name: string): object => {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const exports = {};
    loaded.set(name, exports);
    const filename = `${folder}/${name}`;
    const cachedData = readCache(`${caches}/${name}`);
    const options = cachedData === undefined ? { filename } : { filename, cachedData };
    const body = new Script(readFileSync(filename, "utf8"), options).runInThisContext() as Body;
    const here = posix.dirname(name);
    body(exports, (wanted) => (wanted.startsWith(".") ? load(posix.join(here, wanted)) : builtin(wanted)));
    return exports;
  };
  return load;
}

function builtin(name: string): object {
  const found = process.getBuiltinModule(name);
  if (found === undefined) throw new Error(`This version of Node has no ${name}.`);
  return found;
}

function readCache(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
