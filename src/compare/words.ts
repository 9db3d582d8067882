import { lazily } from "../curriculum/lazily.ts";

/** Made when such a script is first met: the pattern takes longer to make than most texts to count. */
const unspaced = lazily(
  () =>
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u,
);
/** Where one of these may stand: not among the signs of print, such as dashes and quotation marks (U+2000 to U+2E7F). */
const BEYOND_LATIN = /[\u0E00-\u1FFF\u2E80-\uFFFF]/;
let segmenter: Intl.Segmenter | undefined;

/** Whether its words are all told apart by white space: then those of its parts are too. */
export function areSpaced(text: string): boolean {
  return !BEYOND_LATIN.test(text);
}

/** The words of a text: runs of characters without white space; scripts without spaces by their words. */
export function wordsOf(normal: string): string[] {
  const runs = normal.match(/\S+/g) ?? [];
  if (areSpaced(normal)) return runs;
  return runs.flatMap((run) => (unspaced().test(run) ? segments(run) : [run]));
}

function segments(run: string): string[] {
  segmenter ??= new Intl.Segmenter("und", { granularity: "word" });
  return Array.from(segmenter.segment(run), (part) => part.segment);
}

/** What `\s` means to ECMAScript: WhiteSpace and LineTerminator. */
const SPACES =
  "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

/** 1 for every code of a sign, 0 for white space; the codes are as this machine orders their bytes. */
const isSign = lazily(() => {
  const table = new Uint8Array(1 << 16).fill(1);
  const spaces = Uint8Array.from(Buffer.from(SPACES, "utf16le"));
  for (const space of new Uint16Array(spaces.buffer)) table[space] = 0;
  return table;
});

/** Room for the codes of one text, as bytes and as numbers; made anew for a longer one. */
let bytes = Buffer.alloc(0);
let codes = new Uint16Array(bytes.buffer);

/**
 * Runs of signs that are no white space, as `\S+` has them, without making them. A curriculum has tens of millions of
 * signs, and a loop over numbers takes a third of what one over the string takes.
 */
export function countWords(text: string): number {
  if (text.length > codes.length) {
    bytes = Buffer.alloc(Math.max(1 << 13, 4 * text.length));
    codes = new Uint16Array(bytes.buffer);
  }
  bytes.write(text, "utf16le");
  const table = isSign();
  let words = 0;
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = table[codes[at] ?? 0] ?? 0;
    words += sign & ~before;
    before = sign;
  }
  return words;
}
