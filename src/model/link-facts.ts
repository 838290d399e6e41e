/** Links that people accepted: what each link led to meant the same when a person last compared both ends. */
export interface AcceptedLinks {
  /** Where they are written down, workspace-relative. */
  readonly path: string;
  /** Lines that could not be read; `line` from 1. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  /** Digest of what the target meant when the link was accepted; undefined for a link that nobody accepted. */
  accepted(from: string, to: string): string | undefined;
  /** Digest of what a document or element means now; undefined for what is not there. */
  digest(id: string): string | undefined;
}

/** A link of a document to what it directly follows from, by ids. */
export interface LinkEnds {
  readonly from: string;
  readonly to: string;
  /** The file that holds the link. */
  readonly path: string;
}

/** A change of what a link leads to that came after the last change of what holds the link. */
export interface LaterChange {
  /** Commit of the change; absent for one that is not committed yet. */
  readonly commit?: string;
  /** `YYYY-MM-DD` of the commit. */
  readonly date?: string;
  /** The words that changed, as they were and as they are. */
  readonly was: string;
  readonly is: string;
}

/** What the history of the repository says of the links. */
export interface GitFacts {
  laterChange(link: LinkEnds): LaterChange | undefined;
}
