import type { LeaseHolder } from "#guide/lease";
import { type ExitCode, IplanError } from "#model/errors";
import type { Actor } from "#model/run";
import { escapeControls } from "#render/escape";
import { createPaint } from "#render/paint";
import { argument, type CommandContext, type CommandHandler } from "../command.ts";
import { type HookCall, readHookCall } from "../hook/hook-call.ts";
import { type HookScene, hookScene } from "../hook/hook-scene.ts";
import { beat, holderOf } from "../leases.ts";

/** What a hook answers its host: the exit code and both streams as the host reads them. */
interface HookAnswer {
  readonly exitCode: 0 | 1 | 2;
  readonly stdout?: string;
  readonly stderr?: string;
}

interface HookGround {
  readonly context: CommandContext;
  readonly call: HookCall;
  readonly scene: HookScene;
  readonly actor: Actor;
  readonly holder: LeaseHolder;
}

const allowed: HookAnswer = { exitCode: 0 };

const events: Readonly<Record<string, (ground: HookGround) => Promise<HookAnswer>>> = {
  "session-start": sessionStart,
  "pre-compact": preCompact,
  "pre-tool": preTool,
  stop,
  "task-completed": taskCompleted,
};

/**
 * `iplan hook EVENT`: what assistants' programs call. Exit 0 lets the assistant go on, 2 keeps it from what it is about to do and tells
 * it why, 1 is a fault of this call that keeps nobody from anything.
 */
export const hook: CommandHandler = async (context, input) => {
  const event = argument(input, "event") ?? "";
  const answer = await answerTo(context, event);
  if (answer.stderr !== undefined) context.progress(`${escapeControls(answer.stderr, { keepLines: true })}\n`);
  const { stdout = "" } = answer;
  return {
    kind: "hook",
    exitCode: answer.exitCode as ExitCode,
    data: {
      event,
      ...(stdout === "" ? {} : { answer: stdout }),
      ...(answer.stderr === undefined ? {} : { reason: answer.stderr }),
    },
    page: () => (stdout === "" ? "" : `${stdout}\n`),
  };
};

/** Why: whatever goes wrong here must not keep an assistant from its work; only a reason does. */
async function answerTo(context: CommandContext, event: string): Promise<HookAnswer> {
  const known = Object.keys(events).join(", ");
  const act = Object.hasOwn(events, event) ? events[event] : undefined;
  if (act === undefined) return faulty(`there is no event "${event}"; known are ${known}`);
  const call = readHookCall(context.input?.() ?? "", context.host.machine.environment);
  if (call === undefined) return faulty("what came on standard input is no JSON object; nothing was looked at");
  try {
    const scene = hookScene(context.host, call.cwd ?? context.cwd);
    const actor = actorOf(context, call);
    return await act({ context, call, scene, actor, holder: holderOf(scene, actor) });
  } catch (error) {
    const text = error instanceof IplanError ? `${error.message} ${error.cure}` : String(error);
    return faulty(`${event} could not be answered: ${text}`);
  }
}

function faulty(message: string): HookAnswer {
  return { exitCode: 1, stderr: `iplan hook: ${message}` };
}

/** Why: hooks are called by the assistant's program, which need not set the variables that its commands have. */
function actorOf({ actor }: CommandContext, { host }: HookCall): Actor {
  return actor.kind === "assistant"
    ? actor
    : { kind: "assistant", name: host === "gemini" ? "Gemini CLI" : "Claude Code" };
}

/** Most tokens of what a new conversation is given. */
const briefTokens = 700;

