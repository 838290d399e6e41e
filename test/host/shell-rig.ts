import { mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createShell } from "#host/shell/shell";
import { removeFolder } from "../support/remove-folder.ts";
import type { ShellRequest, ShellResult, ShellSession } from "#model/ports";

/** A result with its output as text. */
export type Ran = ShellResult & { readonly text: string };

/** A session in a scratch directory; each `run` continues from the state of the one before. */
export interface Rig {
  readonly root: string;
  session: ShellSession;
  state: string | undefined;
  run(text: string, extra?: Partial<ShellRequest>): Promise<Ran>;
  /** Runs the statements of a verification, given one by one. */
  verify(statements: readonly string[], extra?: Partial<ShellRequest>): Promise<Ran>;
  /** Runs the first block in one session and hands its state to another, as after a crash. */
  reopen(environment?: Readonly<Record<string, string>>): Promise<void>;
  request(text: string, extra?: Partial<ShellRequest>): ShellRequest;
  close(): Promise<void>;
}

/** Opens a session over a new scratch directory. */
export async function openRig(environment?: Readonly<Record<string, string>>): Promise<Rig> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "iplan shell-")));
  let count = 0;
  const open = (variables = environment) =>
    createShell().open(variables === undefined ? {} : { environment: variables });
  const rig: Rig = {
    root,
    session: await open(),
    state: undefined,
    request: (text, extra = {}) => ({
      text,
      spool: join(root, `spool-${count++}`),
      ...(rig.state === undefined ? {} : { state: rig.state }),
      directory: root,
      secrets: [],
      timeoutMs: 20_000,
      ...extra,
    }),
    async run(text, extra) {
      const result = await rig.session.run(rig.request(text, extra));
      rig.state = result.state ?? rig.state;
      return { ...result, text: readFileSync(result.output, "utf8") };
    },
    async verify(parts, extra) {
      const text = parts.join("\n");
      let at = 0;
      const statements = parts.map((part) => {
        const start = at;
        at += part.length + 1;
        return { start, end: start + part.length };
      });
      return rig.run(text, { statements, ...extra });
    },
    async reopen(variables) {
      await rig.session.close();
      rig.session = await open(variables ?? environment);
    },
    async close() {
      await rig.session.close();
      await removeFolder(root);
    },
  };
  return rig;
}
