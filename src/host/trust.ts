import { chmodSync, mkdirSync } from "node:fs";
import { userInfo } from "node:os";
import { basename, isAbsolute, join } from "node:path";
import { IplanError } from "#model/errors";
import type { Files, Trust } from "#model/ports";
import { crypto } from "./crypto.ts";
import { notWritable } from "./file-errors.ts";

/** What one plan's user approved. */
interface Approval {
  /** Hash of the ordered set of commands. */
  readonly sha256: string;
  /** Hashes of single commands. */
  readonly commands: readonly string[];
}

type Approvals = Readonly<Record<string, Approval>>;

const privateFile = 0o600;
const privateDirectory = 0o700;

/** Directory of this user's state: `$XDG_STATE_HOME/iplan` or the platform's default. */
export function stateHome(environment: Readonly<Record<string, string | undefined>>, platform: string): string {
  const given = environment["XDG_STATE_HOME"];
  if (given !== undefined && isAbsolute(given)) return join(given, "iplan");
  const named = environment["HOME"];
  // Why: a relative HOME would put the state into whatever repository the program is started in.
  const home = named !== undefined && isAbsolute(named) ? named : userInfo().homedir;
  return platform === "darwin"
    ? join(home, "Library", "Application Support", "iplan")
    : join(home, ".local", "state", "iplan");
}

/** Name of a workspace's directory: its own name for people, a digest of its real path to be sure. */
function workspaceName(realRoot: string): string {
  const digest = crypto().createHash("sha256").update(realRoot).digest("hex").slice(0, 24);
  const name = basename(realRoot)
    .replace(/[^\w.-]/g, "_")
    .slice(0, 40);
  return `${name === "" ? "root" : name}-${digest}`;
}

function isApproval(value: unknown): value is Approval {
  if (typeof value !== "object" || value === null || !("sha256" in value) || !("commands" in value)) return false;
  return (
    typeof value.sha256 === "string" &&
    Array.isArray(value.commands) &&
    value.commands.every((one) => typeof one === "string")
  );
}

/** Approvals as they stand on disk; what is damaged approves nothing. */
function parseApprovals(bytes: Uint8Array | undefined): Approvals {
  if (bytes === undefined) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value !== "object" || value === null || !("plans" in value)) return {};
    const plans = value.plans;
    if (typeof plans !== "object" || plans === null) return {};
    return Object.fromEntries(
      Object.entries(plans).filter((entry): entry is [string, Approval] => isApproval(entry[1])),
    );
  } catch {
    return {};
  }
}

const keyForm = /^[0-9a-f]{64}$/;

/** What this user approved on this machine for the workspace at `root`, and the workspace's key. */
export function createTrust(root: string, files: Files, home: string): Trust {
  const directory = join(home, "workspaces", workspaceName(files.realPath(root) ?? root));
  const keyPath = join(directory, "key");
  const approvalsPath = join(directory, "approvals.json");
  const open = (path: string): string => {
    try {
      mkdirSync(path, { recursive: true, mode: privateDirectory });
      chmodSync(path, privateDirectory);
    } catch (error) {
      throw notWritable(path, error);
    }
    return path;
  };
  const readKey = (): string | undefined => {
    const text = new TextDecoder().decode(files.read(keyPath) ?? new Uint8Array()).trim();
    return keyForm.test(text) ? text : undefined;
  };
  const approvals = (): Approvals => parseApprovals(files.read(approvalsPath));
  return {
    key({ create }) {
      const known = readKey();
      if (known !== undefined || !create) return known;
      open(directory);
      // Why: two processes may make the key at once; the one that comes second takes the first one's.
      files.createExclusive(keyPath, Buffer.from(`${crypto().randomBytes(32).toString("hex")}\n`), privateFile);
      const made = readKey();
      if (made !== undefined) return made;
      throw new IplanError(
        "host/state-unusable",
        `The workspace's key ${keyPath} is damaged`,
        "Restore it from a backup, or remove it; what was recorded under it then counts as foreign.",
      );
    },
    isApproved: (plan, sha256) => approvals()[plan]?.sha256 === sha256,
    approvedCommands: (plan) => new Set(approvals()[plan]?.commands),
    approve(plan, sha256, commands) {
      open(directory);
      const before = approvals();
      const all = [...new Set([...(before[plan]?.commands ?? []), ...commands])].sort();
      const text = JSON.stringify(
        { version: 1, root, plans: { ...before, [plan]: { sha256, commands: all } } },
        undefined,
        2,
      );
      files.writeAtomic(approvalsPath, Buffer.from(`${text}\n`), privateFile);
    },
    stateDirectory: () => open(join(open(directory), "runs")),
  };
}
