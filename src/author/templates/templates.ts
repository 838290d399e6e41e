import type { LayerProfile } from "#profile/profile";
import { adr } from "./adr.ts";
import { anyDocument } from "./any.ts";
import { bdd } from "./bdd.ts";
import { brd } from "./brd.ts";
import { contractInterface, contractPage } from "./ctr.ts";
import { ears } from "./ears.ts";
import { icon } from "./icon.ts";
import { impl } from "./impl.ts";
import { iplan } from "./iplan.ts";
import { prd } from "./prd.ts";
import { req } from "./req.ts";
import type { Template } from "./seed.ts";
import { spec } from "./spec.ts";
import { sys } from "./sys.ts";
import { tasks } from "./tasks.ts";

/** One file of a new document. */
export interface TemplateFile {
  /** Ending of its name, dot included. */
  readonly ending: string;
  readonly text: Template;
}

const files: Readonly<Record<string, readonly TemplateFile[]>> = {
  BRD: [{ ending: ".md", text: brd }],
  PRD: [{ ending: ".md", text: prd }],
  EARS: [{ ending: ".md", text: ears }],
  BDD: [{ ending: ".feature", text: bdd }],
  ADR: [{ ending: ".md", text: adr }],
  SYS: [{ ending: ".md", text: sys }],
  REQ: [{ ending: ".md", text: req }],
  IMPL: [{ ending: ".md", text: impl }],
  CTR: [
    { ending: ".md", text: contractPage },
    { ending: ".yaml", text: contractInterface },
  ],
  SPEC: [{ ending: ".yaml", text: spec }],
  TASKS: [{ ending: ".md", text: tasks }],
  ICON: [{ ending: ".md", text: icon }],
  IPLAN: [{ ending: ".md", text: iplan }],
};

/** The files of a new document of a layer: those of its type whose endings the profile allows, else a page for any type. */
export function templateFiles(layer: LayerProfile): readonly TemplateFile[] {
  const known = (files[layer.type] ?? []).filter(({ ending }) => layer.extensions.includes(ending));
  return known.length > 0 ? known : [{ ending: ".md", text: anyDocument }];
}
