/** A thing with an id: one document, or one part of a document that was split. */
export interface Artifact {
  /** `IPLAN-001`. */
  readonly id: string;
  /** Type word, such as `IPLAN`. */
  readonly type: string;
  readonly layer: number;
  /** Workspace-relative path with forward slashes. */
  readonly path: string;
  readonly title?: string;
  readonly template: boolean;
  /** Number of the part when the document was split. */
  readonly part?: number;
}
