import type { Json } from "#model/run";
import { ContentBuilder } from "./content.ts";
import { type JsonPath, JsonStream } from "./json-stream.ts";
import type { ReportReader } from "./reader.ts";

/** How a format of JSON is read: which values are looked at, and what is made of them. */
export interface JsonReading {
  readonly wants: (path: JsonPath) => boolean;
  readonly take: (path: JsonPath, value: Json, content: ContentBuilder) => void;
  /** Called once when the text has ended. */
  readonly finish?: (content: ContentBuilder) => void;
}

/** A reader of reports that are one JSON value. */
export function createJsonReader({ wants, take, finish }: JsonReading): ReportReader {
  const content = new ContentBuilder();
  const stream = new JsonStream({ wants, value: (path, value) => take(path, value, content) });
  return {
    text: (piece) => stream.push(piece),
    end: () => {
      stream.end();
      finish?.(content);
      if (!stream.isWhole) content.lacks("It breaks off, or is damaged: what stands behind that place is not known.");
      return content.build();
    },
  };
}

/** True for the path whose parts are these; `*` stands for any one. */
export function isAt(path: JsonPath, ...parts: readonly string[]): boolean {
  return path.length === parts.length && parts.every((part, index) => part === "*" || part === String(path[index]));
}
