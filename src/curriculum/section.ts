/** A heading with its own text. */
export interface Section {
  key: string;
  readonly slug: string;
  readonly name: string;
  readonly level: number;
  readonly parent: Section | null;
  /** Line of the heading, counted from 0. */
  readonly line: number;
}
