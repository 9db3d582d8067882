import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonPlaces } from "../../../src/compare/common-words.ts";
import { inversions } from "../../../src/compare/order.ts";
import { wordDiff } from "../../../src/compare/word-diff.ts";
import { wordEdits, wordListEdits } from "../../../src/compare/word-edits.ts";
import { wordsOf } from "../../../src/compare/words.ts";

const word = fc.constantFrom("a", "b", "c", "wool", "wine");
const words = fc.array(word, { maxLength: 80 });

/** The longest common subsequence by the book. */
function common(a: string[], b: string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const left of a) {
    const next = [0];
    b.forEach((right, at) => {
      next.push(left === right ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    });
    row = next;
  }
  return row.at(-1) ?? 0;
}

describe("words", () => {
  it("are runs without white space, and words of scripts without spaces", () => {
    expect(wordsOf("one, two\n three")).toEqual(["one,", "two", "three"]);
    expect(wordsOf("日本語の授業 ok").length).toBeGreaterThan(3);
    expect(wordsOf("")).toEqual([]);
  });

  it("of scripts without spaces are told apart wherever such a sign stands", () => {
    const segmenter = new Intl.Segmenter("und", { granularity: "word" });
    const scripts =
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
    for (let code = 0, met = 0; code <= 0x10ffff; code++) {
      const sign = String.fromCodePoint(code);
      // Of tens of thousands of signs, some.
      if (!scripts.test(sign) || ++met % 101 > 0) continue;
      const parts = [...segmenter.segment(`wool${sign}`)].map(({ segment }) => segment);
      expect(wordsOf(`wool${sign}`)).toEqual(parts);
    }
  });

  it("are counted the same whatever two texts share at their ends", () => {
    const part = fc.constantFrom("wool", "wine", "\u2019s", "\u201ca", "漢字", "\u{20000}", "é", "a");
    const gap = fc.constantFrom(" ", " ", "\n", "  ", "\u00a0", "\u2003", "\t", "");
    const text = fc.array(fc.tuple(part, gap), { maxLength: 8 }).map((all) => all.flat().join(""));
    fc.assert(
      fc.property(text, text, text, text, (start, a, b, end) => {
        const [before, after] = [start + a + end, start + b + end];
        expect(wordEdits(before, after)).toEqual(wordListEdits(wordsOf(before), wordsOf(after)));
      }),
      { numRuns: 500 },
    );
  });

  it("that are replaced are one edit, and N added are N", () => {
    expect(wordEdits("a b c", "a x c")).toEqual({ added: 1, removed: 1, edits: 1, of: 3 });
    fc.assert(
      fc.property(words, words, fc.nat(), (old, fresh, at) => {
        const place = at % (old.length + 1);
        const grown = [...old.slice(0, place), ...fresh, ...old.slice(place)];
        const counted = { added: fresh.length, removed: 0, edits: fresh.length, of: grown.length };
        expect(wordEdits(old.join(" "), grown.join(" "))).toEqual(counted);
      }),
    );
  });

  it("are counted by the longest common subsequence", () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const shared = common(a, b);
        expect(wordEdits(a.join(" "), b.join(" "))).toEqual({
          added: b.length - shared,
          removed: a.length - shared,
          edits: Math.max(a.length, b.length) - shared,
          of: Math.max(a.length, b.length),
        });
      }),
    );
  });

  it("of huge texts are counted too", () => {
    const text = (step: number) =>
      Array.from({ length: 60_000 }, (_, at) => `w${(at * step) % 997}`).join(" ");
    expect(wordEdits(text(7), text(11)).of).toBe(60_000);
  });
});

describe("the places of common words", () => {
  it("are as many as the longest common subsequence has, each on both sides, in order", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 80 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const pairs = commonPlaces(a, b);
        expect(pairs.map(([x]) => a[x])).toEqual(pairs.map(([, y]) => b[y]));
        for (const side of [0, 1] as const) {
          const places = pairs.map((pair) => pair[side]);
          expect(places).toEqual([...new Set(places)].sort((x, y) => x - y));
        }
        const { edits, of } = wordListEdits(a, b);
        expect(pairs.length).toBe(of - edits);
      }),
    );
  });
});

describe("wordDiff", () => {
  it("shows runs", () => {
    expect(wordDiff("who worked in a mill.\n", "who worked on the docks.\n")).toEqual([
      { kind: "same", words: ["who", "worked"] },
      { kind: "removed", words: ["in", "a", "mill."] },
      { kind: "added", words: ["on", "the", "docks."] },
    ]);
    expect(wordDiff("a\nb", "a b")).toEqual([{ kind: "same", words: ["a", "b"] }]);
  });

  it("holds both texts whole", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const runs = wordDiff(a, b);
        const without = (kind: string) => runs.flatMap((run) => (run.kind === kind ? [] : run.words));
        expect(without("removed")).toEqual(b.match(/\S+/g) ?? []);
        expect(without("added")).toEqual(a.match(/\S+/g) ?? []);
      }),
    );
  });
});

describe("inversions", () => {
  it("counts pairs that stand the other way round", () => {
    expect(inversions(["a", "b", "c"], ["c", "b", "a"])).toEqual({ inverted: 3, pairs: 3 });
    expect(inversions(["a", "b", "c"], ["a", "x", "b", "c"])).toEqual({ inverted: 0, pairs: 3 });
    expect(inversions([], ["a"])).toEqual({ inverted: 0, pairs: 0 });
  });
});
