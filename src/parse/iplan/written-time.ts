import type { WrittenTime } from "#model/plan";

const timeForm =
  /^(\d{4})-(\d{2})-(\d{2})(?:([T ])\s*(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|[A-Z]{2,5})?)?$/u;

const daysOfMonth: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A time written plainly (`2025-11-25 19:21:35 EST`), as ISO 8601, or as a date; undefined for anything else. */
export function parseWrittenTime(text: string): WrittenTime | undefined {
  const match = timeForm.exec(text.trim());
  if (match === null) return undefined;
  const [, year = "", month = "", day = "", sign, hour = "00", minute = "00", second = "00", zone] = match;
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  const date = `${year}-${month}-${day}`;
  if (sign === undefined) return { iso: date, form: "date" };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const iso = `${date}T${hour}:${minute}:${second}${certainOffset(zone)}`;
  const form = sign === "T" ? "iso" : "plain";
  return zone === undefined ? { iso, form } : { iso, zone, form };
}

function isDay(year: number, month: number, day: number): boolean {
  if (day < 1 || day > (daysOfMonth[month - 1] ?? 0)) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month !== 2 || day < 29 || leap;
}

/** Why: names such as EST or IST mean different offsets in different countries, so only UTC and written offsets are certain. */
function certainOffset(zone: string | undefined): string {
  if (zone === undefined) return "";
  if (zone === "Z" || zone === "UTC" || zone === "GMT") return "Z";
  if (/^[A-Z]/u.test(zone)) return "";
  return zone.includes(":") ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}
