import type { Document, Passage } from "./document.ts";

/** Passages offered where nothing fits: the nearest few. */
const MOST_CANDIDATES = 5;

/**
 * Finds the passage that a person means by `wanted`: its key; else the end of its path (`#practice/plenary`);
 * else the words of its heading or item, whatever their case. Otherwise the passages that it could be.
 */
export function findPassage(
  document: Document,
  wanted: string,
): { readonly passage: Passage } | { readonly candidates: readonly Passage[] } {
  const { passages } = document;
  const exact = passages.find((passage) => passage.key === wanted);
  if (exact !== undefined) return { passage: exact };

  const sign = /^[#@]/.exec(wanted)?.[0] ?? "";
  const words = plain(wanted.slice(sign.length));
  const able = passages.filter((passage) => passage.key.startsWith(sign));
  for (const fits of [byPath(words), byName(words), byList(wanted)]) {
    const found = able.filter(fits);
    if (found.length === 1 && found[0] !== undefined) {
      // A list named without its item is a question even where it has one item only.
      return isListOf(found[0], wanted) ? { candidates: found } : { passage: found[0] };
    }
    if (found.length > 1) return { candidates: found };
  }
  return { candidates: nearest(able.length > 0 ? able : passages, words) };
}

function byPath(words: string): (passage: Passage) => boolean {
  const path = hyphened(words);
  return (passage) => {
    if (passage.kind === "order" || path === "") return false;
    const own = decode(passage.key.slice(1)).toLowerCase();
    if (own === words || own === path) return true;
    const whole = [...passage.parents, own.split("/").at(-1)?.replace(/~\d+$/, "")].join("/").toLowerCase();
    return `/${own}`.endsWith(`/${path}`) || `/${whole}`.endsWith(`/${path}`);
  };
}

function byName(words: string): (passage: Passage) => boolean {
  return (passage) => passage.kind !== "order" && words !== "" && plain(passage.name) === words;
}

function byList(wanted: string): (passage: Passage) => boolean {
  return (passage) => isListOf(passage, wanted);
}

function isListOf(passage: Passage, wanted: string): boolean {
  return passage.kind === "item" && passage.key.startsWith(`${wanted}.`);
}

function nearest(passages: readonly Passage[], words: string): Passage[] {
  const pairs = pairsOf(words);
  return passages
    .filter((passage) => passage.kind !== "order")
    .map((passage) => ({
      passage,
      score: Math.max(likeness(pairs, plain(passage.name)), likeness(pairs, plain(passage.key.slice(1)))),
    }))
    .filter(({ score }) => score > 0.3)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_CANDIDATES)
    .map(({ passage }) => passage);
}

/** The few of many names that look most like a word that was typed, nearest first. */
export function nearestNames(names: readonly string[], wanted: string): string[] {
  const pairs = pairsOf(plain(wanted));
  const scored = [...new Set(names)].map((name) => ({ name, score: likeness(pairs, plain(name)) }));
  const best = Math.max(0.5, ...scored.map(({ score }) => score));
  return scored
    .filter(({ score }) => score > best - 0.2)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_CANDIDATES)
    .map(({ name }) => name);
}

/** Share of letter pairs that two names have in common. */
function likeness(pairs: ReadonlySet<string>, name: string): number {
  const others = pairsOf(name);
  let shared = 0;
  for (const pair of pairs) if (others.has(pair)) shared++;
  return pairs.size + others.size === 0 ? 0 : (2 * shared) / (pairs.size + others.size);
}

function pairsOf(text: string): Set<string> {
  const padded = ` ${text} `;
  const pairs = new Set<string>();
  for (let at = 0; at + 2 <= padded.length && at < 200; at++) pairs.add(padded.slice(at, at + 2));
  return pairs;
}

function plain(text: string): string {
  return decode(text).normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
}

function hyphened(text: string): string {
  return text.replace(/ /g, "-");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
