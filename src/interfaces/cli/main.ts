#!/usr/bin/env node
import { createNodeHost } from "#host/node";
import { runCli } from "./cli.ts";
import { createTerminal } from "./terminal.ts";

/** Set by the build. */
declare const __IPLAN_VERSION__: string | undefined;

const version = typeof __IPLAN_VERSION__ === "string" ? __IPLAN_VERSION__ : "0.0.0-source";
const terminal = createTerminal();
process.exitCode = await runCli(createNodeHost(version), terminal, process.argv.slice(2));
terminal.close();
