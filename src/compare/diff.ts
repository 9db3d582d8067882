import type { Document, Passage } from "../curriculum/document.ts";
import { passageHash } from "./hash.ts";
import { matchPassages, type PassagePair } from "./match.ts";
import { inversions } from "./order.ts";
import { type WordEdits, wordEdits } from "./word-edits.ts";

export type Change = "edited" | "added" | "removed" | "moved";

/** What happened to one passage. An order of which only the relative order changed is `moved`, with no words. */
export interface PassageChange {
  /** The key in the local document; in the base where it was removed. */
  readonly key: string;
  readonly change: Change;
  readonly base: Passage | null;
  readonly local: Passage | null;
  /** Null for an absent side, as in a record. */
  readonly baseHash: string | null;
  readonly localHash: string | null;
  readonly words: WordEdits;
  /** Of an order: how many pairs stand the other way round. */
  readonly inverted?: number;
}

/** What happened to one document; `passages` is empty where nothing but form changed. */
export interface DocumentChange {
  readonly id: string;
  readonly path: string;
  /** The path before, where it was another. */
  readonly from: string | null;
  readonly type: string;
  readonly title: string;
  readonly change: Change;
  readonly passages: readonly PassageChange[];
}

const NO_WORDS: WordEdits = { added: 0, removed: 0, edits: 0, of: 0 };

/**
 * What changed in content from `base` to `local`, passage by passage; null is a document that is not there.
 * A document of which only the form or nothing changed is `edited` with no passages (or `moved`).
 */
export function diffDocuments(base: Document | null, local: Document | null): DocumentChange {
  const shown = local ?? base;
  if (shown === null) throw new TypeError("diffDocuments needs a document on one side at least");
  const { id, path, type, title } = shown;
  const from = base !== null && local !== null && base.path !== local.path ? base.path : null;
  const passages = changesOf(base, local);
  const change: Change =
    base === null
      ? "added"
      : local === null
        ? "removed"
        : passages.length === 0 && from !== null
          ? "moved"
          : "edited";
  return { id, path, from, type, title, change, passages };
}

function changesOf(base: Document | null, local: Document | null): PassageChange[] {
  if (base === null || local === null) {
    const side = base === null ? "local" : "base";
    return (
      (base ?? local)?.passages
        .filter((passage) => passage.kind !== "order")
        .map((passage) => textChange({ base: null, local: null, [side]: passage })) ?? []
    );
  }
  if (base.text === local.text) return [];
  // Front matter that is the same needs no parsing: its fields could only match themselves.
  const isSame = base.frontMatter === local.frontMatter;
  const pairs = isSame
    ? matchPassages({ passages: base.body }, { passages: local.body })
    : matchPassages(base, local);
  const renamed = new Map(
    pairs.flatMap(({ base, local }) =>
      base !== null && local !== null && base.key !== local.key ? [[base.key, local.key] as const] : [],
    ),
  );
  return pairs.flatMap((pair): PassageChange[] => {
    if ((pair.base ?? pair.local)?.kind === "order") return orderChange(pair, renamed);
    return isChanged(pair) ? [textChange(pair)] : [];
  });
}

function isChanged({ base, local }: PassagePair): boolean {
  if (base === null || local === null) return true;
  return base.text !== local.text && base.normal !== local.normal;
}

function orderChange({ base, local }: PassagePair, renamed: ReadonlyMap<string, string>): PassageChange[] {
  if (base === null || local === null) return [];
  if (base.text === local.text && renamed.size === 0) return [];
  const before = keysIn(base).map((key) => renamed.get(key) ?? key);
  const { inverted } = inversions(before, keysIn(local));
  return inverted === 0 ? [] : [new Changed({ base, local }, { change: "moved", words: NO_WORDS, inverted })];
}

function textChange({ base, local }: PassagePair): PassageChange {
  const change: Change = base === null ? "added" : local === null ? "removed" : "edited";
  return new Changed({ base, local }, { change, words: wordEdits(base?.normal ?? "", local?.normal ?? "") });
}

/** A change with its hashes, which only a version with records asks for. */
class Changed implements PassageChange {
  readonly key: string;
  readonly change: Change;
  readonly base: Passage | null;
  readonly local: Passage | null;
  readonly words: WordEdits;
  readonly inverted?: number;
  #baseHash: string | null | undefined;
  #localHash: string | null | undefined;

  constructor(
    { base, local }: PassagePair,
    { change, words, inverted }: Pick<PassageChange, "change" | "words" | "inverted">,
  ) {
    this.key = (local ?? base)?.key ?? "";
    this.change = change;
    this.base = base;
    this.local = local;
    this.words = words;
    if (inverted !== undefined) this.inverted = inverted;
  }

  get baseHash(): string | null {
    if (this.#baseHash === undefined) this.#baseHash = hashOf(this.base);
    return this.#baseHash;
  }

  get localHash(): string | null {
    if (this.#localHash === undefined) this.#localHash = hashOf(this.local);
    return this.#localHash;
  }
}

function hashOf(passage: Passage | null): string | null {
  return passage === null ? null : passageHash(passage);
}

function keysIn(order: Passage): string[] {
  return order.text === "" ? [] : order.text.split("\n");
}
