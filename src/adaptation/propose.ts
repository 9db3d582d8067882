import type { Kind } from "./words.ts";

/** What a proposal can see of one changed passage. */
export interface ProposalInput {
  /** Key of the passage in its document: `#case-study`, `@sequence!order`. */
  readonly key: string;
  readonly base: string | null;
  readonly local: string | null;
  readonly words: { readonly added: number; readonly removed: number };
}

/** The kind that a diff suggests; a person may say otherwise (design §3: "proposed from the diff"). */
export function proposeKind(changes: readonly ProposalInput[]): Kind {
  const kinds = new Set(changes.map(kindOf));
  const [only] = kinds;
  return kinds.size === 1 && only ? only : "replace";
}

function kindOf({ key, base, local, words }: ProposalInput): Kind {
  if (key.endsWith("!order")) return "reorder";
  if (base === null) return "add";
  if (local === null) return "remove";
  if (key.startsWith("@sequence.") || key === "@minutes") return "retime";
  if (words.removed === 0 && words.added > 0) return "add";
  if (words.added === 0 && words.removed > 0) return "remove";
  return "replace";
}
