import { countWords } from "../compare/words.ts";
import { type BlockAtGlance, blocksAtGlance } from "../curriculum/blocks-at-glance.ts";
import type { Yaml } from "../curriculum/document.ts";
import { fieldsAtGlance } from "../curriculum/fields-at-glance.ts";
import { withLf } from "../curriculum/lines.ts";
import type { Fields, Value } from "../curriculum/value.ts";
import { listKeysOf } from "../curriculum/values.ts";
import type { Totals } from "./totals.ts";

/**
 * Scripts whose words are told apart by a dictionary and whose lines join without a space, signs outside of the basic
 * plane, the byte order mark.
 */
const NEEDS_READING = /[\u0e00-\u1fff\u2e80-\uffff]/;
/** A quote mark before any letter is form where a paragraph goes on. */
const QUOTED = /^[^A-Za-z\n\r>]*>/m;

/**
 * What the sections of Markdown add to the denominators, counted in the text as it stands, where that is sure to give
 * what its passages give: the normal form joins and re-spaces words, and makes or drops none. Null where only reading
 * the passages tells.
 */
export function sectionsAtGlance(text: string): Totals | null {
  const source = withLf(text);
  const blocks = plainBlocks(source);
  // Lines of divs with nothing behind them open no passage, and are in none where they stand alone.
  if (blocks === null || (blocks.length > 0 && blocks.every(({ kind }) => kind === "open"))) return null;
  const headings = blocks.filter(({ kind }) => kind === "heading").length;
  const passages = headings + (hasPreamble(blocks) ? 1 : 0);
  return { words: countWords(source), passages, pairs: pairsOf(headings) };
}

/** Whether text stands under no heading, above them or behind a div that began there. */
function hasPreamble(blocks: readonly BlockAtGlance[]): boolean {
  const outside: boolean[] = [];
  let isUnder = false;
  for (const { kind } of blocks) {
    if (kind === "heading") isUnder = true;
    else if (kind === "open") outside.push(isUnder);
    else if (!isUnder) return true;
    else if (kind === "close") isUnder = outside.pop() ?? isUnder;
  }
  return false;
}

/** Beyond these the normal form no longer unfolds a value. */
const LONGEST = 200_000;
const DEEPEST = 50;

/** The same of the fields of YAML, which the normal form orders and re-quotes. */
export function fieldTotalsAtGlance(yaml: Yaml): Totals | null {
  const fields = glanceOf(yaml);
  if (fields === null) return null;
  const totals = { words: 0, passages: 0, pairs: 0 };
  for (const [name, { value }] of fields) {
    const items = value.kind === "list" && listKeysOf(fields, name) !== null ? value.items : null;
    totals.passages += items === null ? 1 : items.length;
    if (items === null) totals.words += wordsOfValue(value);
    // The signs before the items of a list are words of the list, and not of items that are passages themselves.
    else for (const item of items) totals.words += wordsOfValue(item);
    if (items !== null) totals.pairs += pairsOf(items.length);
  }
  return Number.isNaN(totals.words) ? null : totals;
}

/** A passage and how many words its normal form has. */
export interface PassageWords {
  readonly key: string;
  readonly words: number;
}

/** The passages of YAML with their words; null where only reading tells. */
export function fieldWordsAtGlance(yaml: Yaml): readonly PassageWords[] | null {
  const fields = glanceOf(yaml) === null ? null : fieldsAtGlance(yaml);
  if (fields === null) return null;
  const counted = fields.flatMap(({ passages }) =>
    passages.map(({ key, value }) => ({ key, words: wordsOfValue(value) })),
  );
  return counted.some(({ words }) => Number.isNaN(words)) ? null : counted;
}

/** The fields of YAML whose words may be counted as they stand. */
function glanceOf(yaml: Yaml): Fields | null {
  return yaml.text.length <= LONGEST && !NEEDS_READING.test(yaml.text) ? yaml.glance : null;
}

/**
 * Whether the words of Markdown's passages are those of their texts as they stand; a body is given whole, since a part
 * may be of another kind by what stands above it.
 */
export function countsAsItStands(body: string): boolean {
  return plainBlocks(withLf(body)) !== null;
}

/** What parts a text whose words are all counted as they stand; null where only reading tells. */
function plainBlocks(source: string): BlockAtGlance[] | null {
  if (NEEDS_READING.test(source) || (source.includes(">") && QUOTED.test(source))) return null;
  return blocksAtGlance(source);
}

/**
 * Words of a value in the normal form, in which a name, the sign of an item and an empty collection are one each; not a
 * number where only reading tells.
 */
function wordsOfValue(value: Value, depth = 0): number {
  if (value.kind === "text") {
    // Of several lines, or nothing: whether they are joined, and whether it is empty or absent, is not told.
    return value.text.includes("\n") ? Number.NaN : countWords(value.text) || Number.NaN;
  }
  if (depth > DEEPEST) return Number.NaN;
  let words = 0;
  if (value.kind === "list") for (const item of value.items) words += 1 + wordsOfValue(item, depth + 1);
  else for (const part of value.fields.values()) words += 1 + wordsOfValue(part.value, depth + 1);
  return words === 0 ? 1 : words;
}

function pairsOf(siblings: number): number {
  return siblings < 2 ? 0 : (siblings * (siblings - 1)) / 2;
}
