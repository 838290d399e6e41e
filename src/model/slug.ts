/** The words of a title in small letters, joined by dashes: `Send valid e-mail (fast)` gives `send-valid-e-mail-fast`. */
export function slugOf(title: string): string {
  return (title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join("-");
}
