import { IplanError } from "#model/errors";
import { layerOf } from "#profile/dialect";
import { orList } from "#profile/shape";
import type { LayerProfile, Profile } from "#profile/profile";

/** Types whose documents can be the direct source of a type: the nearest mandatory layer above it, and optional ones below that. */
export function parentTypes(profile: Profile, layer: LayerProfile): readonly string[] {
  const mandatory = layer.upstream.flatMap((type) => layerOf(profile, type) ?? []).filter((one) => !one.optional);
  const nearest = Math.max(-1, ...mandatory.map((one) => one.layer));
  const between = [...layer.upstream, ...layer.upstreamIfPresent]
    .flatMap((type) => layerOf(profile, type) ?? [])
    .filter((one) => one.optional && one.layer > nearest && one.layer < layer.layer);
  const direct = mandatory.filter((one) => one.layer === nearest);
  return [...new Set([...direct, ...between].map((one) => one.type))];
}

/** Throws `usage/unfit-parent` for a document that a type is not made from, and says what stands between. */
export function refuseUnfitParent(profile: Profile, layer: LayerProfile, id: string, type: string | undefined): void {
  const fit = parentTypes(profile, layer);
  if (type !== undefined && fit.includes(type)) return;
  const above = layerOf(profile, type ?? "");
  if (fit.length === 0) {
    throw new IplanError(
      "usage/unfit-parent",
      `${withArticle(layer.type)} comes first: it is made from no document, and not from ${id}.`,
      `Leave --from out: iplan new ${layer.type.toLowerCase()} --title 'What is needed'`,
    );
  }
  const cure = `Name ${orList(fit.map(withArticle))}.`;
  if (above === undefined || above.layer >= layer.layer) {
    throw new IplanError("usage/unfit-parent", `${id} does not come before ${withArticle(layer.type)}.`, cure);
  }
  const between = profile.layers.filter(
    (one) => one.layer > above.layer && one.layer < layer.layer && layer.upstream.includes(one.type),
  );
  throw new IplanError(
    "usage/unfit-parent",
    `${withArticle(layer.type)} is not made from ${id}: between them come ${between.map((one) => one.type).join(", ")}.`,
    cure,
  );
}

function withArticle(type: string): string {
  return `${/^[AEIO]/.test(type) ? "an" : "a"} ${type}`;
}
