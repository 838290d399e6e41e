#!/usr/bin/env node
import { createScriptLoader } from "./script-loader.ts";

// Why: this file is CommonJS where it is shipped; as a module it would take 5 ms longer to start.
const load = createScriptLoader(`${__dirname}/program`);
void (load("main.cjs") as typeof import("./main.ts")).main(process.argv.slice(2));
