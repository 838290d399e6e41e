import { layerOfTag } from "#profile/dialect";
import type { ElementLevel, LayerProfile, Profile } from "#profile/profile";

/** What the graph asks of an artifact type. Types are told by their place in the profile. */
export interface TypeFacts {
  readonly number: number;
  readonly type: string;
  readonly layer: number;
  /** Tag name; absent for a type that is never tagged. */
  readonly tag?: string;
  readonly optional: boolean;
  readonly element: ElementLevel;
  readonly reference: LayerProfile["reference"];
  /** Types it must name. */
  readonly upstream: readonly number[];
  /** Types it must name when its ancestors have such documents. */
  readonly conditional: readonly number[];
  /** The nearest types it must name: those of the next layer up that is not optional. */
  readonly parents: readonly number[];
}

/** The types of a profile by number, name and tag. */
export class LayerTable {
  readonly types: readonly TypeFacts[];
  readonly #layers: Int32Array;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #tags = new Map<string, number>();
  readonly #profile: Profile;

  constructor(profile: Profile) {
    this.#profile = profile;
    this.#numbers = new Map(profile.layers.map(({ type }, number) => [type, number]));
    this.types = profile.layers.map((layer, number) => factsOf(profile, this.#numbers, layer, number));
    this.#layers = Int32Array.from(this.types, ({ layer }) => layer);
  }

  /** Number of a type word; -1 for none of the profile. */
  numberOf(type: string | undefined): number {
    return type === undefined ? -1 : (this.#numbers.get(type) ?? -1);
  }

  /** Number of the type that a tag name speaks of; -1 for tags that name no type. */
  ofTag(name: string): number {
    let number = this.#tags.get(name);
    if (number === undefined) {
      number = this.numberOf(layerOfTag(this.#profile, name)?.type);
      this.#tags.set(name, number);
    }
    return number;
  }

  /** Layer of a type number; -1 for none. */
  layerOf(type: number): number {
    return this.#layers[type] ?? -1;
  }
}

function factsOf(
  profile: Profile,
  numbers: ReadonlyMap<string, number>,
  layer: LayerProfile,
  number: number,
): TypeFacts {
  const upstream = numbersOf(numbers, layer.upstream);
  const demanded = upstream.filter((type) => profile.layers[type]?.optional !== true);
  const nearest = Math.max(-1, ...demanded.map((type) => profile.layers[type]?.layer ?? -1));
  return {
    number,
    type: layer.type,
    layer: layer.layer,
    ...(layer.tag === undefined ? {} : { tag: layer.tag }),
    optional: layer.optional,
    element: layer.element,
    reference: layer.reference,
    upstream,
    conditional: numbersOf(numbers, layer.upstreamIfPresent),
    parents: demanded.filter((type) => profile.layers[type]?.layer === nearest),
  };
}

function numbersOf(numbers: ReadonlyMap<string, number>, types: readonly string[]): readonly number[] {
  return types.flatMap((type) => numbers.get(type) ?? []);
}
