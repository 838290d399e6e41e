import { type RiskClass, riskOrder, type UnderstoodPlan } from "#model/understanding";
import { escapeControls, oneLine } from "./escape.ts";
import { counted } from "./layout.ts";
import type { Paint } from "./paint.ts";

const riskWords: Readonly<Record<RiskClass, string>> = {
  read: "reads",
  workspace: "writes in the workspace",
  outside: "writes outside the workspace",
  network: "uses the network",
  publish: "publishes",
  destructive: "destroys",
};

/** Every command a run would start, in order, with its risk, and how to approve the set. */
export function renderTrustPage(understood: UnderstoodPlan, approved: boolean, paint: Paint, width: number): string {
  const { commands, id, approvalHash } = understood;
  if (commands.length === 0) return `${escapeControls(id)} has no commands to approve: nothing in it runs.\n`;
  const blocks = commands.map((command, index) => {
    const risky = riskOrder.indexOf(command.risk) >= riskOrder.indexOf("outside");
    const risk = risky ? paint.yellow(`! ${riskWords[command.risk]}`) : riskWords[command.risk];
    const reasons = risky
      ? command.risks.filter((note) => note.risk === command.risk).map((note) => oneLine(note.reason, width - 8))
      : [];
    const body = escapeControls(command.text.trimEnd(), { keepLines: true }).split("\n");
    return [
      `${paint.bold(`${index + 1}. ${escapeControls(command.unit)} ${command.role}`)}  ${risk}\n`,
      ...[...new Set(reasons)].map((reason) => `     ${paint.yellow(reason)}\n`),
      ...body.map((line) => `   ${paint.dim("│")} ${line}\n`),
    ].join("");
  });
  const state = approved
    ? `${paint.green("✓ approved")} on this machine.\n`
    : `${paint.yellow("not approved")}. To approve exactly these: iplan trust ${escapeControls(id)} --approve=${approvalHash}\n`;
  return `${blocks.join("\n")}\n${counted(commands.length, "command")}, sha256 ${approvalHash}\n${state}`;
}
