import type { WritingTime } from "#author/write-back";
import type { Clock } from "#model/ports";

/** The local time of a clock in each form that documents use. */
export function writingTime(clock: Clock, at: number = clock.now()): WritingTime {
  const zone = clock.zone(at);
  const iso = new Date(at + zone.offsetMinutes * 60_000).toISOString();
  const date = iso.slice(0, 10);
  const time = iso.slice(11, 19);
  return {
    get plain() {
      return `${date} ${time} ${zone.name}`;
    },
    iso: `${date}T${time}${offset(zone.offsetMinutes)}`,
    date,
  };
}

function offset(minutes: number): string {
  if (minutes === 0) return "Z";
  const size = Math.abs(minutes);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
