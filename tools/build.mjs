// Builds what is shipped: the program in `dist`, with what the engine compiled of it; the library and its declarations in `lib`.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { reachedFiles } from "./reached-files.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

// Why: neither vite nor tsc deletes the output of sources that are gone.
for (const folder of ["dist", "lib"]) rmSync(`${root}${folder}`, { recursive: true, force: true });
if (!process.argv.includes("--no-types")) rmSync(`${root}.tsbuild`, { recursive: true, force: true });

/** Why: the library loads it for commands that are programs of their own, which we have none of; it costs each start 5 ms. */
const withoutSubprocess = {
  name: "commander-without-subprocess",
  transform(code, id) {
    if (!id.endsWith("commander/lib/command.js")) return undefined;
    const lean = code.replace("const childProcess = require('node:child_process');", "const childProcess = {};");
    if (lean === code) throw new Error("commander no longer loads node:child_process as it did; mend tools/build.mjs");
    return { code: lean, map: null };
  },
};

/**
 * The head of the program: a shell starts Node, which then reads the same file. Why: only at its start Node takes as many threads as
 * there are processors (four otherwise, and on two of them the program waits for its own compiler), and only then can it be kept from
 * reading certificates, which takes longer than all else of a start, for a program that connects to nobody. `launch.ts` puts the
 * variable back for the commands that the program starts.
 */
const launcher = `#!/bin/sh
':' //; if [ "\${NODE_EXTRA_CA_CERTS+x}" ]; then IPLAN_NODE_EXTRA_CA_CERTS=$NODE_EXTRA_CA_CERTS; export IPLAN_NODE_EXTRA_CA_CERTS; unset NODE_EXTRA_CA_CERTS; fi; command -v node >/dev/null || { echo "iplan: node is not on the PATH. Install Node.js, or add its folder to the PATH." >&2; exit 127; }; exec node --v8-pool-size=0 "$0" "$@"
`;

const shared = {
  root,
  configFile: false,
  logLevel: "warn",
  define: { __IPLAN_VERSION__: JSON.stringify(version) },
  // Why: without "node" and "module" the browser build of yaml is taken.
  resolve: { conditions: ["iplan-source", "node", "module"] },
  ssr: { noExternal: true, resolve: { conditions: ["iplan-source", "node", "module"] } },
};
const common = { ssr: true, emptyOutDir: false, target: "node20", minify: false };
// Why: half the time to start is reading source text. Names stay, so that a stack trace can be read.
const minify = { compress: true, mangle: false, codegen: { removeWhitespace: true } };

await build({
  ...shared,
  build: {
    ...common,
    outDir: "lib",
    rollupOptions: {
      // Why: what parts of the library take from each other is no part of what it gives.
      preserveEntrySignatures: "strict",
      input: {
        index: "src/session/index.ts",
        session: "src/session/index.ts",
        model: "src/model/index.ts",
      },
      output: { minify, entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
    },
  },
});

const ground = reachedFiles(root, ["src/interfaces/cli/main.ts"]);
const reading = reachedFiles(root, [
  "src/session/commands/status.ts",
  "src/session/commands/next.ts",
  "src/host/shell-parser.ts",
]);

await build({
  ...shared,
  plugins: [withoutSubprocess],
  build: {
    ...common,
    outDir: "dist/program",
    rollupOptions: {
      input: { main: "src/interfaces/cli/main.ts" },
      output: {
        minify,
        format: "cjs",
        entryFileNames: "[name].cjs",
        chunkFileNames: "[name]-[hash].cjs",
        // Why: every file costs a start a third of a millisecond, and so does every 50 KB that are not needed.
        codeSplitting: {
          groups: [
            { name: "ground", test: (id) => ground.has(id) },
            { name: "reading", test: (id) => reading.has(id) || id.includes("/node_modules/canonicalize/") },
          ],
        },
      },
    },
  },
});
wrapScripts(`${root}dist/program`);

await build({
  ...shared,
  build: {
    ...common,
    outDir: "dist",
    rollupOptions: {
      input: { iplan: "src/interfaces/cli/launch.ts" },
      output: { minify, format: "cjs", entryFileNames: "[name].js" },
    },
  },
});
writeFileSync(`${root}dist/iplan.js`, `${launcher}${readFileSync(`${root}dist/iplan.js`, "utf8")}`);
writeFileSync(`${root}dist/package.json`, '{ "type": "commonjs" }\n');
chmodSync(`${root}dist/iplan.js`, 0o755);
execFileSync(process.execPath, [`${root}tools/code-cache.mjs`], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });

/** Makes each script of the program a function of its exports and of what loads others: what `script-loader.ts` runs. */
function wrapScripts(folder) {
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith(".cjs"))) {
    const text = readFileSync(`${folder}/${name}`, "utf8");
    writeFileSync(`${folder}/${name}`, `(function(exports,require){"use strict";${text}\n})`);
  }
}

// Why: editors read it from the project's packages; the table of keys it follows from is in the library.
const { configSchema } = await import(`${root}lib/index.js`);
writeFileSync(`${root}dist/config.schema.json`, `${JSON.stringify(configSchema())}\n`);

const bundled = [
  "@modelcontextprotocol/core",
  "@modelcontextprotocol/server",
  "canonicalize",
  "commander",
  "yaml",
  "zod",
];
writeFileSync(`${root}dist/THIRD-PARTY.txt`, bundled.map(notice).join("\n"));

/** The licence that must travel with a bundled package. */
function notice(name) {
  const folder = `${root}node_modules/${name}`;
  const { version: release, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${release} (${license})\n\n${file === undefined ? "" : readFileSync(`${folder}/${file}`, "utf8")}\n`;
}

if (!process.argv.includes("--no-types")) {
  execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-b", "tsconfig.node.json"], {
    cwd: root,
    stdio: "inherit",
  });
  cpSync(`${root}.tsbuild/types`, `${root}lib/types`, {
    recursive: true,
    filter: (name) => !name.endsWith(".tsbuildinfo"),
  });
}
