/** A word or an id and the line that it stands in, counted from 1. */
export interface Mention {
  readonly value: string;
  readonly line: number;
}

/**
 * What coherence across documents needs to know of one of them: plain data that can be kept by the id of its blob,
 * so that a curriculum of thousands is checked without parsing what did not change.
 */
export interface DocumentFacts {
  readonly path: string;
  readonly id: string;
  readonly type: string;
  readonly title: string;
  /** The ids of its outcomes or key learning points, with their words. */
  readonly statements: readonly (Mention & { readonly text: string })[];
  /** For a framework: the statement that replaces a retired one, by its id. */
  readonly replaced: Readonly<Record<string, string>>;
  /** Ids that it refers to, by field: `unit`, `requires`, `lessons`, `statements`, `assesses`, `sequence`. */
  readonly references: Readonly<Record<string, readonly Mention[]>>;
  readonly keywords: readonly Mention[];
  readonly threads: readonly Mention[];
  /** For a lesson. */
  readonly minutes: number | null;
  /** For a programme, in its order. */
  readonly sequence: readonly {
    readonly unit: string;
    readonly yearGroup: string;
    readonly term: string | null;
    readonly weeks: number | null;
    readonly lessons: number | null;
    readonly line: number;
  }[];
  /** For an assessment. */
  readonly when: { readonly yearGroup: string | null; readonly term: string | null } | null;
  readonly common: boolean;
  /** Keywords of the curriculum and titles that its running text mentions are looked for in these, word by word. */
  readonly prose: readonly { readonly key: string; readonly line: number; readonly text: string }[];
  /** Images and resources without alternative text, by line. */
  readonly withoutAlt: readonly Mention[];
  readonly reviewBy: string | null;
}
