import { createScriptLoader } from "./script-loader.ts";

// Why: the head that the build puts before this hides it from Node (see `tools/build.mjs`); what we start shall have it.
const { IPLAN_NODE_EXTRA_CA_CERTS: certificates } = process.env;
if (certificates !== undefined) {
  process.env.NODE_EXTRA_CA_CERTS = certificates;
  delete process.env.IPLAN_NODE_EXTRA_CA_CERTS;
}

// Why: this file is CommonJS where it is shipped; as a module it would take 5 ms longer to start.
const load = createScriptLoader(`${__dirname}/program`);
void (load("main.cjs") as typeof import("./main.ts")).main(process.argv.slice(2));
