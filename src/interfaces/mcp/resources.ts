import { type McpServer, ResourceTemplate } from "@modelcontextprotocol/server";
import type { Host } from "#model/ports";
import { handlers } from "#session/handlers";
import { readPlans } from "#session/plans";
import { openSession } from "#session/session";
import { pagesOf } from "./answer.ts";
import { contextOf } from "./call-tool.ts";

/** Most plans that are listed or completed. */
const mostPlans = 100;

/**
 * Offers `iplan://plan/{id}` and `iplan://artifact/{id}`: the documents as pages, as `show` prints them, the first page of long ones.
 * Plans are listed and completed; without a plan the list is that of the guides.
 */
export function addDocuments(server: McpServer, host: Host, project: () => Promise<string>): void {
  const scene = async () => {
    const signal = new AbortController().signal;
    return contextOf({ host, cwd: await project(), client: "assistant", signal, progress: () => undefined });
  };
  const read = async (uri: URL, id: unknown) => {
    const show = await handlers["show"]?.();
    if (show === undefined) throw new Error("no handler of show");
    const document = decodeURIComponent(String(id));
    const outcome = await show(await scene(), { arguments: { document }, options: {} });
    const [text = "", ...rest] = pagesOf(outcome);
    const more = rest.length === 0 ? "" : `\n(page 1 of ${rest.length + 1}; iplan_show goes on)`;
    return { contents: [{ uri: uri.href, mimeType: "text/plain", text: `${text}${more}` }] };
  };
  const plans = async (): Promise<readonly { readonly id: string; readonly path: string }[]> => {
    const { plans: read, unreadable } = readPlans(await openSession(host, await project()));
    return [...read, ...unreadable].toSorted((one, other) => (one.path < other.path ? -1 : 1)).slice(0, mostPlans);
  };
  const planTemplate = new ResourceTemplate("iplan://plan/{id}", {
    list: async () => ({
      resources: (await plans()).map(({ id, path }) => ({ name: id, uri: `iplan://plan/${id}`, description: path })),
    }),
    complete: { id: async (value) => (await plans()).map(({ id }) => id).filter((id) => id.startsWith(value)) },
  });
  server.registerResource(
    "plan",
    planTemplate,
    { title: "Plan", description: "A plan as it was understood" },
    (uri, { id }) => read(uri, id),
  );
  const artifactTemplate = new ResourceTemplate("iplan://artifact/{id}", { list: undefined });
  const artifact = { title: "Artifact", description: "A document with its tags, what it defines and who names it" };
  server.registerResource("artifact", artifactTemplate, artifact, (uri, { id }) => read(uri, id));
}
