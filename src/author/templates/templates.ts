import type { LayerProfile } from "#profile/profile";
import { adr } from "./adr.ts";
import { anyDocument } from "./any.ts";
import { bdd, bddPage } from "./bdd.ts";
import { brd } from "./brd.ts";
import { contractInterface, contractPage } from "./ctr.ts";
import { ears } from "./ears.ts";
import { icon } from "./icon.ts";
import { impl } from "./impl.ts";
import { iplan } from "./iplan.ts";
import { prd } from "./prd.ts";
import { req } from "./req.ts";
import type { Template } from "./seed.ts";
import { spec, specPage } from "./spec.ts";
import { sys } from "./sys.ts";
import { tasks } from "./tasks.ts";

/** One file of a new document. */
export interface TemplateFile {
  /** Ending of its name, dot included. */
  readonly ending: string;
  readonly text: Template;
}

/** Templates of a type: those that make up one document, or those of which one is taken. */
interface TypeTemplates {
  readonly together?: readonly TemplateFile[];
  readonly either?: readonly TemplateFile[];
}

const pageOf = (text: Template): TypeTemplates => ({ either: [{ ending: ".md", text }] });

const types: Readonly<Record<string, TypeTemplates>> = {
  BRD: pageOf(brd),
  PRD: pageOf(prd),
  EARS: pageOf(ears),
  BDD: {
    either: [
      { ending: ".feature", text: bdd },
      { ending: ".md", text: bddPage },
    ],
  },
  ADR: pageOf(adr),
  SYS: pageOf(sys),
  REQ: pageOf(req),
  IMPL: pageOf(impl),
  CTR: {
    together: [
      { ending: ".md", text: contractPage },
      { ending: ".yaml", text: contractInterface },
    ],
  },
  SPEC: {
    either: [
      { ending: ".yaml", text: spec },
      { ending: ".yml", text: spec },
      { ending: ".md", text: specPage },
    ],
  },
  TASKS: pageOf(tasks),
  ICON: pageOf(icon),
  IPLAN: pageOf(iplan),
};

/**
 * The files of a new document of a layer. Where a type has several forms it is the one that most documents at `paths` have, else the
 * first that the profile allows; a type that only the project's own profile knows is a page.
 */
export function templateFiles(layer: LayerProfile, paths: readonly string[]): readonly TemplateFile[] {
  const allowed = ({ ending }: TemplateFile): boolean => layer.extensions.includes(ending);
  const { together = [], either = [] } = types[layer.type] ?? {};
  const whole = together.filter((file) => allowed(file));
  if (whole.length > 0) return whole;
  const used = (file: TemplateFile): number => paths.filter((path) => path.endsWith(file.ending)).length;
  const [best] = either.filter((file) => allowed(file)).sort((a, b) => used(b) - used(a));
  return [best ?? { ending: ".md", text: anyDocument }];
}
