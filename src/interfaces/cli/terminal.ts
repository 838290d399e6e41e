import { IplanError } from "#model/errors";
import { createPaint, type Paint } from "#render/paint";
import { readInput } from "./input.ts";
import { isTerminal, type Output, openOutput } from "./output.ts";

/** The two streams and the person behind them. */
export interface Terminal {
  readonly cwd: string;
  /** Paint for the result on stdout and for progress on stderr. */
  readonly paint: Paint;
  readonly progressPaint: Paint;
  readonly width: number;
  /** A person sits at both ends. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
  /** Text, or its bytes where they are there already. */
  result(text: string | Uint8Array): void;
  progress(text: string): void;
  /** Redraws one line below the progress; only on a terminal. */
  readonly live: ((text: string) => void) | undefined;
  /** Everything on standard input; empty on a terminal, where it would be waited for. */
  input(): string;
  ask(question: string): Promise<string>;
  close(): void;
}

/** The terminal this process was started on. Ctrl-C once asks for a clean stop; twice ends at once with 130. */
export function createTerminal(): Terminal {
  const stop = stopOnInterrupt();
  const out = openOutput(1);
  const err = openOutput(2);
  const live = liveLine(err);
  return {
    get cwd() {
      return currentDirectory();
    },
    paint: createPaint(showsColour(out.isTerminal)),
    progressPaint: createPaint(showsColour(err.isTerminal)),
    width: widthOf(out.columns),
    interactive: out.isTerminal && err.isTerminal && isTerminal(0),
    get signal() {
      return stop();
    },
    result: (text) => {
      live?.("");
      out.write(text);
    },
    progress: (text) => {
      live?.("");
      err.write(text);
    },
    live,
    input: readInput,
    ask,
    close: () => live?.(""),
  };
}

/** Why: few commands ask for the signal, and making the first one costs a millisecond. */
function stopOnInterrupt(): () => AbortSignal {
  let stop: AbortController | undefined;
  let interrupts = 0;
  const onInterrupt = (): void => {
    interrupts += 1;
    if (interrupts > 1) process.exit(130);
    stop?.abort();
  };
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onInterrupt);
  return () => {
    stop ??= new AbortController();
    if (interrupts > 0) stop.abort();
    return stop.signal;
  };
}

/** Why: a terminal without a known size says 0. */
function widthOf(columns: number | undefined): number {
  return columns === undefined || columns === 0 ? 100 : Math.max(40, Math.min(columns, 120));
}

/** Throws `host/unreadable` where the directory was deleted under the shell that started this program. */
function currentDirectory(): string {
  try {
    return process.cwd();
  } catch {
    throw new IplanError(
      "host/unreadable",
      "The current directory does not exist any more.",
      "Change to a directory that does, or give one with --cwd.",
    );
  }
}

/** The conventions of NO_COLOR, FORCE_COLOR and TERM=dumb. */
function showsColour(isTerminal: boolean): boolean {
  const environment = process.env;
  if ((environment["NO_COLOR"] ?? "") !== "") return false;
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTerminal && environment["TERM"] !== "dumb";
}

function liveLine(output: Output): ((text: string) => void) | undefined {
  if (!output.isTerminal || process.env["TERM"] === "dumb") return undefined;
  let shown = false;
  return (text) => {
    if (text === "" && !shown) return;
    const clear = "\r\u001B[K";
    output.write(text === "" ? clear : `${clear}${text}`);
    shown = text !== "";
  };
}

async function ask(question: string): Promise<string> {
  const { createInterface } = process.getBuiltinModule("node:readline/promises");
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await reader.question(question);
  } finally {
    reader.close();
  }
}
