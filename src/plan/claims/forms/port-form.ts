import type { ClaimForm } from "./claim-form.ts";

/** `port 8080 open`. */
export const portForm: ClaimForm<"port"> = {
  words: ["port"],
  example: "port N open",
  read(rest) {
    const match = /^(\d{1,5})\s+(open|closed)$/.exec(rest);
    const port = Number(match?.[1]);
    if (match === null || port < 1 || port > 65_535) return "port is written: port 8080 open or port 8080 closed";
    return { kind: "port", port, expect: match[2] as "open" | "closed" };
  },
  write: ({ port, expect }) => `port ${port} ${expect}`,
};
