import type { Json } from "#model/run";
import type { ContentBuilder } from "../content.ts";
import { firstLineOf, shortText } from "../content.ts";
import { createJsonReader, isAt } from "../json-report.ts";
import { type JsonObject, listOf, numberOf, objectOf, textOf } from "../json-shape.ts";
import type { ReportFormatReader } from "../reader.ts";
import { scenarioStatus } from "../scenario-status.ts";

interface Element {
  readonly name: string;
  readonly line: number | undefined;
  readonly isBackground: boolean;
  readonly statuses: readonly string[];
  readonly tags: readonly string[];
  readonly durationMs: number;
  readonly message: string;
}

/** The JSON of cucumber: a list of features with their elements. */
export const cucumberJson: ReportFormatReader = {
  isLike: (beginning) => /^\s{0,20}\[/u.test(beginning) && /"(?:elements|keyword|uri)"\s{0,20}:/u.test(beginning),
  create() {
    // Why: cucumber-js writes where a feature stands after its scenarios.
    let feature = new FeatureFigures();
    let index = -1;
    return createJsonReader({
      wants: (path) => isAt(path, "*", "elements", "*") || isAt(path, "*", "uri") || isAt(path, "*", "name"),
      take(path, value, content) {
        if (path[0] !== index) {
          feature.give(content);
          feature = new FeatureFigures();
          index = Number(path[0]);
        }
        feature.take(String(path[1]), value);
      },
      finish(content) {
        feature.give(content);
        content.tool = "cucumber";
        content.expectTests();
      },
    });
  },
};

class FeatureFigures {
  #path: string | undefined;
  #name = "";
  readonly #elements: Element[] = [];

  take(key: string, value: Json): void {
    if (key === "uri") this.#path = textOf(value);
    else if (key === "name") this.#name = shortText(textOf(value) ?? "");
    else this.#elements.push(elementOf(objectOf(value)));
  }

  give(content: ContentBuilder): void {
    let background: readonly string[] = [];
    for (const element of this.#elements) {
      if (element.isBackground) {
        background = element.statuses;
        continue;
      }
      // Why: where a background is an element of its own, a scenario after one that failed has only skipped steps.
      const all = element.statuses.length === 0 ? [] : [...background, ...element.statuses];
      const { name, line, tags, durationMs, message } = element;
      content.test({
        id: this.#name === "" ? name : `${this.#name} > ${name}`,
        name,
        status: scenarioStatus(all),
        ...(this.#path === undefined ? {} : { path: this.#path }),
        ...(line === undefined ? {} : { line }),
        ...(durationMs > 0 ? { durationMs } : {}),
        ...(message === "" ? {} : { message }),
        ...(tags.length === 0 ? {} : { tags }),
      });
    }
  }
}

function elementOf(element: JsonObject): Element {
  const steps = ["before", "steps", "after"].flatMap((key) => listOf(element[key])).map(objectOf);
  const results = steps.map((step) => objectOf(step["result"]));
  const failure = results.find((result) => textOf(result["status"]) === "failed");
  return {
    name: shortText(textOf(element["name"]) ?? ""),
    line: numberOf(element["line"]),
    isBackground: textOf(element["type"]) === "background",
    // Why: hooks alone test nothing.
    statuses: listOf(element["steps"]).length === 0 ? [] : results.flatMap((result) => textOf(result["status"]) ?? []),
    tags: listOf(element["tags"])
      .flatMap((tag) => textOf(objectOf(tag)["name"]) ?? [])
      .slice(0, 100),
    // Why: durations of this format are nanoseconds.
    durationMs: results.reduce((sum, result) => sum + (numberOf(result["duration"]) ?? 0), 0) / 1_000_000,
    message: firstLineOf(textOf(failure?.["error_message"]) ?? ""),
  };
}
