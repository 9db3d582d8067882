import { shareOfTokens } from "./align.ts";
import type { Conflict, Labels, Part } from "./conflict.ts";
import { mergeLines } from "./lines.ts";

/** A text that a person may take for a conflict, and the rule that speaks for it. */
export interface Suggestion {
  readonly text: string;
  /** One plain sentence for a teacher. */
  readonly rule: string;
}

const TOKENS = /[\p{L}\p{N}_]+|\s+|[^\s\p{L}\p{N}_]/gu;
/** Beyond this many words a merge word by word says little. */
const MOST_TOKENS = 4000;
/** Share of words in common from which two additions are two wordings of one. */
const SAME = 0.8;

/**
 * What a person may take for a conflict, the likeliest first: both changes where no word is in dispute; of two
 * additions both, or the fuller where they say the same; then this version's text, then the other's. They are offered,
 * never applied unasked.
 */
export function suggestionsFor(conflict: Conflict, labels: Labels): Suggestion[] {
  const { base, ours, theirs } = conflict;
  const mine = { text: ours ?? "", rule: `What ${labels.ours} has.` };
  const other = { text: theirs ?? "", rule: `What ${labels.theirs} has.` };
  if (ours === null || theirs === null) return distinct([mine, other]);
  const both = {
    text: joinLines(ours, theirs),
    rule: `What ${labels.ours} has, and below it what ${labels.theirs} has.`,
  };
  if (base === null || base === "") {
    if (shareOfTokens(ours, theirs) < SAME) return distinct([both, mine, other]);
    const [fuller, shorter] = ours.length >= theirs.length ? [mine, other] : [other, mine];
    return distinct([{ ...fuller, rule: `The fuller of two wordings: ${fuller.rule}` }, shorter, both]);
  }
  const words = mergeWords(base, ours, theirs);
  const merged =
    words === null
      ? []
      : [{ text: words, rule: "Both changes, word by word: they touch no word in common." }];
  return distinct([...merged, mine, other, both]);
}

/** The file with the first suggestion for each conflict. */
export function applyFirst(parts: readonly Part[], labels: Labels): string {
  return parts
    .map((part) => (typeof part === "string" ? part : (suggestionsFor(part, labels)[0]?.text ?? "")))
    .join("");
}

/** Both changes where they touch no word in common; `null` where they do. */
function mergeWords(base: string, ours: string, theirs: string): string | null {
  const [b, o, t] = [base, ours, theirs].map((text) => text.match(TOKENS) ?? []);
  if (!b || !o || !t || Math.max(b.length, o.length, t.length) > MOST_TOKENS) return null;
  const regions = mergeLines(b, o, t);
  if (regions.some(({ kind }) => kind === "conflict")) return null;
  return regions.map(({ kind, ours, theirs }) => (kind === "theirs" ? theirs : ours).join("")).join("");
}

function joinLines(first: string, second: string): string {
  return first === "" || first.endsWith("\n") ? first + second : `${first}\n${second}`;
}

function distinct(suggestions: readonly Suggestion[]): Suggestion[] {
  const seen = new Set<string>();
  return suggestions.filter(({ text }) => !seen.has(text) && seen.add(text));
}
