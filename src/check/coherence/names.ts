/** A name in running text: words that begin with a capital, one or several in a row. */
export interface Name {
  readonly text: string;
  /** Offset of its first letter. */
  readonly at: number;
  /** Whether it stands within a sentence, where only names have a capital. */
  readonly isInside: boolean;
}

const RUN = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{M}’'-]*(?:[ \n]\p{Lu}[\p{L}\p{M}’'-]*)*/gu;

/** Words with a capital that name no place, person or work: the calendar, the school's, and what begins sentences. */
const NO_NAMES = new Set(
  [
    "monday tuesday wednesday thursday friday saturday sunday",
    "january february march april may june july august september october november december",
    "autumn spring summer winter christmas easter",
    "year years key stage stages lesson lessons unit units term terms week weeks part school",
    "i a an the this that these those it its he she they we you your our their his her my",
    "in on at of from to by for with without when where while after before as if then and but or so yet",
    "how why what who whom whose which each every all some many most both not no now here there",
    "ask give let use take make show read write draw tell say look find put keep begin end return",
  ]
    .join(" ")
    .split(" "),
);

/** The names in a text, without the words around them that only look like it. */
export function namesIn(text: string): Name[] {
  const names: Name[] = [];
  for (const match of text.matchAll(RUN)) {
    const words = [...match[0].matchAll(/[^ \n]+/g)].map((word) => ({
      text: word[0].replace(/[’']s?$/, "").replace(/-+$/, ""),
      at: match.index + word.index,
    }));
    // Words that are no names part a run: "In Norwich Market" is Norwich Market.
    let run: typeof words = [];
    const close = () => {
      const [first] = run;
      if (first !== undefined && run.some((word) => word.text.length > 2)) {
        const name = run.map((word) => word.text).join(" ");
        names.push({
          text: name,
          at: first.at,
          isInside: first.at > match.index || isInside(text, first.at),
        });
      }
      run = [];
    };
    for (const word of words) {
      if (NO_NAMES.has(word.text.toLowerCase())) close();
      else run.push(word);
    }
    close();
  }
  return names;
}

/** Whether what stands at an offset goes on a sentence: a letter, digit or comma before it, over one line end at most. */
export function isInside(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 80), at);
  return /[\p{Ll}\p{N},;][)"”’*_]*(?:[ ]+|[ ]*\n[ ]*)[("“‘*_]*$/u.test(before);
}

/** The sentence around an offset: to the nearest full stop, question mark or blank line on both sides. */
export function sentenceAt(text: string, at: number): string {
  let start = at;
  while (start > 0 && !isEnd(text, start - 1)) start--;
  let end = at;
  while (end < text.length && !isEnd(text, end)) end++;
  return text.slice(start, end);
}

function isEnd(text: string, at: number): boolean {
  const sign = text[at] ?? "";
  if (sign === "\n") return /^\n[ \t]*(?:\n|[-*+|>#]|\d+[.)])/.test(text.slice(at, at + 20));
  return ".?!".includes(sign) && /^(?:["”’*_)]*\s|$)/.test(text.slice(at + 1, at + 8));
}

/** Offsets at which words stand in a text, whole words only, any white space between them. */
export function placesOf(text: string, words: string, isExact: boolean): number[] {
  const [first = ""] = words.split(" ");
  const haystack = isExact ? text : text.toLowerCase();
  if (!haystack.includes(isExact ? first : first.toLowerCase())) return [];
  const pattern = words
    .split(" ")
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("[ \\n]+[>|]?[ ]*");
  const found = text.matchAll(
    new RegExp(`(?<![\\p{L}\\p{N}-])${pattern}(?![\\p{L}\\p{N}])`, isExact ? "gu" : "giu"),
  );
  return [...found].map((match) => match.index);
}
