import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordsOf } from "../../../src/compare/words.ts";
import { markdownText } from "../../unit/curriculum/texts.ts";
import { measured, totals } from "../../unit/drift/measured.ts";

const PATH = "lesson.md";
const WORDS = ["wool", "wine", "market", "harbour", "toll", "guild", "trade", "fair", "salt", "ship"];
const HEADINGS = ["Starter", "Task", "Case study", "Plenary", "Homework", "Sources"];

interface Lesson {
  readonly fields: readonly (readonly [name: string, words: readonly string[]])[];
  readonly sections: readonly { readonly heading: string; readonly paragraphs: readonly string[][] }[];
}

const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 30 });
const lesson: fc.Arbitrary<Lesson> = fc.record({
  fields: fc.uniqueArray(fc.tuple(fc.constantFrom("title", "minutes", "safety", "texts"), words), {
    selector: ([name]) => name,
    minLength: 1,
  }),
  sections: fc.uniqueArray(
    fc.record({
      heading: fc.constantFrom(...HEADINGS),
      paragraphs: fc.array(words, { minLength: 1, maxLength: 4 }),
    }),
    { selector: ({ heading }) => heading, minLength: 2 },
  ),
});

function write({ fields, sections }: Lesson, join: (words: readonly string[]) => string = inline): string {
  const front = fields.map(([name, value]) => `${name}: ${value.join(" ")}\n`).join("");
  const body = sections.map(({ heading, paragraphs }) =>
    [`## ${heading}`, ...paragraphs.map(join)].join("\n\n"),
  );
  return `---\n${front}---\n\n${body.join("\n\n")}\n`;
}

function inline(all: readonly string[]): string {
  return all.join(" ");
}

function wrapped(width: number): (all: readonly string[]) => string {
  return (all) =>
    all.map((word, at) => (at === 0 ? word : at % width === 0 ? `\n${word}` : ` ${word}`)).join("");
}

const of = (text: string) => totals({ [PATH]: text }).words;
const drift = (base: string, local: string, next = base) =>
  measured({ base: { [PATH]: base }, local: { [PATH]: local }, next: { [PATH]: next } });

describe("form is no drift", () => {
  it("wrapping, line ends, trailing space and the order of keys measure 0", () => {
    fc.assert(
      fc.property(lesson, fc.integer({ min: 1, max: 9 }), (source, width) => {
        const base = write(source);
        const forms = [
          write(source, wrapped(width)),
          base.replaceAll("\n", "\r\n"),
          base.replaceAll("\n", " \n"),
          write({ ...source, fields: [...source.fields].reverse() }),
        ];
        for (const local of forms) {
          const { status, figures } = drift(base, local);
          expect(status).toBe("same");
          expect(figures.diverged).toMatchObject({
            passages: 0,
            words: 0,
            of: of(base),
            order: 0,
            structure: 0,
          });
        }
      }),
    );
  });
});

describe("measures", () => {
  it("a pure move has no words and some order", () => {
    fc.assert(
      fc.property(lesson, fc.nat(), fc.nat(), (source, from, to) => {
        const sections = [...source.sections];
        const [moved] = sections.splice(from % sections.length, 1);
        if (moved) sections.splice(to % (sections.length + 1), 0, moved);
        const local = { ...source, sections };
        fc.pre(sections.some((section, at) => section !== source.sections[at]));
        const { diverged } = drift(write(source), write(local)).figures;
        expect(diverged).toMatchObject({ passages: 1, words: 0, structure: 0 });
        expect(diverged.order).toBeGreaterThan(0);
        expect(diverged.order).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("N words added to W measure N of W + N", () => {
    fc.assert(
      fc.property(lesson, fc.nat(), words, (source, where, added) => {
        const at = where % source.sections.length;
        const sections = source.sections.map((section, place) =>
          place === at ? { ...section, paragraphs: [...section.paragraphs, added] } : section,
        );
        const base = write(source);
        const { diverged } = drift(base, write({ ...source, sections })).figures;
        expect(diverged).toMatchObject({ passages: 1, words: added.length, of: of(base) + added.length });
      }),
    );
  });

  it("W counts the words that stand there", () => {
    fc.assert(
      fc.property(lesson, (source) => {
        const headings = source.sections.flatMap(({ heading }) => wordsOf(`## ${heading}`));
        const prose = source.sections.flatMap(({ paragraphs }) => paragraphs.flat());
        const values = source.fields.flatMap(([, value]) => value);
        const counted = of(write(source)) - headings.length - prose.length - values.length;
        // Whether a field's name is a word of it is the normal form's affair; it is so for all fields alike.
        expect([0, source.fields.length]).toContain(counted);
      }),
    );
  });
});

describe("any two texts", () => {
  it("keep the parts within the whole", () => {
    fc.assert(
      fc.property(markdownText, markdownText, markdownText, (base, local, next) => {
        const { figures } = drift(base, local, next);
        const { behind, diverged, undeclared } = figures;
        expect(undeclared.words).toBeLessThanOrEqual(diverged.words);
        expect(undeclared.passages).toBeLessThanOrEqual(diverged.passages);
        expect(diverged.words).toBeLessThanOrEqual(diverged.of);
        expect(behind.words).toBeLessThanOrEqual(behind.of);
        expect(diverged.of).toBeGreaterThanOrEqual(Math.max(of(base), of(local)));
        for (const share of [diverged.order, diverged.structure]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("are the same where they are identical, and nothing is behind that was taken whole", () => {
    fc.assert(
      fc.property(markdownText, markdownText, (base, next) => {
        expect(drift(base, base).status).toBe("same");
        const { status, figures } = drift(base, next, next);
        expect(status).toBe("same");
        expect(figures.behind).toMatchObject({ passages: 0, words: 0 });
      }),
    );
  });

  it("are as far behind as upstream has gone where nothing changed here", () => {
    fc.assert(
      fc.property(markdownText, markdownText, (base, next) => {
        const behind = drift(base, base, next).figures.behind;
        const diverged = drift(base, next).figures.diverged;
        expect(behind).toMatchObject({ passages: diverged.passages, words: diverged.words, of: diverged.of });
      }),
    );
  });
});
