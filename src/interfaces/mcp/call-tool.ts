import { IplanError } from "#model/errors";
import type { Host } from "#model/ports";
import { escapeControls } from "#render/escape";
import { createPaint } from "#render/paint";
import { actorIn } from "#session/actor";
import type { CommandContext, CommandOutcome } from "#session/command";
import { handlers } from "#session/handlers";
import { KeptChecks } from "#session/kept-check";
import { answerOf, pagesOf, type ToolAnswer } from "./answer.ts";
import { inputOf } from "./tool-schema.ts";
import type { ToolSpec } from "./tools.ts";

/** What a call brings along besides its arguments. */
export interface CallScene {
  readonly host: Host;
  /** Directory of the project. */
  readonly cwd: string;
  /** Name of the assistant's program, as it introduced itself. */
  readonly client: string;
  readonly signal: AbortSignal;
  /** Told one line at a time while a command works. */
  readonly progress: (text: string) => void;
}

/** A tool's failure, in words by which a model can mend its call. */
export interface ToolFailure {
  readonly [key: string]: unknown;
  readonly content: { readonly type: "text"; readonly text: string }[];
  readonly isError: true;
}

/** Answers calls of one connection; a further page of the last answer is given without carrying out the command again. */
export function createToolCalls(): (
  tool: ToolSpec,
  given: Readonly<Record<string, unknown>>,
  scene: CallScene,
) => Promise<ToolAnswer | ToolFailure> {
  const checks = new KeptChecks();
  let last: { readonly key: string; readonly outcome: CommandOutcome; readonly pages: readonly string[] } | undefined;
  return async (tool, { page = 1, ...given }, scene) => {
    const key = `${scene.cwd}\0${tool.name}\0${JSON.stringify(given)}`;
    try {
      if (page !== 1 && last?.key !== key && tool.annotations.readOnlyHint !== true) {
        return failure("A further page is there right after the call itself only.", "Call it without `page` first.");
      }
      if (page === 1 || last?.key !== key) {
        const outcome = await carryOut(tool, given, scene, checks);
        last = { key, outcome, pages: pagesOf(outcome) };
      }
      return answerOf(last.outcome, last.pages, Number(page));
    } catch (error) {
      if (error instanceof IplanError) return failure(error.message, `${cureOf(error)} (${error.code})`);
      if (error instanceof RangeError) return failure(error.message, "Ask for one of those.");
      throw error;
    }
  };
}

/** Why: what an assistant is told must not read as a way to approve by itself. */
function cureOf({ code, cure }: IplanError): string {
  return code === "run/not-approved" ? `A person has to review and approve them. ${cure.split("\n", 1)[0]}` : cure;
}

function failure(message: string, cure: string): ToolFailure {
  const text = escapeControls(`${message}\n${cure}`.trim(), { keepLines: true });
  return { content: [{ type: "text", text }], isError: true };
}

async function carryOut(
  tool: ToolSpec,
  given: Readonly<Record<string, unknown>>,
  scene: CallScene,
  checks: KeptChecks,
): Promise<CommandOutcome> {
  const handler = await handlers[tool.command]?.();
  if (handler === undefined) throw new Error(`no handler of ${tool.command}`);
  return handler({ ...(await contextOf(scene)), checks }, inputOf(tool, given));
}

/** Why: whoever speaks through this server is an assistant, whatever it calls itself: it may not approve, sign or override. */
export async function contextOf({ host, cwd, client, signal, progress }: CallScene): Promise<CommandContext> {
  const known = await actorIn(host, cwd, false);
  return {
    host,
    cwd,
    actor: known.kind === "assistant" ? known : { kind: "assistant", name: client },
    paint: createPaint(false),
    progressPaint: createPaint(false),
    width: 100,
    interactive: false,
    signal,
    progress: (text) => progress(escapeControls(text.trim(), { keepLines: true })),
  };
}
