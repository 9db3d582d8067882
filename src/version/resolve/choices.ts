import { parseAddress } from "../../curriculum/address.ts";
import { fileWord } from "../../curriculum/conventions.ts";
import { isDocumentPath } from "../../curriculum/read.ts";
import { Failure } from "../../failure.ts";
import { addToLine, type Suggestion } from "../../merge/suggest.ts";
import type { Decision } from "../rebase/plan.ts";

/** What comes of a decision: a text in place of what is contested (null: no file), or one side's file as it is. */
export type Taken =
  | { readonly kind: "text"; readonly text: string | null }
  | { readonly kind: "side"; readonly side: "upstream" | "local" };

/** What people may take for a decision, in the words of `--take`. */
export type Take = "upstream" | "local" | "both" | "both-upstream-first" | `suggestion:${number}`;

/** One thing that may be taken: its word, what it means here, and what comes of it. */
export interface Choice {
  readonly take: Take;
  /** What it means for this decision, in a few words. */
  readonly means: string;
  readonly taken: Taken;
}

/** What people call the texts of the two sides: `upstream's`. */
export interface Whose {
  readonly upstream: string;
  readonly local: string;
}

const WHOSE: Whose = { upstream: "upstream's", local: "this version's" };

/** The word of a flag as a choice; null where it is none. */
export function parseTake(word: string): Take | null {
  if (/^suggestion:[1-9]\d*$/.test(word)) return word as Take;
  const known: readonly string[] = ["upstream", "local", "both", "both-upstream-first"] satisfies Take[];
  return known.includes(word) ? (word as Take) : null;
}

/**
 * What may be taken for a decision, the two sides first. Both texts are offered only where both have one, neither is a
 * new order of the other's, and they are parts of a document: two whole ones in a file are none.
 * @param suggestions of the merge engine, likeliest first; what a side says already is not offered twice
 * @param paragraphs whether both texts are paragraphs of their own, which a blank line parts
 */
export function choicesFor(
  decision: Decision,
  suggestions: readonly Suggestion[],
  whose: Whose = WHOSE,
  paragraphs = false,
): Choice[] {
  const { ours, theirs, kind } = decision;
  const sides = (["upstream", "local"] as const).map(
    (which): Choice => ({
      take: which,
      means: meaningOf(decision, which, whose),
      taken: side(decision, which),
    }),
  );
  const end = ours?.includes("\r\n") ? "\r\n" : "\n";
  const sumsWith = (between: string): Choice[] =>
    decision.marked === null || ours === null || theirs === null ? [] : both(decision, whose, between);
  const sums = sumsWith(paragraphs ? end : "");
  const isSum = kind !== "order" && !isWholeDocument(decision);
  const known = [...sides, ...sums, ...sumsWith("")].map(({ taken }) =>
    taken.kind === "text" ? taken.text : undefined,
  );
  return [
    ...sides,
    ...(isSum ? sums : []),
    ...suggestions.flatMap(({ text, rule }, index): Choice[] =>
      known.includes(text)
        ? []
        : [{ take: `suggestion:${index + 1}`, means: rule, taken: { kind: "text", text } }],
    ),
  ];
}

function both({ base, ours, theirs }: Decision, whose: Whose, between: string): Choice[] {
  const [mine, other] = [ours ?? "", theirs ?? ""];
  return [
    {
      take: "both",
      means: `${whose.local} text, then ${whose.upstream}`,
      taken: { kind: "text", text: inTurn(base, mine, other, between) },
    },
    {
      take: "both-upstream-first",
      means: `${whose.upstream} text, then ${whose.local}`,
      taken: { kind: "text", text: inTurn(base, other, mine, between) },
    },
  ];
}

function isWholeDocument({ at, path }: Decision): boolean {
  return isDocumentPath(path) && parseAddress(at).passage === null;
}

/**
 * What was asked for by its word.
 * @throws Failure "usage" naming what can be taken here
 */
export function chosen(decision: Decision, choices: readonly Choice[], take: Take): Choice {
  const found = choices.find((each) => each.take === take);
  if (found !== undefined) return found;
  const why = take.startsWith("both")
    ? "Only one of the two can be kept here."
    : take.startsWith("suggestion")
      ? "There is no suggestion of this number here."
      : "With this text alone the file could not be read.";
  throw new Failure("usage", why, {
    where: decision.at,
    next: [
      ...choices.map((each) => `--take ${each.take}   ${each.means}`),
      "--edit FILE   takes a text of your own",
    ],
  });
}

function side({ marked, ours, theirs }: Decision, which: "upstream" | "local"): Taken {
  if (marked === null) return { kind: "side", side: which };
  return { kind: "text", text: (which === "local" ? ours : theirs) ?? "" };
}

/** What taking a side means here, as a teacher would say it. */
function meaningOf(
  { path, kind, marked, ours, theirs }: Decision,
  which: "upstream" | "local",
  whose: Whose,
): string {
  const own = which === "local" ? ours : theirs;
  const word = fileWord(path);
  const thing = marked === null ? word : "passage";
  if (own === null) return `leave the ${thing} out`;
  if (kind === "removed-edited" || kind === "edited-removed")
    return `keep the ${thing}: ${whose[which]}${thing === "image" ? "" : " text"}`;
  if (kind === "order") return `${whose[which]} order`;
  if (kind === "moved-moved") return `${whose[which]} place for it`;
  return marked === null
    ? `${whose[which]} ${kind === "binary" && word === "document" ? "file" : word}, whole`
    : `${whose[which]} text`;
}

/** Two texts one after the other; what they only added to one paragraph stands in it, and the paragraph once. */
function inTurn(base: string | null, first: string, second: string, between: string): string {
  return (base === null ? null : addToLine(base, first, second)) ?? below(first, between + second);
}

function below(first: string, second: string): string {
  return first === "" || first.endsWith("\n") ? first + second : `${first}\n${second}`;
}
