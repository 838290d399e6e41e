import type { JsonValue } from "./json-tree.ts";

/** How the program is started by others: from the project's own packages, or from where it lies on this machine. */
export interface ProgramCommand {
  /** `package`: below the workspace's `node_modules`; `packages-above`: below that of a directory above; `path`: elsewhere. */
  readonly kind: "package" | "packages-above" | "path";
  /** Absolute path of the program for `path`; else empty. */
  readonly path: string;
}

/** A server for assistants in a file of theirs. */
export interface ServerEntry {
  readonly file: string;
  /** Name of the member that holds all servers. */
  readonly member: string;
  value(command: ProgramCommand): JsonValue;
}

/** One hook: when it is called, for which tools, and the event our program is told. */
export interface HookEntry {
  readonly on: string;
  readonly matcher?: string;
  readonly event: HookEvent;
}

/** Events that `iplan hook` knows. */
export type HookEvent = "session-start" | "pre-compact" | "pre-tool" | "stop" | "task-completed";

/** The hooks of an assistant. */
export interface HookEntries {
  readonly file: string;
  readonly entries: readonly HookEntry[];
  /** The shell's word for the root of the project in a hook's command. */
  readonly rootWord: string;
  /** What stands beside `type` and `command`. */
  details(event: HookEvent): { readonly [name: string]: JsonValue };
}

/** What is written for one assistant's program. */
export interface AssistantSetup {
  readonly title: string;
  /** Files that tell the program is used here. */
  readonly signs: readonly string[];
  /** The file of instructions it reads beside AGENTS.md. */
  readonly instructions?: string;
  readonly server?: ServerEntry;
  readonly hooks?: HookEntries;
}

/** Names of assistants as `--assistants` takes them. */
export type AssistantName = "claude" | "gemini" | "cursor" | "vscode" | "codex";

/** The file of instructions that every assistant is given. */
export const sharedInstructions = "AGENTS.md";

const packageProgram = "node_modules/.bin/iplan";

function startedIn(root: string): (command: ProgramCommand) => { command: string; args: string[] } {
  return ({ kind, path }) => {
    if (kind === "path") return { command: path, args: ["mcp"] };
    if (kind === "packages-above" || root === "") return { command: "npx", args: ["--no-install", "iplan", "mcp"] };
    return { command: `${root}/${packageProgram}`, args: ["mcp"] };
  };
}

/** The command line of a hook. */
export function hookCommand({ kind, path }: ProgramCommand, rootWord: string, event: HookEvent): string {
  if (kind === "package") return `"${rootWord}"/${packageProgram} hook ${event}`;
  return kind === "path" ? `${shellWord(path)} hook ${event}` : `npx --no-install iplan hook ${event}`;
}

/** True for a command line that calls our hook for the event, wherever the program lies. */
export function isHookCommand(command: string, event: HookEvent): boolean {
  if (!command.endsWith(` hook ${event}`)) return false;
  return /(?:^|[/ ])iplan(?:\.js)?'?$/u.test(command.slice(0, -` hook ${event}`.length));
}

function shellWord(text: string): string {
  return /^[\w./@%+:-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * What each assistant's program reads. Sources of the forms (November 2026): docs.claude.com hooks and settings pages; `docs/hooks/reference.md`
 * and `docs/tools/mcp-server.md` of google-gemini/gemini-cli; the MCP configuration reference of code.visualstudio.com; cursor.com/docs/mcp.
 */
export const assistantSetups: Readonly<Record<AssistantName, AssistantSetup>> = {
  claude: {
    title: "Claude Code",
    signs: ["CLAUDE.md", ".claude", ".mcp.json"],
    instructions: "CLAUDE.md",
    server: { file: ".mcp.json", member: "mcpServers", value: startedIn("") },
    hooks: {
      file: ".claude/settings.json",
      rootWord: "$CLAUDE_PROJECT_DIR",
      entries: [
        { on: "SessionStart", event: "session-start" },
        { on: "PreCompact", event: "pre-compact" },
        { on: "PreToolUse", matcher: "Edit|MultiEdit|Write|NotebookEdit|Bash", event: "pre-tool" },
        { on: "Stop", event: "stop" },
        { on: "TaskCompleted", event: "task-completed" },
      ],
      // Why: this program counts in seconds.
      details: () => ({ timeout: 60 }),
    },
  },
  gemini: {
    title: "Gemini CLI",
    signs: ["GEMINI.md", ".gemini"],
    instructions: "GEMINI.md",
    server: { file: ".gemini/settings.json", member: "mcpServers", value: startedIn("") },
    hooks: {
      file: ".gemini/settings.json",
      rootWord: "$GEMINI_PROJECT_DIR",
      entries: [
        { on: "SessionStart", event: "session-start" },
        { on: "PreCompress", event: "pre-compact" },
        { on: "BeforeTool", matcher: "write_file|replace|run_shell_command", event: "pre-tool" },
        { on: "AfterAgent", event: "stop" },
      ],
      // Why: this program counts in milliseconds, and hooks are switched off by their name.
      details: (event) => ({ name: `iplan-${event}`, timeout: 60_000 }),
    },
  },
  cursor: {
    title: "Cursor",
    signs: [".cursor", ".cursorrules"],
    server: { file: ".cursor/mcp.json", member: "mcpServers", value: startedIn("${workspaceFolder}") },
  },
  vscode: {
    title: "VS Code",
    signs: [".vscode/mcp.json", ".github/copilot-instructions.md"],
    server: {
      file: ".vscode/mcp.json",
      member: "servers",
      value: (command) => ({ type: "stdio", ...startedIn("${workspaceFolder}")(command) }),
    },
  },
  codex: { title: "Codex and others that read AGENTS.md", signs: [sharedInstructions, ".codex"] },
};

/** Names of all assistants. */
export const assistantNames: readonly AssistantName[] = Object.keys(assistantSetups) as AssistantName[];