async function sessionStart({ context, scene, holder }: HookGround): Promise<HookAnswer> {
  const { openSession } = await import("../session.ts");
  const { allRows } = await import("../status-row.ts");
  const { renderBriefStatus } = await import("#render/status-page");
  const session = await openSession(context.host, scene.cwd);
  const rows = await allRows(session);
  if (rows.length === 0) return allowed;
  const found = await foundNow(session, holder);
  const { createPacket } = await import("#guide/packet");
  const { packetFacts } = await import("../packet-facts.ts");
  const { renderPacket } = await import("#render/packet-page");
  const packet =
    found === undefined
      ? ""
      : renderPacket(
          createPacket(found.view.understood, found.unit, await packetFacts(session, found), briefTokens),
          createPaint(false),
        );
  const rules =
    "Done is computed: `iplan next --take` hands out work, `iplan verify PLAN TASK` proves it and ticks. Boxes, receipts and .iplan are not edited.";
  const text = [`Plans of this workspace (iplan status):\n${renderBriefStatus(rows)}${rules}`, packet].join("\n");
  const hookSpecificOutput = { hookEventName: "SessionStart", additionalContext: text.trimEnd() };
  return { exitCode: 0, stdout: JSON.stringify({ hookSpecificOutput }) };
}

async function preCompact({ context, call, scene, holder }: HookGround): Promise<HookAnswer> {
  const { openSession } = await import("../session.ts");
  const session = await openSession(context.host, scene.cwd);
  const found = await foundNow(session, holder);
  if (found === undefined) return allowed;
  const { handoffOf } = await import("../handoff.ts");
  const { renderHandoff } = await import("#render/handoff-page");
  const page = renderHandoff(await handoffOf(session, found, briefTokens), createPaint(false));
  const text = `Keep what follows; it is where the work stands by iplan, not by this conversation.\n\n${page}`;
  // Why: Claude Code takes the text as what to keep; Gemini CLI shows it to the user.
  return { exitCode: 0, stdout: call.host === "gemini" ? JSON.stringify({ systemMessage: text }) : text };
}

async function foundNow(session: import("../session.ts").Session, holder: LeaseHolder) {
  const { nextStep } = await import("../next-step.ts");
  try {
    const found = await nextStep(session, { take: false, holder });
    return found.state === "unit" ? found : undefined;
  } catch (error) {
    if (error instanceof IplanError) return undefined;
    throw error;
  }
}

async function preTool({ call, scene, holder }: HookGround): Promise<HookAnswer> {
  const { tool } = call;
  if (tool === undefined) return faulty("the call names no tool; nothing was looked at");
  beat(scene, holder);
  const why = await refusalOf(scene, tool);
  return why === undefined ? allowed : { exitCode: 2, stderr: `iplan: ${why}` };
}

async function refusalOf(
  scene: HookScene,
  { name, input }: NonNullable<HookCall["tool"]>,
): Promise<string | undefined> {
  const command = input["command"];
  if (typeof command === "string") {
    const { refuseCommand } = await import("../hook/guard-shell.ts");
    return refuseCommand(scene, command);
  }
  const { intendedWrites, refuseWrite } = await import("../hook/guard-edit.ts");
  for (const write of intendedWrites(name, input)) {
    const why = await refuseWrite(scene, write);
    if (why !== undefined) return why;
  }
  return undefined;
}

async function stop({ call, scene, holder, actor }: HookGround): Promise<HookAnswer> {
  // Why: an assistant that cannot prove its work must be able to end; it was told once.
  if (call.isStopActive) return allowed;
  const { leavesUnproved } = await import("../hook/leave-check.ts");
  const left = await leavesUnproved(scene, { holder, actor });
  return left === undefined ? allowed : { exitCode: 2, stderr: left };
}

async function taskCompleted({ call, scene, holder, actor }: HookGround): Promise<HookAnswer> {
  const { leavesUnproved } = await import("../hook/leave-check.ts");
  const words = call.task.toLowerCase();
  // Why: assistants keep lists of their own; only what speaks of the unit that was taken is held to its proof.
  const left = await leavesUnproved(scene, { holder, actor }, ({ plan, unit, title }) => {
    const named = [unit.replace(":", " "), unit.slice(unit.indexOf(":") + 1), title.replace(/\s*\(.*$/u, ""), plan];
    return words === "" || named.some((name) => name.length > 2 && words.includes(name.toLowerCase()));
  });
  return left === undefined ? allowed : { exitCode: 2, stderr: left };
}
