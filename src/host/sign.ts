import type { KeyObject } from "node:crypto";
import { IplanError } from "#model/errors";
import type { Sign } from "#model/ports";
import { crypto } from "./crypto.ts";

/** Signatures by Node. */
export function createSign(): Sign {
  return {
    sign(text, bytes) {
      const key = keyOf(text, "private");
      return {
        key: rawOf(crypto().createPublicKey(key)),
        signature: crypto().sign(null, bytes, key).toString("base64"),
      };
    },
    publicKey: (text) => rawOf(keyOf(text, "public")),
    holds({ key, signature }, bytes) {
      const [x, made] = [Buffer.from(key, "base64"), Buffer.from(signature, "base64")];
      // Why: base64 can be written in more than one way, and only one way may hold.
      if (x.length !== 32 || x.toString("base64") !== key || made.toString("base64") !== signature) return false;
      const jwk = { kty: "OKP", crv: "Ed25519", x: x.toString("base64url") };
      const publicKey = crypto().createPublicKey({ key: jwk, format: "jwk" });
      return crypto().verify(null, bytes, publicKey, made);
    },
  };
}

function keyOf(text: string, kind: "private" | "public"): KeyObject {
  let key: KeyObject;
  try {
    key = kind === "private" ? crypto().createPrivateKey(text) : crypto().createPublicKey(text);
  } catch {
    throw unfit(kind, "it cannot be read as one, or is locked by a passphrase");
  }
  if (key.asymmetricKeyType === "ed25519") return key;
  throw unfit(kind, `it is one of ${key.asymmetricKeyType ?? "no known kind"}`);
}

function unfit(kind: "private" | "public", why: string): IplanError {
  const cure =
    kind === "private"
      ? "Make one: openssl genpkey -algorithm ed25519 -out seal.key"
      : "Take it from the private key: openssl pkey -in seal.key -pubout -out seal.pub";
  return new IplanError("usage/key", `The file holds no ed25519 ${kind} key in PEM: ${why}.`, cure);
}

function rawOf(key: KeyObject): string {
  const { x } = key.export({ format: "jwk" });
  return Buffer.from(x ?? "", "base64url").toString("base64");
}
