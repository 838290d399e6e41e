import { type McpServer, ResourceTemplate } from "@modelcontextprotocol/server";

/** The pages of the guide that came with the program. */
export interface Guides {
  readonly topics: readonly string[];
  /** Markdown of a topic; undefined when there is none. */
  read(topic: string): string | undefined;
}

/** Offers the guide page by page, as `iplan://guide/{topic}`. */
export function addGuides(server: McpServer, guides: Guides): void {
  const template = new ResourceTemplate("iplan://guide/{topic}", {
    list: () => ({
      resources: guides.topics.map((topic) => ({
        name: topic,
        uri: `iplan://guide/${topic}`,
        mimeType: "text/markdown",
      })),
    }),
    complete: { topic: (value) => guides.topics.filter((topic) => topic.startsWith(value)) },
  });
  const config = { title: "Guide", description: "How plans are written, run and judged", mimeType: "text/markdown" };
  server.registerResource("guide", template, config, (uri, { topic }) => {
    const text = guides.read(String(topic));
    if (text === undefined) throw new RangeError(`No such topic; there are ${guides.topics.join(", ")}.`);
    return { contents: [{ uri: uri.href, mimeType: "text/markdown", text }] };
  });
}
