import { fromJsonSchema, type McpServer } from "@modelcontextprotocol/server";

/** A way of working that a person can start an assistant on. */
interface PromptSpec {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly argument: { readonly name: string; readonly description: string };
  readonly text: (value: string) => string;
}

const prompts: readonly PromptSpec[] = [
  {
    name: "author_plan",
    title: "Write a plan",
    description: "From a task list to a plan that passes its check",
    argument: { name: "tasks", description: "id of the task list, such as TASKS-001" },
    text: (tasks) => `Write the implementation plan of ${tasks}.

1. Call iplan_new with type "iplan" and from ["${tasks}"]. It fills in what the documents above say.
2. Read the document it names. Each text in [brackets] is a placeholder for what only the project can tell: replace it from the documents of the chain (iplan_show, iplan_trace) or by asking me. Invent nothing.
3. Every step needs a verification that fails when the work is not done. No "|| true", no echo of a verdict, no check of a file that the step itself just touched.
4. Call iplan_check with that plan and score true. Repeat until no error stands and nothing that you can answer is left.
5. Tell me what stayed open and ask me to review the commands with: iplan trust PLAN. You cannot approve them.`,
  },
  {
    name: "execute_plan",
    title: "Work through a plan",
    description: "Task by task, each proved before the next",
    argument: { name: "plan", description: "id of the plan, such as IPLAN-001" },
    text: (plan) => `Work through ${plan}, one unit at a time.

1. Call iplan_next with plan "${plan}" and take true. The packet has the task, its files, the commands and the verification to satisfy.
2. Do the work it describes, and nothing that belongs to another unit.
3. Call iplan_verify with plan and unit. If it fails, read what failed, mend the work and verify again. Do not change the verification to make it pass; when the plan is wrong, call iplan_note with kind "deviation" and tell me.
4. If you cannot go on, call iplan_note with block and the reason.
5. Go on with 1 until iplan_next says that all is done or only signatures are left. Then show me iplan_status and what waits for me.

Never tick boxes, edit receipts or sign by hand: done is computed.`,
  },
  {
    name: "review_plan",
    title: "Review a plan",
    description: "What is missing, what cannot fail, what is risky",
    argument: { name: "plan", description: "id of the plan, such as IPLAN-001" },
    text: (plan) => `Review ${plan} before anybody runs it. Change nothing.

1. iplan_check with target ["${plan}"] and score true: explain each error in a sentence.
2. iplan_show with document "${plan}" and explain true: name every verification that could pass although the work is not done, every outcome nothing proves, and every command that destroys, publishes or leaves the workspace.
3. iplan_trace with target "${plan}": does each requirement it claims to serve have a step that proves it?
4. End with a list: what must change before it is run, what should, what I have to judge myself.`,
  },
];

/** Offers the prompts. */
export function addPrompts(server: McpServer): void {
  for (const { name, title, description, argument, text } of prompts) {
    const argsSchema = fromJsonSchema<Record<string, string>>({
      type: "object",
      properties: { [argument.name]: { type: "string", description: argument.description } },
      required: [argument.name],
    });
    server.registerPrompt(name, { title, description, argsSchema }, (given) => ({
      messages: [{ role: "user", content: { type: "text", text: text(plainWord(given[argument.name] ?? "")) } }],
    }));
  }
}

/** Why: what is put into the words of a prompt is an id or a path, never a text that could give orders. */
function plainWord(text: string): string {
  return text
    .replace(/[^\w./:-]+/g, " ")
    .trim()
    .slice(0, 120);
}
