/** One line of a shell text: where its code ends and its comment stands. Lines inside heredocs and open quotes have no comment. */
export interface ShellLine {
  readonly start: number;
  readonly end: number;
  /** Code before the comment, blanks around it removed; empty for blank and comment lines and for the text of heredocs. */
  readonly code: string;
  /** True when the line goes on with what the line before began: a quote or a heredoc. */
  readonly continues: boolean;
  /** Text after `#`, blanks around it removed. */
  readonly comment?: { readonly text: string; readonly start: number; readonly end: number };
}

const heredocForm = /<<(-?)\s*(?:'([^']+)'|"([^"]+)"|\\?([A-Za-z_][\w]*))/u;

/** Splits a shell text into lines and finds their comments, aware of quotes over several lines and of heredocs. Linear. */
export function readShellLines(text: string): ShellLine[] {
  const lines: ShellLine[] = [];
  const scanner = new ShellLineScanner(text);
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    lines.push(scanner.read(start, end));
    start = end + 1;
  }
  return lines;
}

class ShellLineScanner {
  readonly #text: string;
  #quote: "" | "'" | '"' = "";
  /** Words that end the heredocs still open. */
  #heredocs: { word: string; tabs: boolean }[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(start: number, end: number): ShellLine {
    const line = this.#text.slice(start, end);
    const open = this.#heredocs[0];
    if (open !== undefined) {
      if ((open.tabs ? line.replace(/^\t+/u, "") : line) === open.word) this.#heredocs.shift();
      return { start, end, code: "", continues: true };
    }
    const continues = this.#quote !== "";
    const sign = this.#commentAt(line);
    const code = line.slice(0, sign).trim();
    if (sign === line.length) return { start, end, code, continues };
    const words = line.slice(sign).replace(/^#+/u, "");
    const from = end - words.trimStart().length;
    return {
      start,
      end,
      code,
      continues,
      comment: { text: words.trim(), start: from, end: from + words.trim().length },
    };
  }

  /** Where the line's comment starts; its length when it has none. */
  #commentAt(line: string): number {
    for (let at = 0; at < line.length; at++) {
      const sign = line[at];
      if (this.#quote !== "") {
        if (sign === "\\" && this.#quote === '"') at++;
        else if (sign === this.#quote) this.#quote = "";
        else if (sign === "<" && this.#quote === '"' && isHeredocIn(line, at))
          at += this.#openHeredoc(line.slice(at, at + 200));
      } else if (sign === "\\") at++;
      else if (sign === "'" || sign === '"') this.#quote = sign;
      else if (sign === "#" && (at === 0 || /[\s;&|(]/u.test(line[at - 1] ?? ""))) return at;
      else if (sign === "<" && isHeredoc(line, at)) at += this.#openHeredoc(line.slice(at, at + 200));
    }
    return line.length;
  }

  #openHeredoc(rest: string): number {
    const match = heredocForm.exec(rest);
    if (match === null || match.index !== 0) return 0;
    this.#heredocs.push({ word: match[2] ?? match[3] ?? match[4] ?? "", tabs: match[1] === "-" });
    return match[0].length - 1;
  }
}

function isHeredoc(line: string, at: number): boolean {
  return line[at + 1] === "<" && line[at + 2] !== "<" && line[at - 1] !== "<";
}

/** Whether a heredoc starts inside a command substitution of a quoted text: `"$(cat <<'EOF'`. */
function isHeredocIn(line: string, at: number): boolean {
  return isHeredoc(line, at) && line.lastIndexOf("$(", at) >= 0;
}
