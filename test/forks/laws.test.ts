import { describe, expect, it } from "vitest";
import { readDocument } from "../../src/curriculum/read.ts";
import { measured, totals } from "../unit/drift/measured.ts";
import { CORPUS, CORPUS_THERE, corpusCases } from "./corpus-cases.ts";

/** Another form of a text with the same words; null where nothing of the kind stands in it. */
type Form = (text: string) => string | null;

const NAME = CORPUS_THERE ? "the measure on real lessons" : `the measure on real lessons (absent: ${CORPUS})`;

describe.skipIf(!CORPUS_THERE)(NAME, () => {
  // Another form of a whole text takes as long to read as the text, so not every text is tried.
  const forms: Readonly<Record<string, { readonly form: Form; readonly every: number }>> = {
    "line ends": { form: withCrLf, every: 4 },
    "trailing space": { form: withTrailingSpace, every: 1 },
    wrapping: { form: rewrapped, every: 1 },
    "the order of keys": { form: withKeysReversed, every: 2 },
  };
  for (const [name, { form, every }] of Object.entries(forms)) {
    it(`${name} measures 0`, () => {
      const seen = eachText(every, (path, base, id) => {
        const local = form(base);
        if (local === null || local === base) return false;
        const { status, figures } = drift(path, base, local);
        expect(figures.diverged, id).toMatchObject({ passages: 0, words: 0, order: 0, structure: 0 });
        expect(status, id).toBe("same");
        return true;
      });
      expect(seen).toBeGreaterThan(LEAST);
    });
  }

  it("a pure move has no words and some order", () => {
    const seen = eachText(1, (path, base, id) => {
      const local = withSectionMoved(path, base);
      if (local === null) return false;
      const { diverged } = drift(path, base, local).figures;
      expect(diverged, id).toMatchObject({ passages: 1, words: 0, structure: 0 });
      expect(diverged.order > 0 && diverged.order <= 1, id).toBe(true);
      return true;
    });
    expect(seen).toBeGreaterThan(LEAST);
  });

  it("N words added to W measure N of W + N", () => {
    let added = 0;
    const seen = eachText(1, (path, base, id) => {
      const words = (added % 30) + 1;
      const local = withWordsAdded(base, words);
      if (local === null) return false;
      added += words;
      const { diverged } = drift(path, base, local).figures;
      const { words: before } = totals({ [path]: base });
      expect(diverged, id).toMatchObject({ passages: 1, words, of: before + words });
      return true;
    });
    expect(seen).toBeGreaterThan(LEAST);
  });
});

/** So many texts at least a law has to be tried on, so that it says something of real lessons. */
const LEAST = 50;

/** Looks at texts as they were before both sides changed them; returns how many a law could be tried on. */
function eachText(every: number, look: (path: string, text: string, id: string) => boolean): number {
  const texts = new Map(
    corpusCases().map(({ facts: { id, ext }, text }) => [text("base"), { id, path: `lessons/lesson${ext}` }]),
  );
  return [...texts].filter(([text, { path, id }], at) => at % every === 0 && look(path, text, id)).length;
}

function drift(path: string, base: string, local: string) {
  return measured({ base: { [path]: base }, local: { [path]: local } });
}

function withCrLf(text: string): string {
  return text.replace(/\r?\n/g, "\r\n");
}

function withTrailingSpace(text: string): string | null {
  return overProse(text, (paragraph) => paragraph.replaceAll("\n", " \n"));
}

function rewrapped(text: string): string | null {
  return overProse(text, (paragraph) => {
    const words = paragraph.trim().split(/\s+/);
    return `${words
      .map((word, at) => word + (at % 3 === 2 ? "\n" : " "))
      .join("")
      .trim()}\n`;
  });
}

/** Lines of words and commas between blank ones: nothing that Markdown could read as anything but prose. */
const PROSE = /(?<=\n\n)(?:[A-Za-z][A-Za-z ,;'’]*[A-Za-z,]\n)*[A-Za-z][A-Za-z ,;'’]*[A-Za-z]\.\n(?=\n)/g;

function overProse(text: string, change: (paragraph: string) => string): string | null {
  const parts = partsOf(text);
  return parts === null
    ? null
    : parts.map(({ isCode, lines }) => (isCode ? lines : lines.replace(PROSE, change))).join("");
}

/**
 * A text in turns of code and of what is none, told by its fences alone; null where the marks of other blocks that
 * may hold anything stand in it, so that no edit here changes what they are.
 */
function partsOf(text: string): { readonly isCode: boolean; readonly lines: string }[] | null {
  const end = /^---\n[\s\S]*?\n---\n/.exec(text)?.[0].length ?? 0;
  const body = text.slice(end);
  if (/<!--|^ *:::|<(pre|script|style|textarea|div|table)\b|\$\$|\{%|\r|^ *[>*\d.-]+ *(```|~~~)/im.test(body))
    return null;
  const parts = [{ isCode: true, lines: text.slice(0, end) }];
  let fence: string | null = null;
  for (const line of body.split(/(?<=\n)/)) {
    const mark = /^ *(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    const isClosed: boolean = mark?.startsWith(fence ?? " ") === true && /^ *[`~]+\s*$/.test(line);
    const isCode = fence !== null || mark !== null;
    fence = isClosed ? null : (fence ?? mark);
    const last = parts.at(-1);
    if (last?.isCode === isCode) last.lines += line;
    else parts.push({ isCode, lines: line });
  }
  return fence === null ? parts : null;
}

/** Front matter that can be read, with its fields the other way round. */
function withKeysReversed(text: string): string | null {
  const [whole, fields = ""] = /^---\n((?:[A-Za-z_]+:[^\n]*\n(?:(?: +|- )[^\n]*\n)*)+)---\n/.exec(text) ?? [];
  if (whole === undefined || readDocument("lesson.md", text).problems.length > 0) return null;
  const entries = fields.split(/(?<=\n)(?=[A-Za-z_])/);
  return `---\n${entries.reverse().join("")}---\n${text.slice(whole.length)}`;
}

/** The first section of the second level put last, in a text that has no name of a section twice. */
function withSectionMoved(path: string, text: string): string | null {
  const parts = partsOf(text);
  if (parts === null) return null;
  const sections: string[] = [""];
  for (const { isCode, lines } of parts) {
    const [first = "", ...more] = isCode ? [lines] : lines.split(/(?<=\n\n|^)(?=## )/);
    sections[sections.length - 1] += first;
    sections.push(...more);
  }
  const [before = "", first, ...rest] = sections;
  const keys = readDocument(path, text).passages.flatMap(({ key, kind }) =>
    kind === "section" ? [key] : [],
  );
  if (first === undefined || rest.length === 0 || keys.some((key) => /[~/]/.test(key))) return null;
  return before + [...rest, first].map((section) => `${section.trimEnd()}\n\n`).join("");
}

/** A paragraph of so many new words above the second heading of the second level. */
function withWordsAdded(text: string, words: number): string | null {
  const prose = partsOf(text)?.find(({ isCode, lines }) => !isCode && /\n\n## /.test(lines));
  if (prose === undefined) return null;
  const at = text.indexOf(prose.lines) + prose.lines.indexOf("\n\n## ");
  const added = Array.from({ length: words }, (_, index) => `quayside${index}`).join(" ");
  return `${text.slice(0, at)}\n\n${added}${text.slice(at)}`;
}
