import { createShell } from "#host/shell/shell";
import type { ShellRequest } from "#model/ports";

/** A tool that runs one block and says what happens, one JSON value a line; a test kills it. */
async function drive(): Promise<void> {
  const request = JSON.parse(process.argv[2] ?? "{}") as ShellRequest;
  const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
  const stop = new AbortController();
  process.on("SIGINT", () => (stop.signal.aborted ? process.exit(130) : stop.abort()));
  const session = await createShell().open({});
  const result = await session.run({ ...request, signal: stop.signal, onStart: (started) => void say(started) });
  say(result);
  setInterval(() => undefined, 1000);
}

await drive();
