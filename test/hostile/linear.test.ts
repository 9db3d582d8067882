import { expect, test } from "vitest";
import { looksLikePupilData } from "../../src/adaptation/privacy.ts";
import { findAlone } from "../../src/check/index.ts";
import { diffDocuments } from "../../src/compare/diff.ts";
import { parseAddress } from "../../src/curriculum/address.ts";
import { readDocument } from "../../src/curriculum/read.ts";
import { mergeDocument } from "../../src/merge/document.ts";

/** Signs that patterns stumble over, as a line or lines of any length. */
const LINES: Readonly<Record<string, (size: number) => string>> = {
  "spaces before a letter": (size) => `${" ".repeat(size)}x`,
  "spaces inside a line": (size) => `x${" ".repeat(size)}x`,
  "tabs and spaces": (size) => `${"\t ".repeat(size / 2)}x`,
  "carriage returns": (size) => `x${"\r".repeat(size)}x`,
  "opening brackets": (size) => "[".repeat(size),
  "links that do not end": (size) => "[a](".repeat(size / 4),
  "pictures that do not end": (size) => "![a".repeat(size / 3),
  backticks: (size) => "`a``b".repeat(size / 5),
  asterisks: (size) => "*a **b ".repeat(size / 7),
  underscores: (size) => "_".repeat(size),
  "tags that do not end": (size) => "<a b='".repeat(size / 6),
  "comments that do not end": (size) => "<!--".repeat(size / 4),
  entities: (size) => "&#".repeat(size / 2),
  backslashes: (size) => "\\".repeat(size),
  braces: (size) => "{: .a ".repeat(size / 6),
  "spaces in a heading": (size) => `# a${" ".repeat(size)}x`,
  "spaces in a task": (size) => `--- a${" ".repeat(size)}x`,
  "quotes before a word": (size) => `${"> ".repeat(Math.min(size / 2, 2 ** 16))}x`,
  "quotes in every line": (size) => `${"> > > > > > > > > > > > > > x\n".repeat(size / 32)}`,
  "heading marks": (size) => `# a ${"#".repeat(size)} x`,
  "identifiers of headings": (size) => `## ${"{#a".repeat(size / 3)}`,
  colons: (size) => ":::".repeat(size / 3),
  "cells of a table": (size) => `${"|a".repeat(size / 2)}\n${"|-".repeat(size / 2)}`,
  quotes: (size) => "> ".repeat(size / 2),
  "list marks": (size) => "- ".repeat(size / 2),
  "numbers and dots": (size) => "1.".repeat(size / 2),
  letters: (size) => "a".repeat(size),
  sentences: (size) => "A. ".repeat(size / 3),
  "full stops": (size) => ".".repeat(size),
  "conflict marks": (size) => "<".repeat(size),
  "addresses of pages": (size) => "http://a.b/".repeat(size / 11),
  "addresses of letters": (size) => "a@".repeat(size / 2),
  "accents on one letter": (size) => `e${"\u0301".repeat(size / 2)}`,
};

const FIELDS: Readonly<Record<string, (size: number) => string>> = {
  "a key without an end": (size) => "a".repeat(size),
  "spaces in a key": (size) => `a${" ".repeat(size)}b`,
  "quotation marks": (size) => `a: ${"'".repeat(size)}`,
  "open braces": (size) => `a: ${"{".repeat(size / 64)}`,
  "colons in a field": (size) => `a: ${"b: ".repeat(size / 3)}`,
  "number signs": (size) => `a: ${" #".repeat(size / 2)}`,
  "items in a row": (size) => `a: [${"b, ".repeat(size / 3)}b]`,
  "spaces after a key": (size) => `a:${" ".repeat(size)}b`,
  "dashes in a row": (size) => `a:\n  ${"- ".repeat(size / 512)}b`,
};

const PATH = "subjects/history/units/y8-trade/unit.md";
const asBody = (line: string, word: string): string =>
  `---\nid: y8-trade\ntype: unit\n---\n\n# Trade\n\n${word} before\n\n${line}\n\n## Next\n\n${line} ${word}\n`;
const asFields = (fields: string, word: string): string =>
  `---\nid: y8-trade\ntype: unit\n${fields}\n---\n\n# Trade\n\n${word}\n`;

const LABELS = { ours: "here", base: "before", theirs: "upstream" };

/** What is done with every text that comes in. */
const WORK: Readonly<Record<string, (make: (word: string) => string) => unknown>> = {
  slicing: (make) => readDocument(PATH, make("wool")).passages.map(({ normal }) => normal),
  comparing: (make) => diffDocuments(readDocument(PATH, make("wool")), readDocument(PATH, make("cod"))),
  merging: (make) =>
    mergeDocument({
      path: PATH,
      base: make("wool"),
      ours: make("cod"),
      theirs: make("flax"),
      labels: LABELS,
    }),
  checking: (make) => findAlone(readDocument(PATH, make("wool"))),
};

/** Processor time in milliseconds, the least of a few runs. */
function cost(work: () => unknown, runs: number): number {
  const times = Array.from({ length: runs }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

/** Between proportion and the square, with room for garbage and for whoever else is at work. */
const MOST = 9;

/** Below this much time in milliseconds, start-up and garbage are most of what is measured. */
const ENOUGH = 60;
const LARGEST = 1 << 18;

/**
 * How much longer four times as much takes: 4 where time is in proportion, 16 where it grows with the square. The size
 * is doubled until there is something to measure; null where a quarter of a megabyte takes next to nothing.
 */
function growth(work: (size: number) => unknown): number | null {
  for (let size = 1 << 13; size <= LARGEST; size *= 2) {
    if (cost(() => work(size), 1) < ENOUGH) continue;
    const measured = (): number => cost(() => work(4 * size), 1) / cost(() => work(size), 2);
    const first = measured();
    // A machine that was busy with something else is asked once more.
    return first < MOST ? first : Math.min(first, measured());
  }
  return null;
}

const TEXTS = [
  ...Object.entries(LINES).map(
    ([name, make]) => [name, (size: number, word: string) => asBody(make(size), word)] as const,
  ),
  ...Object.entries(FIELDS).map(
    ([name, make]) => [name, (size: number, word: string) => asFields(make(size), word)] as const,
  ),
];

for (const [doing, work] of Object.entries(WORK)) {
  test.each(TEXTS)(`${doing}: %s`, (_, make) => {
    const grown = growth((size) => work((word) => make(size, word)));
    expect(grown ?? 4).toBeLessThan(MOST);
  });
}

test.each(Object.entries(LINES))("addresses and reasons: %s", (_, make) => {
  const grown = growth((size) => {
    parseAddress(`y8-trade#${make(size)}`);
    looksLikePupilData(make(size));
  });
  expect(grown ?? 4).toBeLessThan(MOST);
});
