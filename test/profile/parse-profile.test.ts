import { aidoc16 } from "#profile/aidoc-16";
import { layerOf, parseDocumentId, sectionOf } from "#profile/dialect";
import { builtInProfiles } from "#profile/find-profile";
import { parseProfile } from "#profile/parse-profile";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const problemsOf = (value: unknown): readonly string[] => {
  const parsed = parseProfile(value);
  return "problems" in parsed ? parsed.problems.map(({ path, message }) => `${path}: ${message}`) : [];
};

describe("a project's own profile", () => {
  test.each(Object.values(builtInProfiles))("may be all of $name", (profile) => {
    expect(parseProfile(structuredClone(profile))).toEqual({ profile });
  });

  test("that only extends is its base", () => {
    expect(parseProfile({ extends: "aidoc-16" })).toEqual({ profile: aidoc16 });
  });

  test("changes what it names and keeps the rest", () => {
    const parsed = parseProfile({
      extends: "aidoc-16",
      name: "ours",
      layers: [
        { type: "REQ", element: "required" },
        { ...layerOf(aidoc16, "REQ"), type: "RISK", tag: "risk" },
      ],
      ids: { documents: ["{TYPE}_{NN}"] },
      plan: { sections: [{ key: "objective", titles: ["Ziel"] }] },
    });
    if (!("profile" in parsed)) throw new Error(JSON.stringify(parsed));
    const { profile } = parsed;
    expect(layerOf(profile, "REQ")?.element).toBe("required");
    expect(layerOf(profile, "REQ")?.upstream).toEqual(layerOf(aidoc16, "REQ")?.upstream);
    expect(parseDocumentId(profile, "RISK_07")?.number).toBe(7);
    expect(parseDocumentId(profile, "RISK-007")).toBeUndefined();
    expect(sectionOf(profile, "Ziel")).toBe("objective");
    expect(sectionOf(profile, "Context")).toBe("context");
    expect(profile.tags).toEqual(aidoc16.tags);
  });

  test.each([
    ["a text", "aidoc-16", [": must be a map"]],
    ["an unknown base", { extends: "nope" }, ["extends: must be aidoc-16 or aidoc-dotted"]],
    ["a base that is no name", { extends: 1 }, ["extends: must be aidoc-16 or aidoc-dotted"]],
    ["an unknown key", { extends: "aidoc-16", plan: { colour: 1 } }, [/^plan\.colour: is not known; known are type, /]],
    ["a wrong list", { extends: "aidoc-16", layers: 1 }, ["layers: must be a list"]],
    ["a wrong map", { extends: "aidoc-16", severities: [] }, ["severities: must be a map"]],
    ["a wrong object", { extends: "aidoc-16", ids: "x" }, ["ids: must be a map"]],
    [
      "a wrong severity",
      { extends: "aidoc-16", severities: { "plan/x": "bad" } },
      ["severities.plan/x: must be error, warning, info or off"],
    ],
    [
      "a wrong truth",
      { extends: "aidoc-16", layers: [{ type: "REQ", optional: "yes" }] },
      ["layers[REQ].optional: must be true or false"],
    ],
    [
      "a wrong number",
      { extends: "aidoc-16", layers: [{ type: "REQ", layer: 1.5 }] },
      ["layers[REQ].layer: must be a whole number from 0 to 99"],
    ],
    ["an empty text", { extends: "aidoc-16", title: " " }, ["title: must be a text"]],
    [
      "a text that is none",
      { extends: "aidoc-16", layers: [{ type: "REQ", tag: 1 }] },
      ["layers[REQ].tag: must be a text"],
    ],
    [
      "a wrong tag",
      { extends: "aidoc-16", layers: [{ type: "REQ", tag: "Req" }] },
      ["layers[REQ].tag: must be lower-case letters"],
    ],
    [
      "a wrong extension",
      { extends: "aidoc-16", layers: [{ type: "REQ", extensions: ["md"] }] },
      ["layers[REQ].extensions[0]: must begin with a dot"],
    ],
    [
      "a wrong pattern",
      { extends: "aidoc-16", layers: [{ type: "REQ", files: ["{x}"] }] },
      ['layers[REQ].files[0]: pattern "{x}": no piece is named "x"'],
    ],
    [
      "an id pattern without type",
      { extends: "aidoc-16", ids: { documents: ["{NNN}"] } },
      ['ids.documents[0]: must hold "{TYPE}", the type word'],
    ],
    [
      "a custom field that is a list",
      { extends: "aidoc-16", plan: { frontMatter: { customFields: { a: [] } } } },
      ["plan.frontMatter.customFields.a: must be a whole number from 0 to 1000000"],
    ],
    [
      "a new layer that is not whole",
      { extends: "aidoc-16", layers: [{ type: "NEW" }] },
      ["layers[NEW].layer: is missing"],
    ],
    [
      "an unknown upstream",
      { extends: "aidoc-16", layers: [{ type: "REQ", upstream: ["NOPE"] }] },
      ['layers[REQ].upstream: "NOPE" is no type of this profile'],
    ],
    [
      "an unknown optional upstream",
      { extends: "aidoc-16", layers: [{ type: "REQ", upstreamIfPresent: ["NOPE"] }] },
      ['layers[REQ].upstreamIfPresent: "NOPE" is no type of this profile'],
    ],
    [
      "an unknown plan type",
      { extends: "aidoc-16", plan: { type: "PLAN" } },
      ['plan.type: "PLAN" is no type of this profile'],
    ],
    [
      "an alias of nothing",
      { extends: "aidoc-16", tags: { aliases: [{ name: "a", means: "nope" }] } },
      ['tags.aliases[a].means: "nope" is no tag of a layer'],
    ],
    [
      "weights that do not sum",
      { extends: "aidoc-16", readiness: { weights: { plan: 31 } } },
      ["readiness.weights: must sum to 100, not 101"],
    ],
    [
      "bounds the wrong way",
      { extends: "aidoc-16", plan: { complexity: { least: 9 } } },
      ["plan.complexity: least is above greatest"],
    ],
    [
      "layers twice",
      { ...aidoc16, layers: [...aidoc16.layers, ...aidoc16.layers.slice(0, 1)] },
      ["layers[STRAT]: stands twice"],
    ],
    ["nothing", {}, ["name: is missing"]],
  ])("is refused for %s", (_title, value, expected) => {
    const problems = problemsOf(value);
    expect(problems.length).toBeGreaterThan(0);
    for (const [index, each] of expected.entries()) {
      if (typeof each === "string") expect(problems[index]).toBe(each);
      else expect(problems[index]).toMatch(each);
    }
  });

  test("cannot reach the prototype", () => {
    const parsed = parseProfile(
      JSON.parse('{"extends":"aidoc-16","__proto__":{"name":"evil"},"severities":{"__proto__":"off"}}'),
    );
    expect("problems" in parsed).toBe(true);
    expect(({} as Record<string, unknown>)["name"]).toBeUndefined();
  });

  test("of any shape is read without a throw", () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 4 }), (value) => {
        const parsed = parseProfile(value);
        expect("problems" in parsed ? parsed.problems.length : 1).toBeGreaterThan(0);
      }),
    );
  });
});
