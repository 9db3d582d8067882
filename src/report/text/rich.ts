import { lazily } from "../../curriculum/lazily.ts";
import { printable } from "../printable.ts";
import type { Ink, Style } from "./style.ts";

/** A run of text in one ink; a solid one is never broken over two lines. */
export interface Span {
  readonly text: string;
  readonly ink?: Ink | undefined;
  readonly solid?: boolean;
}

/** Text with colours, before it is laid out. */
export type Rich = string | Span | readonly (string | Span)[];

/** Room for one paragraph. */
export interface Measure {
  /** Columns before the first line, and before every other. */
  readonly indent: number;
  readonly hang: number;
  readonly width: number;
  /** Keep white space as it is written, as code needs it. */
  readonly keep?: boolean;
}

interface Word {
  readonly space: string;
  readonly pieces: Span[];
}

// Scripts without spaces may be broken at every character, and each takes two columns.
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;
/** Made when text with such scripts is first met. */
const parts = lazily(
  () =>
    new RegExp(
      `[^\\S\\u00a0\\u202f]+|${WIDE.source}\\p{M}*|(?:(?!${WIDE.source})[\\S\\u00a0\\u202f])+`,
      "gu",
    ),
);
/**
 * Most text is all this: Latin letters and ordinary punctuation, a column each, which asks for no more than a look
 * at its spaces.
 */
const PLAIN = /^[\n\t\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*$/;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that a text takes on a terminal. */
export function widthOf(rich: Rich): number {
  return spansOf(rich).reduce((sum, { text }) => sum + columns(printable(text)), 0);
}

/** Lays text out in lines, breaking at white space; only what cannot be broken is longer than the width. */
export function wrap(rich: Rich, measure: Measure, style: Style): string[] {
  const lines: Span[][] = [];
  let line: Span[] = [];
  let used = measure.indent;
  for (const { space, pieces } of wordsIn(rich, measure.keep ?? false)) {
    const size = pieces.reduce((sum, { text }) => sum + columns(text), 0);
    const isFirst = line.length === 0;
    const gap = isFirst && !measure.keep ? "" : space;
    if (!isFirst && used + columns(gap) + size > measure.width) {
      lines.push(line);
      line = [...pieces];
      used = measure.hang + size;
    } else {
      const ink = line.at(-1)?.ink === pieces[0]?.ink ? pieces[0]?.ink : undefined;
      if (gap !== "") line.push({ text: gap, ink });
      line.push(...pieces);
      used += columns(gap) + size;
    }
  }
  if (line.length > 0) lines.push(line);
  return lines.map(
    (each, index) => " ".repeat(index === 0 ? measure.indent : measure.hang) + paint(each, style),
  );
}

function spansOf(rich: Rich): Span[] {
  if (typeof rich === "string") return [{ text: rich }];
  if ("text" in rich) return [rich];
  return rich.map((each) => (typeof each === "string" ? { text: each } : each));
}

function wordsIn(rich: Rich, keep: boolean): Word[] {
  const words: Word[] = [];
  let space = "";
  let word: Word | null = null;
  for (const { text, ink, solid } of spansOf(rich)) {
    const safe = printable(text);
    const plain = PLAIN.test(safe);
    const found = solid ? [safe.replace(/[\n\t]/g, " ")] : (safe.match(plain ? /\s+|\S+/g : parts()) ?? []);
    for (const part of found) {
      if (!solid && /^[^\S\u00a0\u202f]/.test(part)) {
        word = null;
        space = keep ? part.replaceAll("\t", "    ").replaceAll("\n", " ") : " ";
        continue;
      }
      const breaks = !solid && !plain && WIDE.test(part);
      if (word === null || breaks) {
        word = { space, pieces: [] };
        words.push(word);
        space = "";
      }
      word.pieces.push({ text: part, ink });
      if (breaks) word = null;
    }
  }
  return words;
}

function paint(spans: readonly Span[], style: Style): string {
  const runs: { text: string; ink: Ink | undefined }[] = [];
  for (const { text, ink } of spans) {
    const last = runs.at(-1);
    if (last && last.ink === ink) last.text += text;
    else runs.push({ text, ink });
  }
  // A space that keeps words together has done so by now.
  return runs.map(({ text, ink }) => (ink ? style[ink](text) : text).replaceAll("\u00a0", " ")).join("");
}

function columns(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let sum = 0;
  for (const sign of text) sum += NO_WIDTH.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1;
  return sum;
}
