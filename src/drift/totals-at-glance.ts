import { type BlockAtGlance, blocksAtGlance } from "../curriculum/blocks-at-glance.ts";
import type { Yaml } from "../curriculum/document.ts";
import { fieldsAtGlance } from "../curriculum/fields-at-glance.ts";
import { withLf } from "../curriculum/lines.ts";
import type { Value } from "../curriculum/value.ts";
import { addTotals, NO_TOTALS, type Totals } from "./totals.ts";

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
  const lists = fieldWordsAtGlance(yaml);
  if (lists === null) return null;
  return lists.reduce((totals: Totals, passages) => {
    const words = passages.reduce((sum, passage) => sum + passage.words, 0);
    return addTotals(totals, { words, passages: passages.length, pairs: pairsOf(passages.length) });
  }, NO_TOTALS);
}

/** A passage and how many words its normal form has. */
export interface PassageWords {
  readonly key: string;
  readonly words: number;
}

/** The passages of YAML with their words, the items of one list together; null where only reading tells. */
export function fieldWordsAtGlance(yaml: Yaml): readonly (readonly PassageWords[])[] | null {
  const isPlain = yaml.text.length <= LONGEST && !NEEDS_READING.test(yaml.text);
  const fields = isPlain ? fieldsAtGlance(yaml) : null;
  if (fields === null) return null;
  const lists: PassageWords[][] = [];
  for (const { passages } of fields) {
    const counted: PassageWords[] = [];
    // The signs before the items of a list are words of the list, and not of items that are passages themselves.
    for (const { key, value } of passages) {
      const words = wordsOfValue(value);
      if (words === null) return null;
      counted.push({ key, words });
    }
    lists.push(counted);
  }
  return lists;
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

/** Words of a value in the normal form, in which a name, the sign of an item and an empty collection are one each. */
function wordsOfValue(value: Value, depth = 0): number | null {
  if (value.kind === "text") {
    // Of several lines, or nothing: whether they are joined, and whether it is empty or absent, is not told.
    return value.text.includes("\n") || value.text.trim() === "" ? null : countWords(value.text);
  }
  if (depth > DEEPEST) return null;
  const parts = value.kind === "list" ? value.items : [...value.fields.values()].map((each) => each.value);
  let words = parts.length === 0 ? 1 : parts.length;
  for (const part of parts) {
    const found = wordsOfValue(part, depth + 1);
    if (found === null) return null;
    words += found;
  }
  return words;
}

function pairsOf(siblings: number): number {
  return siblings < 2 ? 0 : (siblings * (siblings - 1)) / 2;
}

/** What `\s` means to ECMAScript beyond ASCII: WhiteSpace and LineTerminator. */
const RARE_SPACES =
  "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
/** Room for the codes of one text, as bytes and as numbers; made anew for a longer one. */
let bytes = Buffer.alloc(1 << 15);
let codes = new Uint16Array(bytes.buffer);

/** 1 for every code of a sign, 0 for white space; the codes are as this machine orders their bytes. */
const IS_SIGN = new Uint8Array(1 << 16).fill(1);
const SPACES = `\t\n\v\f\r ${RARE_SPACES}`;
bytes.write(SPACES, "utf16le");
for (const space of codes.subarray(0, SPACES.length)) IS_SIGN[space] = 0;

/**
 * Runs of signs that are no white space, as `\S+` has them, without making them. A curriculum has tens of millions of
 * signs, and a loop over numbers takes a third of what one over the string takes.
 */
export function countWords(text: string): number {
  if (text.length > codes.length) {
    bytes = Buffer.alloc(4 * text.length);
    codes = new Uint16Array(bytes.buffer);
  }
  bytes.write(text, "utf16le");
  let words = 0;
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = IS_SIGN[codes[at] ?? 0] ?? 0;
    words += sign & ~before;
    before = sign;
  }
  return words;
}
