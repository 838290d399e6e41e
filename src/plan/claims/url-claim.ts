import type { ClaimPattern } from "./claim-scene.ts";
import { localAddress } from "./local-address.ts";

const url = String.raw`\x60?(http:\/\/[^\s\x60]{1,200})\x60?`;
const answering = new RegExp(
  String.raw`^(?:GET )?${url} (?:returns|responds with|answers(?: with)?|gives|responds|replies with) (?:an? )?(?:http |status |code |http status |status code )*\x60?([1-5]\d\d)\x60?(?: ok| status)?$`,
  "i",
);
const reachable = new RegExp(`^${url} (?:(?:is|becomes) (?:reachable|available|accessible|up)|answers|responds)$`, "i");

/** `http://localhost:8080/health returns 200`; addresses of other machines stay for a person. */
export const urlClaim: ClaimPattern = {
  name: "url",
  isCued: (text) => /http:\/\/(?:localhost|127\.)/i.test(text),
  fit(text) {
    const match = answering.exec(text) ?? reachable.exec(text);
    const address = match?.[1] ?? "";
    if (match === null || localAddress(address) === undefined) return undefined;
    const status = match[2] === undefined ? {} : { status: Number(match[2]) };
    return { claims: [{ kind: "url", url: address, ...status }], why: "it names a page of this machine" };
  },
};
