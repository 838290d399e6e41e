import type { Clock, Ids } from "#model/ports";
import { crypto } from "./crypto.ts";

const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function encodeTime(at: number): string {
  let rest = at;
  let text = "";
  for (let place = 0; place < 10; place += 1) {
    text = `${digits[rest % 32]}${text}`;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Why: a draw costs the same for one id and for many. */
function createDraw(): () => number[] {
  let drawn = new Uint8Array();
  let at = 0;
  return () => {
    if (at === drawn.length) [drawn, at] = [crypto().randomBytes(16 * 64), 0];
    at += 16;
    return Array.from(drawn.subarray(at - 16, at), (byte) => byte % 32);
  };
}

/** The next larger number; all digits at their highest begin again at zero. */
function increment(places: readonly number[]): number[] {
  const next = [...places];
  for (let place = next.length - 1; place >= 0; place -= 1) {
    if (next[place] !== 31) {
      next[place] = (next[place] ?? 0) + 1;
      return next;
    }
    next[place] = 0;
  }
  return next;
}

/** ULIDs that never go back: within one millisecond, or when the clock was set back, the random part counts up. */
export function createIds(clock: Pick<Clock, "now">): Ids {
  const drawRandom = createDraw();
  let last = -1;
  let random: number[] = [];
  return {
    next() {
      const now = clock.now();
      random = now > last ? drawRandom() : increment(random);
      last = Math.max(now, last);
      return encodeTime(last) + random.map((digit) => digits[digit]).join("");
    },
  };
}
