/** Bytes of a block: headers take one, contents are filled up to whole ones. */
export const tarBlock = 512;

/** Longest name a plain header holds, in bytes; a longer one stands in a record of its own before it. */
const plainName = 100;

/** Longest name at all, in bytes. */
export const longestName = 4096;

/** What a header says. */
export interface TarHeader {
  readonly name: string;
  readonly size: number;
  /** Bytes it takes, the record of a long name included. */
  readonly length: number;
}

/** The blocks before a file's content: ustar, owned by nobody, from the beginning of time. */
export function tarHeader(name: string, size: number): readonly Uint8Array[] {
  const encoded = new TextEncoder().encode(name);
  if (encoded.length <= plainName) return [headerBlock(encoded, size, "0")];
  const record = nameRecord(name);
  const filled = new Uint8Array(record.length + (-record.length & (tarBlock - 1)));
  filled.set(record);
  const short = encoded.subarray(0, plainName);
  return [
    headerBlock(new TextEncoder().encode("long-name"), record.length, "x"),
    filled,
    headerBlock(short, size, "0"),
  ];
}

/** `LENGTH path=NAME` with the length of the whole line, as POSIX has it. */
function nameRecord(name: string): Uint8Array {
  const rest = ` path=${name}\n`;
  const bytes = new TextEncoder().encode(rest).length;
  let digits = 1;
  while (String(bytes + digits).length !== digits) digits++;
  return new TextEncoder().encode(`${bytes + digits}${rest}`);
}

function headerBlock(name: Uint8Array, size: number, type: "0" | "x"): Uint8Array {
  const block = new Uint8Array(tarBlock);
  const put = (text: string, at: number): void => block.set(new TextEncoder().encode(text), at);
  block.set(name, 0);
  put("0000644\0", 100);
  put("0000000\0", 108);
  put("0000000\0", 116);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124);
  put("00000000000\0", 136);
  put("        ", 148);
  put(type, 156);
  put("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

/** The header at a place; what is wrong with it where it is not exactly what `tarHeader` writes. */
export function tarHeaderOf(bytes: Uint8Array, at: number): TarHeader | string {
  const first = fieldsOf(bytes, at);
  if (first === undefined) return "ends in the middle of a header: it was cut off";
  if (first.type !== "x") return exact(bytes, at, { name: first.name, size: first.size });
  if (first.size > longestName + 16) return "holds a name that is too long";
  const record = new TextDecoder().decode(bytes.subarray(at + tarBlock, at + tarBlock + first.size));
  const name = /^\d{1,5} path=([^\n]*)\n$/u.exec(record)?.[1];
  if (name === undefined) return "holds a record that is no name";
  const next = fieldsOf(bytes, at + tarBlock + first.size + (-first.size & (tarBlock - 1)));
  return next === undefined
    ? "ends in the middle of a header: it was cut off"
    : exact(bytes, at, { name, size: next.size });
}

function exact(bytes: Uint8Array, at: number, { name, size }: { name: string; size: number }): TarHeader | string {
  if (!Number.isSafeInteger(size) || size < 0) return "holds a header that does not say how long its file is";
  const problem = nameProblem(name);
  if (problem !== undefined) return problem;
  const wanted = tarHeader(name, size);
  let place = at;
  for (const piece of wanted) {
    for (let index = 0; index < piece.length; index++) {
      if (bytes[place + index] !== piece[index])
        return `holds a header of ${JSON.stringify(name)} that this program did not write (byte ${place + index})`;
    }
    place += piece.length;
  }
  return { name, size, length: place - at };
}

function fieldsOf(bytes: Uint8Array, at: number): { name: string; size: number; type: string } | undefined {
  if (at + tarBlock > bytes.length) return undefined;
  const block = bytes.subarray(at, at + tarBlock);
  const end = block.indexOf(0);
  const name = new TextDecoder().decode(block.subarray(0, Math.min(plainName, end === -1 ? plainName : end)));
  const size = new TextDecoder().decode(block.subarray(124, 135));
  const type = String.fromCharCode(block[156] ?? 0);
  return { name, size: /^[0-7]{11}$/u.test(size) ? Number.parseInt(size, 8) : Number.NaN, type };
}

/** Why: a name must be one that could lie in a workspace, whatever somebody else may do with the archive. */
function nameProblem(name: string): string | undefined {
  const parts = name.split("/");
  const isOutside = name.startsWith("/") || name.includes("\\") || parts.some((part) => ["", ".", ".."].includes(part));
  if (isOutside || /[\u0000-\u001F\u007F]/u.test(name))
    return `holds a name that leads out of it: ${JSON.stringify(name)}`;
  return new TextEncoder().encode(name).length > longestName ? "holds a name that is too long" : undefined;
}

/** What is wrong with a file that is said to be longer than what is left. */
export function lengthProblem(size: number, left: number): string {
  return `is said to have ${size} bytes, and only ${Math.max(0, left)} are left: the archive was cut off, or the size is a lie`;
}
