const durations: Readonly<Record<string, number>> = {
  µs: 0.001,
  us: 0.001,
  ms: 1,
  msec: 1,
  millisecond: 1,
  s: 1000,
  sec: 1000,
  second: 1000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
};

const sizes: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  kb: 1000,
  kib: 1024,
  mb: 1_000_000,
  mib: 1_048_576,
  gb: 1_000_000_000,
  gib: 1_073_741_824,
};

/** Source of a pattern for a number, with commas between thousands or not. */
export const numberForm: string = String.raw`(\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)`;

/** Source of a pattern for a unit of time. */
export const durationForm = "(µs|us|ms|msecs?|milliseconds?|s|secs?|seconds?|min|mins|minutes?|h|hours?)";

/** Source of a pattern for a unit of size. */
export const sizeForm = "(bytes?|B|[KMG]i?B)";

/** A written number, its commas left out. */
export function numberOf(text: string | undefined): number {
  return Number((text ?? "").replaceAll(",", ""));
}

/** Milliseconds of one unit of time; undefined when it is none. */
export function durationOf(unit: string): number | undefined {
  return valueOf(durations, unit);
}

/** Bytes of one unit of size: `KB` are 1000, `KiB` 1024; undefined when it is none. */
export function sizeOf(unit: string): number | undefined {
  return valueOf(sizes, unit);
}

function valueOf(units: Readonly<Record<string, number>>, written: string): number | undefined {
  const unit = written.toLowerCase();
  const single =
    unit.length > 2 && unit.endsWith("s") && Object.hasOwn(units, unit.slice(0, -1)) ? unit.slice(0, -1) : unit;
  return Object.hasOwn(units, single) ? units[single] : undefined;
}

/** The largest unit in which a duration is a number without fraction, as written in claims. */
export function writeDuration(ms: number): string {
  if (ms < 1) return `${Number((ms * 1000).toFixed(3))} us`;
  const [unit, size] = (
    [
      ["h", 3_600_000],
      ["min", 60_000],
      ["s", 1000],
    ] as const
  ).find(([, each]) => ms % each === 0) ?? ["ms", 1];
  return `${ms / size} ${unit}`;
}

/** The largest decimal unit in which a size is a number without fraction, as written in claims. */
export function writeSize(bytes: number): string {
  const units = ["GB", "MB", "KB"] as const;
  const unit = bytes === 0 ? undefined : units.find((each) => bytes % (sizeOf(each) ?? 1) === 0);
  return unit === undefined ? `${bytes} bytes` : `${bytes / (sizeOf(unit) ?? 1)} ${unit}`;
}
