import type { NextStep } from "../next-step.ts";

/** What a writing verb did, and how to take it back. */
export interface DoneReport {
  readonly kind: "done";
  readonly verb: string;
  readonly did: readonly string[];
  readonly undo: string | null;
  readonly next: readonly NextStep[];
  /** Facts for programs, printed by `--json`. */
  readonly data: Readonly<Record<string, unknown>>;
}
