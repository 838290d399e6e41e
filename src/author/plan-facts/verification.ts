import type { Profile } from "#profile/profile";
import { isNamedAsTest } from "#profile/test-name";
import type { PlanFacts, TaskFacts, TestRunner } from "./facts.ts";

/** What is to be written where nobody knows how a task is proved. */
export const unknownVerification = "[command that fails while this task is not done]";

/** What is known of the means to prove a task. */
export type ProvingFacts = Pick<PlanFacts, "project" | "chain">;

/** A file name that may stand in a command as it is. */
const plainPath = /^[\w@][\w@./-]*$/u;

/**
 * Commands that prove a task and fail while it is not done: its files are there and not empty, its tests pass. Only what the documents and
 * the project's manifests name is asked for; where that is nothing, a placeholder stands.
 */
export function verificationOf(task: TaskFacts, facts: ProvingFacts, profile: Profile): readonly string[] {
  const files = task.files.filter((file) => plainPath.test(file) && !file.includes(".."));
  const there = files.map((file) => `test -s ${file}`);
  const asked = named(task, facts);
  const tests = files.length === 0 && asked.length > 0 ? [] : testCommands(task, files, facts, profile);
  const checks = [...asked, ...tests];
  const commands = [...there, ...new Set(checks)];
  return commands.length === 0 ? [unknownVerification] : commands;
}

/** Programs that a task's own words ask for, as far as the project has them. */
function named(task: TaskFacts, { project, chain }: ProvingFacts): readonly string[] {
  const words = [task.name, ...task.acceptance].join("\n");
  const all = [words, ...task.details.map(({ text }) => text)].join("\n");
  const features = chain.filter(
    ({ type, path, id }) => type === "BDD" && path.endsWith(".feature") && all.includes(id),
  );
  const asks = (form: RegExp, command: string | undefined): readonly string[] =>
    command !== undefined && form.test(words) ? [command] : [];
  return project.runners.flatMap((runner) => [
    ...asks(/\btype[ -]?check|\btype hints?\b|\bmypy\b|\btsc\b/iu, runner.types),
    ...asks(/\blint(?:er|ing|s)?\b|\beslint\b|\bruff\b|\bclippy\b/iu, runner.lint),
    ...features.flatMap(({ path }) => (runner.scenarios === undefined ? [] : [runner.scenarios(path)])),
  ]);
}

function testCommands(
  task: TaskFacts,
  files: readonly string[],
  { project }: ProvingFacts,
  profile: Profile,
): readonly string[] {
  return project.runners.flatMap((runner) => {
    const own = files.filter((file) => runner.endings.some((ending) => file.endsWith(ending)));
    const tests = own.filter((file) => isTest(profile, file));
    if (tests.length > 0) return [runner.some(tests)];
    return own.length > 0 || (isFirst(project.runners, runner) && asksForTests(task)) ? [runner.suite] : [];
  });
}

function isFirst(runners: readonly TestRunner[], runner: TestRunner): boolean {
  return runners[0] === runner;
}

function asksForTests({ name, acceptance }: TaskFacts): boolean {
  return [name, ...acceptance].some((text) => /\b(?:tests?|testing|coverage)\b/iu.test(text));
}

function isTest(profile: Profile, path: string): boolean {
  const parts = path.split("/");
  const folders = profile.layers.find(({ type }) => type === profile.trace.code.test)?.directories ?? [];
  const isPrivate = (parts.at(-1) ?? "").startsWith("_");
  return isNamedAsTest(profile, path) || (parts.slice(0, -1).some((part) => folders.includes(part)) && !isPrivate);
}
