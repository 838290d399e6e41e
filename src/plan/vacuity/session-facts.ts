import type { PlanBlock } from "#model/plan";
import type { ShellSyntax } from "#model/shell-syntax";
import { afterScript } from "./learn.ts";
import { type ShellFacts, noFacts } from "./shell-facts.ts";

/** What the shell of a plan knows, block after block; told when it is first asked, then kept. */
export interface SessionFacts {
  /** What it knows when the next block begins. */
  next(): () => ShellFacts;
  /** A block that acts; what an isolated one leaves is only its files. */
  add(block: PlanBlock, syntax: ShellSyntax, isolated: boolean): void;
}

/** The session a plan begins with. */
export function createSessionFacts(): SessionFacts {
  let current: () => ShellFacts = () => noFacts;
  return {
    next: () => current,
    add(block, syntax, isolated) {
      const before = current;
      let made: ShellFacts | undefined;
      current = () => {
        made ??= after(before(), block, syntax, isolated);
        return made;
      };
    },
  };
}

function after(facts: ShellFacts, block: PlanBlock, syntax: ShellSyntax, isolated: boolean): ShellFacts {
  const learnt = afterScript(isolated ? { ...noFacts, files: facts.files } : facts, syntax, {
    text: block.text,
    own: false,
  });
  const kept = isolated ? { ...facts, files: learnt.files } : learnt;
  return kept.moved === "" && !kept.tampered ? kept : { ...kept, moved: "", tampered: false };
}
