import { LineCursor } from "./line-cursor.ts";
import { restIsBlank } from "./leaf-starts.ts";

/** The end of the front matter that starts at `start` (`---` … `---` or `...`); -1 when there is none or it is not closed. */
export function frontMatterEnd(text: string, start: number): number {
  if (!text.startsWith("---", start)) return -1;
  const line = new LineCursor(text, start);
  line.advance();
  if (!restIsBlank(text, start + 3, line.end)) return -1;
  while (line.advance()) {
    const fence = text.startsWith("---", line.start) || text.startsWith("...", line.start);
    if (fence && restIsBlank(text, line.start + 3, line.end)) return line.end;
  }
  return -1;
}
