import type { CommandHandler } from "./command.ts";

/** The handler of each command, loaded when it is called. */
export const handlers: Readonly<Record<string, () => Promise<CommandHandler>>> = {
  init: async () => (await import("./commands/init.ts")).init,
  new: async () => (await import("./commands/new.ts")).newDocument,
  doctor: async () => (await import("./commands/doctor.ts")).doctor,
  show: async () => (await import("./commands/show.ts")).show,
  check: async () => (await import("./commands/check.ts")).check,
  run: async () => (await import("./commands/run.ts")).run,
  verify: async () => (await import("./commands/verify.ts")).verify,
  registry: async () => (await import("./commands/registry.ts")).registry,
  next: async () => (await import("./commands/next.ts")).next,
  status: async () => (await import("./commands/status.ts")).status,
  hook: async () => (await import("./commands/hook.ts")).hook,
  note: async () => (await import("./commands/note.ts")).note,
  sign: async () => (await import("./commands/sign.ts")).sign,
  trace: async () => (await import("./commands/trace.ts")).trace,
  impact: async () => (await import("./commands/impact.ts")).impact,
  export: async () => (await import("./commands/export.ts")).exportAll,
  commit: async () => (await import("./commands/commit.ts")).commit,
  trust: async () => (await import("./commands/trust.ts")).trust,
};
