import type { Clock, Timer } from "#model/ports";

/** Short name of the local zone at that time, such as `CET` or `GMT+2`. */
function zoneName(at: number): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZoneName: "short" }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "UTC";
}

/** The machine's clock. */
export function createClock(): Clock {
  return {
    now: () => Date.now(),
    zone: (at) => ({
      offsetMinutes: 0 - new Date(at).getTimezoneOffset(),
      // Why: the name takes 10 ms to find the first time, and few ask for it.
      get name() {
        return zoneName(at);
      },
    }),
    monotonic: () => performance.now(),
  };
}

/** Real waiting; an aborted signal ends it early and without an error. */
export function createTimer(): Timer {
  return {
    sleep(ms, signal) {
      if (signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        signal?.addEventListener("abort", end);
      });
    },
  };
}
