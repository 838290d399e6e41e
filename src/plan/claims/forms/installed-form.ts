import type { ClaimForm } from "./claim-form.ts";

/** `installed docker`: a program on PATH. */
export const installedForm: ClaimForm<"installed"> = {
  words: ["installed"],
  example: "installed PROGRAM",
  read: (rest) =>
    /^[\w.+-]+$/.test(rest) ? { kind: "installed", program: rest } : "installed wants the name of a program",
  write: ({ program }) => `installed ${program}`,
};
