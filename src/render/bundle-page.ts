import type { Verdict } from "#model/run";
import { escapeControls, oneLine } from "./escape.ts";
import { columns, counted } from "./layout.ts";
import { type Paint, paintVerdict } from "./paint.ts";
import { overridesText, type ShownSignature, signatureRows } from "./signatures.ts";

/** An examined bundle, as the page and the JSON have it. */
export interface ShownBundle {
  /** As it was named. */
  readonly bundle: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Nothing in it was changed, as far as the bundle itself can tell. */
  readonly whole: boolean;
  readonly seal: { readonly state: "none" | "holds" | "other-key" | "broken"; readonly fingerprint?: string };
  readonly problems: readonly { readonly where: string; readonly offset?: number; readonly message: string }[];
  readonly plan?: string;
  /** Computed afresh from the evidence in the bundle; `unverifiable` where the receipt calls verified what has none there. */
  readonly verdict?: Verdict;
  readonly counts?: Readonly<Partial<Record<Verdict, number>>>;
  readonly tool?: string;
  readonly asOf?: string;
  /** By kind, how many files it holds. */
  readonly files?: Readonly<Record<string, number>>;
  /** Outputs that the journal names and the bundle does not hold. */
  readonly missing?: number;
  /** Parts of the plan that the receipt calls verified and of which no journal is there. */
  readonly unbacked?: readonly string[];
  /** Verdicts on a person's word. */
  readonly signed?: readonly ShownSignature[];
}

/** What a bundle is worth: its form, its seal, where the plan stands by it, and what that does and does not prove. */
export function renderBundlePage(shown: ShownBundle, paint: Paint, width: number): string {
  const name = paint.bold(escapeControls(shown.bundle));
  if (!shown.whole)
    return `${name} ${paint.red("✗ is not what was written")}\n${problemsOf(shown)}${sealLine(shown, paint)}`;
  const held = Object.entries(shown.files ?? {}).map(([kind, count]) =>
    kind.endsWith("s") ? `${count} ${kind}` : counted(count, kind),
  );
  const { unbacked = [], signed = [] } = shown;
  const verdict = `${paintVerdict(paint, shown.verdict ?? "unknown")}${overridesText(signed)}`;
  const rows = [
    ["plan", `${escapeControls(shown.plan ?? "")}  ${verdict}`],
    ["recorded", `until ${escapeControls(shown.asOf ?? "")} by ${escapeControls(shown.tool ?? "")}`],
    ["holds", held.join(", ")],
    ...((shown.missing ?? 0) === 0 ? [] : [["lacks", `${counted(shown.missing ?? 0, "output")} named by the journal`]]),
    ...(unbacked.length === 0
      ? []
      : [
          [
            "lacks",
            `the journals of ${counted(unbacked.length, "part")} that the receipt calls verified: ${oneLine(unbacked.join(", "), 200)}`,
          ],
        ]),
    ["sha256", shown.sha256],
  ];
  return `${name} ${paint.green("✓ whole")}\n${columns(rows, "  ")}${signatureRows(signed, paint, width)}${sealLine(shown, paint)}`;
}

/** Most problems that are shown; the first is the one to look at. */
const shownProblems = 12;

function problemsOf({ problems }: ShownBundle): string {
  const lines = problems.slice(0, shownProblems).map(({ where, offset, message }) => {
    const place = offset === undefined ? where : `${where} (byte ${offset})`;
    return `  ${oneLine(`${place} ${message}`, 400)}\n`;
  });
  const more = problems.length - lines.length;
  return `${lines.join("")}${more > 0 ? `  and ${counted(more, "more problem")}\n` : ""}`;
}

function sealLine({ seal, whole }: ShownBundle, paint: Paint): string {
  if (seal.state === "holds") {
    const proof = "it is what the owner of that key sealed; compare the fingerprint with one you have from them";
    return `  ${paint.green("✓ sealed")} by ${seal.fingerprint ?? ""}\n  ${paint.dim(proof)}\n`;
  }
  if (seal.state !== "none" || !whole) return "";
  const limits = "damage and careless changes are found; whoever can write the file could have made it up";
  return `  ${paint.yellow("not sealed")}: ${limits}\n`;
}
