import { fromJsonSchema, McpServer, type ServerContext } from "@modelcontextprotocol/server";
import { addGuides } from "./guides.ts";
import { addDocuments } from "./resources.ts";
import { createToolCalls } from "./call-tool.ts";
import { addPrompts } from "./prompts.ts";
import { projectOf } from "./project.ts";
import type { Served } from "./served.ts";
import { inputSchemaOf, outputSchema } from "./tool-schema.ts";
import { toolTable } from "./tools.ts";

const instructions =
  "Implementation plans whose done is computed, never claimed. Begin with iplan_next (take: true); do what its packet says; prove it with iplan_verify; only that ticks. Never edit boxes, receipts or generated regions. When something needs approval or a signature, ask the person.";

/** A server for one connection. */
export function createServer(served: Served): McpServer {
  const info = { name: "iplan", title: "iplan", version: served.host.version };
  const server = new McpServer(info, { instructions });
  const project = projectOf(server, served);
  const call = createToolCalls();
  for (const tool of toolTable) {
    const config = {
      title: tool.title,
      description: tool.description,
      inputSchema: fromJsonSchema<Record<string, unknown>>(inputSchemaOf(tool)),
      outputSchema: fromJsonSchema(outputSchema),
      annotations: tool.annotations,
    };
    server.registerTool(tool.name, config, async (given, context) =>
      call(tool, given, {
        host: served.host,
        cwd: await project(),
        client: server.server.getClientVersion()?.name ?? "assistant",
        signal: context.mcpReq.signal,
        progress: progressOf(context),
      }),
    );
  }
  addDocuments(server, served.host, project);
  addGuides(server, served.guides);
  addPrompts(server);
  return server;
}

/** Tells the client each line of progress, when it asked for that. */
function progressOf({ mcpReq }: ServerContext): (text: string) => void {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  let progress = 0;
  return (message) => {
    if (message === "") return;
    progress += 1;
    const params = { progressToken, progress, message: message.slice(0, 500) };
    // Why: a client that is gone by now needs no progress.
    void mcpReq.notify({ method: "notifications/progress", params }).catch(() => undefined);
  };
}
