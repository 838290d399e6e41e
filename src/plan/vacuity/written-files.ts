/** A file that commands of the plan write. */
export interface WrittenFile {
  /** Its content, when it stands in the plan word for word. */
  readonly text?: string;
  /** Written by the very verification that is judged. */
  readonly own: boolean;
  /** The file it was copied from. */
  readonly copyOf?: string;
}

/** Files that commands wrote, by their path. Why: a step adds a few to many, and a table that is copied for each grows with its square. */
export class WrittenFiles {
  /** Nothing was written. */
  static readonly none: WrittenFiles = new WrittenFiles("", undefined, undefined);
  readonly #path: string;
  readonly #file: WrittenFile | undefined;
  readonly #before: WrittenFiles | undefined;

  private constructor(path: string, file: WrittenFile | undefined, before: WrittenFiles | undefined) {
    this.#path = path;
    this.#file = file;
    this.#before = before;
  }

  get isEmpty(): boolean {
    return this.#before === undefined;
  }

  /** The files with one more, or with another content at its path. */
  with(path: string, file: WrittenFile): WrittenFiles {
    return new WrittenFiles(path, file, this);
  }

  /** What was last written to a path. */
  at(path: string): WrittenFile | undefined {
    return WrittenFiles.#last(this, path);
  }

  static #last(from: WrittenFiles, path: string): WrittenFile | undefined {
    let files = from;
    while (files.#before !== undefined && files.#path !== path) files = files.#before;
    return files.#path === path ? files.#file : undefined;
  }
}
