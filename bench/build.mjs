import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Bundles TypeScript entries, paths from the project's root by name, into `build/bench/NAME.mjs`; returns the folder.
 * Node 20 cannot run TypeScript itself.
 */
export async function bundle(entries, folder = "build/bench") {
  await build({
    root,
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["iplan-source", "node", "module"] },
    ssr: { resolve: { conditions: ["iplan-source", "node", "module"] }, noExternal: [/^#/] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rollupOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, `${root}${path}`])),
        output: { entryFileNames: "[name].mjs", chunkFileNames: "chunks/[name]-[hash].mjs" },
      },
    },
  });
  return new URL(`../${folder}/`, import.meta.url);
}
