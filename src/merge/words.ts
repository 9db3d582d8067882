/** How often a word stands in the base (as both sides agree on it), in ours, theirs and the result. */
export interface WordCount {
  readonly word: string;
  base: number;
  ours: number;
  theirs: number;
  result: number;
}

/** What of a line is form and no word: the number of a list item, the prefix of a language class. */
const FORM = /^[\s>]*\d{1,9}[.)](?=\s)|\blanguage-/gm;
const MAY_HAVE_FORM = /^[\s>]*\d|language-/m;

/** Texts in pieces: lines, or units. */
type Pieces = readonly string[];

/**
 * Counts words of a merge side by side. Pieces that both sides added alike count as the base's, so that
 * ours + theirs - base is what independent changes make; pieces that all have alike are left out, as they
 * change no difference and are most of a file.
 */
export function countWords(base: Pieces, ours: Pieces, theirs: Pieces, result: Pieces): WordCount[] {
  const texts = new Map<string, [number, number, number, number]>();
  [base, ours, theirs, result].forEach((pieces, i) => {
    for (const text of pieces) {
      const row = texts.get(text);
      if (row) row[i] = (row[i] ?? 0) + 1;
      else texts.set(text, [i === 0 ? 1 : 0, i === 1 ? 1 : 0, i === 2 ? 1 : 0, i === 3 ? 1 : 0]);
    }
  });
  const counts = new Map<number, WordCount>();
  for (const [text, [b, o, t, r]] of texts) {
    const agreed = Math.max(b, Math.min(o, t));
    if (agreed === o && agreed === t && agreed === r) continue;
    eachWord(MAY_HAVE_FORM.test(text) ? text.replace(FORM, " ") : text, (hash, from, to, source) => {
      let row = counts.get(hash);
      if (!row) {
        row = { word: source.slice(from, to), base: 0, ours: 0, theirs: 0, result: 0 };
        counts.set(hash, row);
      }
      row.base += agreed;
      row.ours += o;
      row.theirs += t;
      row.result += r;
    });
  }
  return [...counts.values()];
}

/** Calls with every run of letters and digits and its hash (FNV-1a); far quicker than a pattern that makes strings. */
function eachWord(text: string, call: (hash: number, from: number, to: number, text: string) => void): void {
  let from = -1;
  let hash = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 0;
    if (isWordCode(code)) {
      if (from < 0) {
        from = i;
        hash = 0x811c9dc5 | 0;
      }
      hash = Math.imul(hash ^ code, 0x01000193);
    } else if (from >= 0) {
      call(hash, from, i, text);
      from = -1;
    }
  }
}

/** Letters and digits; above Latin-1 everything but the general punctuation and the ideographic. */
function isWordCode(code: number): boolean {
  if (code < 0x80) {
    return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
  }
  if (code < 0x100) return code >= 0xc0 && code !== 0xd7 && code !== 0xf7;
  return !(
    (code >= 0x2000 && code <= 0x206f) ||
    (code >= 0x3000 && code <= 0x303f) ||
    (code >= 0xff00 && code <= 0xff0f)
  );
}

const RUNS = /[\p{L}\p{M}\p{N}]+/gu;
/** Signs of scripts that put no room between words. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;

/** About how many words a text has; where nothing parts them, two signs count as one. */
export function numberOfWords(text: string): number {
  const runs = text.match(RUNS)?.length ?? 0;
  const unspaced = text.match(UNSPACED)?.length ?? 0;
  return unspaced < 4 ? runs : runs + Math.floor(unspaced / 2) - 1;
}
