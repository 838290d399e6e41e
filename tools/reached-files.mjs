// The files that are loaded together with some others: what their imports reach, lazy imports not followed.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Absolute paths of the source files that these reach by static imports of values, themselves included; paths from the root. */
export function reachedFiles(root, entries) {
  const seen = new Set();
  const queue = entries.map((entry) => join(root, entry));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    if (!existsSync(path)) throw new Error(`${path} is imported and not there`);
    seen.add(path);
    for (const specifier of valueImports(readFileSync(path, "utf8"))) {
      if (specifier.startsWith("#")) queue.push(join(root, "src", `${specifier.slice(1)}.ts`));
      else if (specifier.startsWith(".")) queue.push(join(dirname(path), specifier));
    }
  }
  return seen;
}

function valueImports(text) {
  return [...text.matchAll(/^(?:import|export) (?!type )[^;]*? from "([^"]+)";$/gm)].map((match) => match[1]);
}
