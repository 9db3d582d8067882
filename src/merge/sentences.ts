import { cutLines, standsInLines } from "./standing-lines.ts";
import { type Stretch, sweep } from "./sweep.ts";
import { collapse, HARD_BREAK, type Unit } from "./unit.ts";

/** Ends of sentences in scripts that put a space behind them, and in those that do not. */
const END =
  /(?:(?<![.!?…؟۔।])[.!?…؟۔।]+["'”’»)\]*_`]*(?=\s+["'“‘«([*_`]*[^\s\p{Ll}])|(?<![。！？])[。！？]+[”’」』）]*)/gu;
/** What a full stop follows within a sentence: a letter alone, titles and short forms of the languages that schools write. */
const ABBREVIATION =
  /(?:^|[\s(„“"'])(?:\p{L}|e\.g|i\.e|cf|vs|etc|approx|ch|Ch|chap|Chap|ed|eds|Fig|fig|No|no|Nos|nos|pp|sec|Sec|vol|Vol|Drs?|Mrs?|Ms|Prof|Rev|St|Ste|Mme|Mlle|Sra?|Srta|Dra|Profa|Sig|Hr|Fr|Nr|Abb|Bd|Kap|Tab|bzw|ca|evtl|ggf|inkl|sog|vgl|art|cap|ex|núm|pág|págs|pag|pt|n\.[ºo]|n[ºo])\.$/u;
/** A number that counts (the 3. group), not one that ends a sentence about a year. */
const ORDINAL = /(?:^|[\s(])\d{1,2}\.$/;
/** Beyond this many sentences a paragraph is merged as a whole. */
const MOST = 200;

/** Cuts text into sentences; joined with their tails, they are the text again. */
export function cutSentences(text: string): Unit[] {
  const sentences: Unit[] = [];
  let start = 0;
  const cut = (end: number, next: number): void => {
    const sentence = text.slice(start, end);
    const key = collapse(text.slice(start, next).replace(/ {2}(?=\r?\n)/g, ` ${HARD_BREAK}`));
    sentences.push({ kind: "prose", text: sentence, tail: text.slice(end, next), key, name: "", start });
    start = next;
  };
  for (const { 0: mark, index } of text.matchAll(END)) {
    const end = index + mark.length;
    const before = text.slice(Math.max(start, end - 10), end);
    if (ABBREVIATION.test(before) || ORDINAL.test(before)) continue;
    let next = end;
    while (/\s/.test(text.charAt(next))) next++;
    cut(end, next);
  }
  if (start < text.length) cut(text.trimEnd().length, text.length);
  return sentences;
}

/**
 * Three-way merge of a paragraph by its sentences, or by its lines where each of them stands for itself; `null` where
 * both sides changed the same one, or put different ones in one place.
 */
export function mergeSentences(base: string, ours: string, theirs: string): string | null {
  const inLines =
    [base, ours, theirs].some((text) => text.includes("\n")) && [base, ours, theirs].every(standsInLines);
  const [b, o, t] = [base, ours, theirs].map(inLines ? cutLines : cutSentences);
  if (!b || !o || !t || Math.max(b.length, o.length, t.length) > MOST) return null;
  const merged: { text: string; tail: string }[] = [];
  for (const stretch of sweep(b, o, t)) {
    const taken = settle(stretch);
    if (taken === null) return null;
    merged.push(...taken);
  }
  return merged
    .map(({ text, tail }, i) =>
      i + 1 === merged.length ? text : text + (tail || (inLines ? "\n" : roomBehind(text))),
    )
    .join("");
}

/** What stands between a sentence that was the last and the next one. */
function roomBehind(sentence: string): string {
  return /[。！？][”’」』）]*$/u.test(sentence) ? "" : " ";
}

/** The room behind a sentence, of the side that changed it; where that has none, a line end of the other side's. */
function tailOf(base: Unit, own: Unit, other: Unit): string {
  if (own.tail === base.tail) return other.tail || own.tail;
  return own.tail || (other.tail.includes("\n") ? other.tail : "");
}

function settle({ kind, base, ours, theirs }: Stretch): { text: string; tail: string }[] | null {
  if (kind === "same") {
    return ours.map((own, i) => {
      const [before, other] = [base[i] as Unit, theirs[i] as Unit];
      const side = own.text + own.tail === before.text + before.tail ? other : own;
      return { text: side.text, tail: tailOf(before, own, other) };
    });
  }
  if (kind !== "both") {
    const [own, other] = kind === "ours" ? [ours, theirs] : [theirs, ours];
    const [before, last, beside] = [base.at(-1), own.at(-1), other.at(-1)];
    if (!before || !last || !beside) return [...own];
    // What was the last sentence for one side may go on for the other: in a line of its own, where it says so.
    return [...own.slice(0, -1), { text: last.text, tail: tailOf(before, last, beside) }];
  }
  const alike = ours.length === theirs.length && ours.every((own, i) => own.key === theirs[i]?.key);
  return alike ? [...theirs] : null;
}
