/** A server of this machine, and what is asked of it. */
export interface LocalAddress {
  readonly port: number;
  readonly path: string;
}

const form = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::(\d{1,5}))?(\/[\w./~-]{0,200})?$/;

/** Port and path of a plain address of this machine; undefined for every other, and for one with a query, a user or a fragment. */
export function localAddress(url: string): LocalAddress | undefined {
  const match = form.exec(url);
  const port = Number(match?.[1] ?? 80);
  return match === null || port < 1 || port > 65_535 ? undefined : { port, path: match[2] ?? "/" };
}
