/** The open door of the program as a library: open a workspace, carry out commands, read what they answer. */
export type { CommandContext, CommandHandler, CommandInput, CommandOutcome } from "./command.ts";
export { configSchema } from "./config-schema.ts";
export { type CommandSpec, commandTable, findCommand } from "./commands.ts";
export { handlers } from "./handlers.ts";
export { type CheckChange, type OpenCheck, openCheck } from "./open-check.ts";
export { overview } from "./overview.ts";
export { openSession, type Session } from "./session.ts";
