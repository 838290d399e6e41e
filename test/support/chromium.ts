import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";

/** Path of a Chromium on this machine; undefined when there is none. */
export const chromium: string | undefined = ["chromium", "chromium-browser", "google-chrome"]
  .flatMap((name) => (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name)))
  .find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** How a page is looked at. */
export interface Looking {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly scripts?: boolean;
}

/** A page in a real browser. */
export interface BrowserPage {
  open(url: string, looking?: Looking): Promise<void>;
  /** The value of an expression in the page. */
  ask<Value>(expression: string): Promise<Value>;
  /** What the page reported since it was opened: errors, and what its content policy refused. */
  readonly complaints: readonly string[];
  /** Addresses the page asked for, its own apart. */
  readonly requests: readonly string[];
  press(key: string): Promise<void>;
  picture(): Promise<Uint8Array>;
  close(): Promise<void>;
}

type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
};

/** Starts Chromium without a window and opens an empty page; spoken to over a pipe, so that no port is opened. */
export async function startChromium(path: string): Promise<BrowserPage> {
  const profile = mkdtempSync(join(tmpdir(), "iplan-chromium-"));
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe"];
  const child = spawn(path, [...flags, `--user-data-dir=${profile}`], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const wire = createWire(child.stdio[3] as Writable, child.stdio[4] as Readable);
  const { targetId } = await wire.call("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await wire.call("Target.attachToTarget", { targetId, flatten: true });
  const page = createPage(wire, String(sessionId));
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await page.call(`${domain}.enable`);
  return {
    ...page,
    async close() {
      await wire.call("Browser.close");
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface Wire {
  call(method: string, params?: object, session?: string): Promise<Record<string, unknown>>;
  listen(hear: (message: Message) => void): void;
}

function createWire(to: Writable, from: Readable): Wire {
  const waiting = new Map<number, (message: Message) => void>();
  const hearing: ((message: Message) => void)[] = [];
  let last = 0;
  let rest = "";
  from.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\0");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const message = JSON.parse(part) as Message;
      if (message.id === undefined) for (const hear of hearing) hear(message);
      else waiting.get(message.id)?.(message);
    }
  });
  return {
    listen: (hear) => void hearing.push(hear),
    call(method, params = {}, sessionId) {
      const id = ++last;
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ result, error }) => {
          waiting.delete(id);
          if (error === undefined) resolve(result ?? {});
          else reject(new Error(`${method}: ${error.message}`));
        });
        to.write(`${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
      });
    },
  };
}

function createPage(
  wire: Wire,
  session: string,
): Omit<BrowserPage, "close"> & { call(method: string, params?: object): Promise<Record<string, unknown>> } {
  const complaints: string[] = [];
  const requests: string[] = [];
  let loaded: (() => void) | undefined;
  const call = (method: string, params?: object): Promise<Record<string, unknown>> =>
    wire.call(method, params, session);
  wire.listen(({ method, params }) => {
    if (method === "Page.loadEventFired") loaded?.();
    if (method === "Runtime.exceptionThrown" || method === "Log.entryAdded" || method === "Runtime.consoleAPICalled")
      complaints.push(JSON.stringify(params));
    if (method === "Network.requestWillBeSent") {
      const { request, documentURL } = params as { request: { url: string }; documentURL: string };
      if (request.url !== documentURL && !request.url.startsWith("data:")) requests.push(request.url);
    }
  });
  return {
    call,
    complaints,
    requests,
    async open(url, { width = 1280, height = 900, dark = false, scripts = true } = {}) {
      complaints.length = 0;
      requests.length = 0;
      await call("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
      await call("Emulation.setScriptExecutionDisabled", { value: !scripts });
      const features = [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }];
      await call("Emulation.setEmulatedMedia", { features });
      const done = new Promise<void>((resolve) => {
        loaded = resolve;
      });
      await call("Page.navigate", { url });
      await done;
    },
    async ask(expression) {
      const { result, exceptionDetails } = await call("Runtime.evaluate", {
        expression,
        returnByValue: true,
        awaitPromise: true,
      });
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value: never }).value;
    },
    async press(key) {
      for (const type of ["keyDown", "keyUp"])
        await call("Input.dispatchKeyEvent", {
          type,
          key,
          text: type === "keyDown" && key.length === 1 ? key : undefined,
        });
    },
    async picture() {
      const { data } = await call("Page.captureScreenshot", { captureBeyondViewport: false });
      return Buffer.from(String(data), "base64");
    },
  };
}
