import fc from "fast-check";
import { expect, it } from "vitest";
import { wordsOf } from "../../../src/compare/words.ts";
import { readDocument } from "../../../src/curriculum/read.ts";
import { totalsOf } from "../../../src/drift/document-totals.ts";
import { countPassages } from "../../../src/drift/totals.ts";
import { fieldTotalsAtGlance, sectionsAtGlance } from "../../../src/drift/totals-at-glance.ts";
import { outlineOf } from "../../../src/version/check/outline.ts";
import { filesIn } from "../../unit/curriculum/files.ts";
import { markdownText } from "../../unit/curriculum/texts.ts";

const FIELDS = [
  "id: y8-trade",
  "title: Trade in medieval England",
  'why: "Wool, wine:  and war"',
  "minutes: 60",
  "note:",
  "note: ''",
  "texts: []",
  "texts: [Domesday,  The Pilgrims]",
  "context: {place: Grimsby, pp: 47}",
  "context: {}",
  "requires:\n  - y7-conquest\n  - y7  local study",
  "outcomes:\n  - {id: o1, text: Describe it.}\n  - id: o2\n    text: Explain it well.",
  "outcomes: [{id: o1, text: One}, {id: o1, text: Two}]",
  "keywords:\n  - keyword: toll\n    description: what a market takes\n  # for the harbour\n  - keyword: toll",
  "misconceptions:\n  - {response: none}",
  "safety: |\n  Goggles.\n\n  Hair tied back.",
  "safety: >-\n  Goggles.\n  Hair tied back.",
  "more: plain text\n  that goes on",
  "deep:\n  - - a",
  "deep: {a: {b: [c, {d: e f}]}}",
  "empty: [ {}, [] ]",
  "bar: '|'",
  "# a comment",
  "",
];
const LINES = [
  ..."words and more words|  an indented line|# One|## Two ##|#|- item\n  goes on|1. item\n2. item| a\t b  c|* * *|***".split(
    "|",
  ),
  "> quoted\n> again",
  "- > quoted\n  > again",
  "a | b\n|---|---|\n| c | d |",
  "[note]: https://example.org",
  "`two  spaces`  here",
  "caf\u00e9 cafe\u0301 \u201cquoted\u201d",
  "a\u00a0b\u2003c\u202fd\fe\vf",
  "wool\\\nwine",
  "\u6f22\u5b57\n\u6f22\u5b57",
  "```\ncode  here\n```",
  "## Two {#named}",
  "\\> no quote",
  "<!-- a  note -->",
  "<!--\n# a  note\n\n  for one -->",
  "\n---",
  "::: challenge",
  ":::::: {.challenge #two}",
  ":::",
  "::::::::",
  "&gt; <b>no</b>",
];

const yaml = fc.array(fc.constantFrom(...FIELDS), { maxLength: 6 }).map((all) => all.join("\n"));
const body = fc.oneof(
  markdownText,
  fc
    .array(fc.tuple(fc.constantFrom(...LINES), fc.constantFrom("\n", "\n\n", "\r\n", "  \n")), {
      maxLength: 12,
    })
    .map((all) => all.flat().join("")),
);
const file = fc.oneof(
  fc.tuple(fc.constant("a.yaml"), yaml),
  fc.tuple(fc.constant("a.md"), body),
  fc.tuple(
    fc.constant("a.md"),
    fc.tuple(yaml, body).map(([above, below]) => `---\n${above}\n---\n${below}`),
  ),
);

const counted = (path: string, text: string) => {
  const document = readDocument(path, text);
  return { quick: totalsOf(document), full: countPassages(document.passages) };
};

it("a glance counts what the passages count, whatever the file", () => {
  let told = 0;
  fc.assert(
    fc.property(file, ([path, text]) => {
      const { quick, full } = counted(path, text);
      expect(quick).toEqual(full);
      const { yaml } = readDocument(path, text);
      if ((path === "a.yaml" ? yaml && fieldTotalsAtGlance(yaml) : sectionsAtGlance(text)) !== null) told++;
    }),
    { numRuns: 1_000 },
  );
  expect(told).toBeGreaterThan(200);
}, 30_000);

/** The words of each passage, at a glance where that tells, and by its normal form. */
const outlined = (path: string, text: string) => {
  const document = readDocument(path, text);
  const passages = document.passages.filter(({ kind }) => kind !== "order");
  return {
    quick: outlineOf(document).passages,
    full: passages.map(({ key, normal }) => ({ key, words: wordsOf(normal).length })),
  };
};

it("a glance tells the words of every passage, whatever the file", () => {
  fc.assert(
    fc.property(file, ([path, text]) => {
      const { quick, full } = outlined(path, text);
      expect(quick).toEqual(full);
    }),
    { numRuns: 1_000 },
  );
  for (const { path, text } of [...filesIn("fixtures"), ...filesIn("templates")]) {
    const { quick, full } = outlined(path, text);
    expect(quick, path).toEqual(full);
  }
}, 30_000);

it.each(["fixtures", "templates"])("a glance counts what the passages count, in %s", (folder) => {
  for (const { path, text } of filesIn(folder)) {
    const { quick, full } = counted(path, text);
    expect(quick, path).toEqual(full);
  }
});

it("a glance is enough for most sections of the example trust", () => {
  const all = filesIn("fixtures/trust/curriculum/subjects").filter(({ path }) => path.endsWith(".md"));
  const told = all.filter(
    ({ path, text }) => sectionsAtGlance(text.slice(readDocument(path, text).frontMatter.length)) !== null,
  );
  expect(told.length / all.length).toBeGreaterThan(0.6);
});
