import type { ReportContent } from "#model/figures";

/** Reads one report piece by piece, in memory that does not grow with it beyond what is kept. Never throws. */
export interface ReportReader {
  text(piece: string): void;
  /** What could be read, once the text has ended. */
  end(): ReportContent;
}

/** A format of reports: how it is told, and how it is read. */
export interface ReportFormatReader {
  /** True when a text that begins like this is of the format; the beginning has at most 65,536 characters. */
  isLike(beginning: string): boolean;
  create(): ReportReader;
}
