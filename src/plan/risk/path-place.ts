import type { ShellWord } from "#model/shell-syntax";

/** Where a path lies, as far as its text tells. */
export type PathPlace = "workspace" | "outside" | "scratch" | "nowhere";

const scratch = /^(?:\/tmp|\/var\/tmp|\/dev\/shm|\$\{?TMPDIR\}?|\$\{?TEMP\}?)(?:\/|$)/;
const nowhere = /^\/dev\/(?:null|zero|stdin|stdout|stderr|tty|fd\/\d+|u?random)$/;
const home = /^(?:~[^/]*|\$HOME|\$\{HOME\}|\$\{?XDG_\w+\}?)(?:\/|$)/;

const disk = /^\/dev\/(?:[hsv]d[a-z]|nvme|mmcblk|disk|mapper\/|md\d|loop\d)/;

/** True for a device that holds a disk or a part of one. */
export function isDisk(word: ShellWord): boolean {
  return disk.test(word.literal ?? word.raw.replace(/^["']|["']$/g, ""));
}

/** Places that no workspace lies in. */
const foreign = /^(?:~|\/|\/(?:etc|usr|bin|sbin|lib|boot|dev|proc|sys)(?:\/.*)?|\/(?:opt|srv|home|var|root))\/?$/;

/** Where a path lies that is used `depth` directories below the workspace's root; an unknown depth forgives every `..`. */
export function placeOf(word: ShellWord, depth: number | undefined): PathPlace {
  const text = word.literal ?? word.raw.replace(/^["']|["']$/g, "");
  // Why: every other place begins with one of these signs.
  if (!"/~$".includes(text.charAt(0))) return depth !== undefined && climbs(text) > depth ? "outside" : "workspace";
  if (nowhere.test(text)) return "nowhere";
  if (leaves(text, scratch)) return "outside";
  if (scratch.test(text)) return "scratch";
  if (home.test(text) || text.startsWith("/")) return "outside";
  if (/^\$\{?\w/.test(text)) return "workspace";
  return depth !== undefined && climbs(text) > depth ? "outside" : "workspace";
}

function leaves(text: string, place: RegExp): boolean {
  const match = place.exec(text);
  return match !== null && climbs(text.slice(match[0].length)) > 0;
}

/** How many directories above its start a relative path reaches. */
export function climbs(path: string): number {
  if (!path.includes("..")) return 0;
  let depth = 0;
  let highest = 0;
  for (const part of path.split("/")) {
    if (part === "..") depth -= 1;
    else if (part !== "" && part !== ".") depth += 1;
    highest = Math.min(highest, depth);
  }
  return -highest;
}

/** Directories below the start after `cd PATH`: less than any number where no workspace lies, undefined when nobody can tell. */
export function depthAfter(path: string | undefined, depth: number | undefined): number | undefined {
  if (path !== undefined && foreign.test(path)) return Number.NEGATIVE_INFINITY;
  if (path === undefined || depth === undefined || !/^[\w.@+-]/.test(path)) return undefined;
  let result = depth;
  for (const part of path.split("/")) {
    if (part === "..") result -= 1;
    else if (part !== "" && part !== ".") result += 1;
  }
  return result;
}
