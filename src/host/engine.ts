import type { Engine } from "#model/ports";

/** Versions of the engine whose name for the setting is known: another would complain on standard error. */
const known = /^1[1-4]\./;

/**
 * The engine of a process that is ours alone. Why: V8 puts up to 920 bytes of bytecode of other functions into each function that it
 * optimizes. Where a work is over within seconds, a sixth of that is compiled sooner than it is missed: 10,000 artifacts are checked
 * in seven eighths of the time, 100,000 in nine tenths (`bench/BENCH.md`).
 */
export function createEngine(): Engine {
  let isSet = false;
  return {
    expectMany() {
      if (isSet || !known.test(process.versions.v8)) return;
      isSet = true;
      process.getBuiltinModule("node:v8").setFlagsFromString("--max-inlined-bytecode-size-cumulative=150");
    },
  };
}
