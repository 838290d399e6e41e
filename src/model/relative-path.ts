/** A path as it is written in a document that lies elsewhere in the workspace; both are workspace-relative. */
export function relativePath(from: string, to: string): string {
  const [folder, parts] = [from.split("/").slice(0, -1), to.split("/")];
  let common = 0;
  while (common < folder.length && common < parts.length - 1 && folder[common] === parts[common]) common++;
  return [...folder.slice(common).map(() => ".."), ...parts.slice(common)].join("/");
}

/** The same as the target of a Markdown link, which a blank or a parenthesis would end. */
export function linkPath(from: string, to: string): string {
  return relativePath(from, to).replace(
    /[\s()<>[\]%#?"\\`|]/gu,
    (char) => `%${char.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`,
  );
}
