import { aidoc16 } from "./aidoc-16.ts";
import { iplanDocument } from "./iplan-document.ts";
import type { LayerProfile, Profile } from "./profile.ts";

/** File patterns of the first generation with its number of two digits or more, and no timestamp. */
function dotted(layer: LayerProfile): LayerProfile {
  if (layer.type === "IPLAN") {
    return { ...layer, files: ["{TYPE}-{NN}_{slug}.md"] };
  }
  return { ...layer, files: layer.files.map((file) => file.replace("{NNN}[-{YY}]", "{NN}")) };
}

/** The second generation: ids TYPE-NN, elements TYPE.NN.TT.SS, no timestamp in file names. */
export const aidocDotted: Profile = {
  ...aidoc16,
  name: "aidoc-dotted",
  title: "Sixteen layers, ids TYPE-NN, elements TYPE.NN.TT.SS",
  layers: aidoc16.layers.map(dotted),
  ids: {
    documents: ["{TYPE}-{NN}"],
    elements: ["{TYPE}.{NN}.{TT}.{SS}"],
    reserved: 0,
    placeholders: ["NN", "NNN", "XX"],
  },
  plan: {
    ...iplanDocument,
    sections: iplanDocument.sections.map((section) =>
      section.key === "execution-steps" || section.key === "risks" ? { ...section, required: false } : section,
    ),
  },
};
