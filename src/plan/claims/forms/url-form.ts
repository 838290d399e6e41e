import { localAddress } from "../local-address.ts";
import type { ClaimForm } from "./claim-form.ts";

/** `url http://localhost:8080/health = 200`. */
export const urlForm: ClaimForm<"url"> = {
  words: ["url"],
  example: "url http://localhost:PORT/PATH = 200",
  read(rest) {
    const match = /^(\S+?)(?:\s+answers|\s*=\s*(\d{3}))$/.exec(rest);
    const url = match?.[1] ?? "";
    if (match === null) return "url is written: url http://localhost:8080/health = 200 or url … answers";
    if (localAddress(url) === undefined)
      return "only http:// on localhost or 127.0.0.1 is asked, without a query: nothing else is ever contacted";
    return match[2] === undefined ? { kind: "url", url } : { kind: "url", url, status: Number(match[2]) };
  },
  write: ({ url, status }) => `url ${url} ${status === undefined ? "answers" : `= ${status}`}`,
};
