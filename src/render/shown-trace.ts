import type { LinkStatus } from "#model/trace";

/** A document or element as `trace --json` prints it. */
export interface ShownNode {
  readonly id: string;
  readonly type?: string;
  readonly layer?: number;
  readonly path: string;
  readonly line: number;
  readonly title?: string;
}

/** A link as `trace --json` prints it. */
export interface ShownLink {
  readonly from: string;
  readonly to: string;
  readonly tag: string;
  readonly status: LinkStatus;
  readonly derivation?: string;
  readonly direction: "upstream" | "downstream";
  /** The step goes from a node to its parent; other links repeat what follows from parents. */
  readonly chain: boolean;
  /** Downstream, the node below which `from` stands, where it is not `to`: the document of what is named. */
  readonly under?: string;
  readonly path: string;
  readonly line: number;
}

/** Where the chain ends too early. */
export interface ShownBreak {
  readonly direction: "upstream" | "downstream";
  /** The node at which it ends. */
  readonly at: string;
  readonly tag: string;
  /** What the link names that leads nowhere; absent when there is no such link. */
  readonly to?: string;
  readonly status: LinkStatus;
  readonly path: string;
  readonly line: number;
  /** What may have been meant. */
  readonly near?: readonly string[];
}

/** A node with everything it leads to and everything that leads to it. */
export interface ShownTrace {
  readonly root: string;
  readonly nodes: readonly ShownNode[];
  readonly links: readonly ShownLink[];
  readonly brokenAt?: ShownBreak;
  /** Files that hold the id of the document, where several do. */
  readonly sameId?: readonly string[];
}
