import { cargoTest } from "./cargo-test.ts";
import { cucumber } from "./cucumber.ts";
import { goTest } from "./go-test.ts";
import { jest } from "./jest.ts";
import { mocha } from "./mocha.ts";
import { nodeTest } from "./node-test.ts";
import { pytest } from "./pytest.ts";
import type { SummaryShape } from "./summary.ts";
import { vitest } from "./vitest.ts";

/** Every test runner whose summary is read. */
export const summaryShapes: readonly SummaryShape[] = [
  nodeTest,
  vitest,
  jest,
  mocha,
  pytest,
  cucumber,
  goTest,
  cargoTest,
];
