import { type Finding, isLive, type Severity } from "#model/finding";
import { escapeControls } from "./escape.ts";
import { type FindingsView, renderFindingsSummary } from "./findings.ts";
import { counted, headed } from "./layout.ts";
import type { Paint } from "./paint.ts";

const tones: Readonly<Record<Severity, keyof Paint>> = { error: "red", warning: "yellow", info: "cyan" };
const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
const mostPlaces = 8;
/** More causes than this under one rule are shown as one list, each place with its own message. */
const mostCausesOfRule = 3;

/** The live findings as text, grouped by what is behind them: the gravest and most frequent cause first, each with its places. */
export function renderFindingsByCause(view: FindingsView, paint: Paint): string {
  const causes = new Map<string, Finding[]>();
  for (const finding of view.findings.filter(isLive)) {
    const key = `${finding.severity}\0${finding.rule}\0${finding.cause ?? finding.message}`;
    const known = causes.get(key);
    if (known === undefined) causes.set(key, [finding]);
    else known.push(finding);
  }
  const groups = byRule([...causes.values()]).sort(
    (a, b) => order[severityOf(a)] - order[severityOf(b)] || placesOf(b).length - placesOf(a).length,
  );
  return `${groups.map((group) => `${causeText(group, paint, view.width ?? 100)}\n`).join("")}${renderFindingsSummary(view, paint)}`;
}

/** Why: a rule whose message names the step or task would else be told again for each of them. */
function byRule(causes: readonly (readonly Finding[])[]): (readonly Finding[])[] {
  const rules = new Map<string, (readonly Finding[])[]>();
  for (const group of causes) {
    const key = `${severityOf(group)}\0${group[0]?.rule}`;
    const known = rules.get(key);
    if (known === undefined) rules.set(key, [group]);
    else known.push(group);
  }
  return [...rules.values()].flatMap((groups) => (groups.length > mostCausesOfRule ? [groups.flat()] : groups));
}

function severityOf(group: readonly Finding[]): Severity {
  return group[0]?.severity ?? "info";
}

interface PlaceOfCause {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

function placesOf(group: readonly Finding[]): readonly PlaceOfCause[] {
  return group.flatMap(({ path, range, related, cause, message }) => [
    { path, line: range.start.line, message },
    ...(cause === undefined ? [] : (related ?? []).filter((place) => place.path === path)).map((place) => ({
      path,
      line: place.range.start.line,
      message,
    })),
  ]);
}

function causeText(group: readonly Finding[], paint: Paint, width: number): string {
  const severity = severityOf(group);
  const places = placesOf(group);
  const documents = new Set(places.map((place) => place.path)).size;
  const [first] = group;
  const where =
    places.length === 1
      ? ""
      : ` ${paint.dim(`(${counted(places.length, "place")} in ${counted(documents, "document")})`)}`;
  const message = plainMessage(first?.message ?? "");
  const isOne = group.every((each) => plainMessage(each.message) === message);
  const what = isOne ? ` ${escapeControls(message)}` : "";
  const head = headed(
    `${paint[tones[severity]](severity)} ${paint.dim(first?.rule ?? "")}`,
    `${what}${where}`.trimStart(),
    width,
  );
  const lines = byLine(places);
  const shown = lines.slice(0, mostPlaces);
  const texts = shown.map(([{ path, line, message: own }, count]) => {
    const times = count === 1 ? "" : ` ${paint.dim(`(${count} places)`)}`;
    return `    ${escapeControls(path)}:${line}${times}${isOne ? "" : ` ${escapeControls(plainMessage(own))}`}\n`;
  });
  const more = places.length - shown.reduce((sum, [, count]) => sum + count, 0);
  return `${head}${texts.join("")}${more === 0 ? "" : `    … and ${counted(more, "more place")}\n`}`;
}

/** Why: the places are counted here, over all documents; a finding counts those of its own. */
function plainMessage(message: string): string {
  return message.replace(/ \(and \d+ more places?\)$/, "");
}

/** Places of one line that say the same, with how many they are. */
function byLine(places: readonly PlaceOfCause[]): readonly (readonly [place: PlaceOfCause, count: number])[] {
  const lines = new Map<string, [PlaceOfCause, number]>();
  for (const place of places) {
    const key = `${place.path}\0${place.line}\0${plainMessage(place.message)}`;
    const known = lines.get(key);
    if (known === undefined) lines.set(key, [place, 1]);
    else known[1]++;
  }
  return [...lines.values()];
}
