import type { Claim } from "#model/claim";
import type { ClaimForm } from "./claim-form.ts";
import { cleanForm } from "./clean-form.ts";
import { contentForm } from "./content-form.ts";
import { countForm } from "./count-form.ts";
import { coverageForm } from "./coverage-form.ts";
import { definitionForm } from "./definition-form.ts";
import { durationForm } from "./duration-form.ts";
import { exitForm } from "./exit-form.ts";
import { findingsForm } from "./findings-form.ts";
import { gitForm } from "./git-form.ts";
import { installedForm } from "./installed-form.ts";
import { numberForm } from "./number-form.ts";
import { outputForm } from "./output-form.ts";
import { pathForm } from "./path-form.ts";
import { portForm } from "./port-form.ts";
import { processForm } from "./process-form.ts";
import { rowForm } from "./row-form.ts";
import { sizeForm } from "./size-form.ts";
import { testsForm } from "./tests-form.ts";
import { urlForm } from "./url-form.ts";
import { validForm } from "./valid-form.ts";
import { valueForm } from "./value-form.ts";
import { variableForm } from "./variable-form.ts";
import { versionForm } from "./version-form.ts";

/** How claims of each kind are written in annotations. */
export const forms: { readonly [K in Claim["kind"]]: ClaimForm<K> } = {
  path: pathForm,
  count: countForm,
  content: contentForm,
  size: sizeForm,
  value: valueForm,
  valid: validForm,
  definition: definitionForm,
  output: outputForm,
  row: rowForm,
  number: numberForm,
  clean: cleanForm,
  findings: findingsForm,
  tests: testsForm,
  coverage: coverageForm,
  exit: exitForm,
  duration: durationForm,
  version: versionForm,
  installed: installedForm,
  variable: variableForm,
  port: portForm,
  url: urlForm,
  process: processForm,
  git: gitForm,
};
