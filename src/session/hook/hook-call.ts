/** The program of an assistant that calls a hook, told by the names it gives to events. */
export type HookHost = "claude" | "gemini";

/** What an assistant's program told on standard input. */
export interface HookCall {
  readonly host: HookHost;
  /** Directory the assistant works in; absent where none was told. */
  readonly cwd?: string;
  readonly tool?: { readonly name: string; readonly input: Readonly<Record<string, unknown>> };
  /** The assistant goes on already because a hook kept it from stopping. */
  readonly isStopActive: boolean;
  /** Words of the task that is called completed. */
  readonly task: string;
}

const geminiEvents: ReadonlySet<string> = new Set([
  "BeforeTool",
  "AfterTool",
  "BeforeAgent",
  "AfterAgent",
  "PreCompress",
]);

/** Reads the JSON that hooks are given; undefined for anything else. Source of the forms: docs.claude.com hooks, geminicli.com/docs/hooks/reference. */
export function readHookCall(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): HookCall | undefined {
  const value = objectIn(text);
  if (value === undefined) return undefined;
  const { cwd, tool_name: name, tool_input: input, hook_event_name: event } = value;
  const isGemini = geminiEvents.has(String(event)) || (environment["GEMINI_PROJECT_DIR"] ?? "") !== "";
  const told = [value["task_subject"], value["task_description"]].filter((each) => typeof each === "string");
  return {
    host: isGemini ? "gemini" : "claude",
    ...(typeof cwd === "string" && cwd.startsWith("/") ? { cwd } : {}),
    ...(typeof name === "string" && isObject(input) ? { tool: { name, input } } : {}),
    isStopActive: value["stop_hook_active"] === true,
    task: told.join("\n"),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
