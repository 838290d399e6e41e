import { fileURLToPath } from "node:url";
import type { McpServer } from "@modelcontextprotocol/server";
import type { Served } from "./served.ts";

/** How long a client may take to name its roots, in milliseconds. */
const rootsTimeoutMs = 2000;

/**
 * Finds the directory to work in: the first root the client names that is a directory here, else the one the server was started in.
 * Asked once, at the first call, and again after the client says that its roots changed.
 */
export function projectOf(server: McpServer, { host, cwd, isFixed }: Served): () => Promise<string> {
  let found: Promise<string> | undefined;
  const isDirectory = (path: string): boolean => host.files.stat(path)?.kind === "directory";
  const ask = async (): Promise<string> => {
    // Why: newer protocols have no request for roots, and a client without them answers none.
    if (isFixed || server.server.getClientCapabilities()?.roots === undefined) return cwd;
    try {
      const { roots } = await server.server.listRoots(undefined, { timeout: rootsTimeoutMs });
      return roots.map(({ uri }) => pathOf(uri)).find((path) => path !== undefined && isDirectory(path)) ?? cwd;
    } catch {
      return cwd;
    }
  };
  server.server.setNotificationHandler("notifications/roots/list_changed", () => {
    found = undefined;
  });
  return () => (found ??= ask());
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri).replace(/(?<=.)\/$/, "");
  } catch {
    return undefined;
  }
}
