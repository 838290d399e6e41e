import { cargoTest } from "./cargo-test.ts";
import { cucumber } from "./cucumber.ts";
import { goTest } from "./go-test.ts";
import { jest } from "./jest.ts";
import { mocha } from "./mocha.ts";
import { nodeTest } from "./node-test.ts";
import { pytest } from "./pytest.ts";
import { behave } from "./behave.ts";
import { jasmine } from "./jasmine.ts";
import { nextest } from "./nextest.ts";
import { playwright } from "./playwright.ts";
import { prove } from "./prove.ts";
import { bunTest } from "./bun-test.ts";
import { ctest } from "./ctest.ts";
import { denoTest } from "./deno-test.ts";
import { dotnetTest } from "./dotnet-test.ts";
import { gradle } from "./gradle.ts";
import { maven } from "./maven.ts";
import { phpunit } from "./phpunit.ts";
import { rspec } from "./rspec.ts";
import { swiftTest } from "./swift-test.ts";
import { tap } from "./tap.ts";
import { unittest } from "./unittest.ts";
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
  unittest,
  maven,
  gradle,
  dotnetTest,
  rspec,
  phpunit,
  ctest,
  swiftTest,
  denoTest,
  bunTest,
  tap,
  behave,
  nextest,
  playwright,
  prove,
  jasmine,
];
