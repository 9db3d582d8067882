import fc from "fast-check";
import { parseRecord } from "../../src/adaptation/record.ts";
import { diffDocuments } from "../../src/compare/diff.ts";
import { formatAddress, parseAddress } from "../../src/curriculum/address.ts";
import { findPassage } from "../../src/curriculum/find.ts";
import { readDocument } from "../../src/curriculum/read.ts";
import { validateDocument } from "../../src/curriculum/validate.ts";
import { Failure } from "../../src/failure.ts";
import { asSide } from "../../src/merge/conflict.ts";
import { mergeDocument } from "../../src/merge/document.ts";
import { applyFirst } from "../../src/merge/suggest.ts";
import { leewayOf } from "../../src/rules/leeway.ts";
import { parseRules } from "../../src/rules/rules.ts";
import { addDownstream, parseDownstream } from "../../src/version/downstream.ts";
import { parseVersionFile } from "../../src/version/version-file.ts";
import { markdownText, yamlText } from "../unit/curriculum/texts.ts";

/** What holds for any text whatever; the values can be written as JSON, so that a failure can be kept. */
export interface Law<T = unknown> {
  readonly name: string;
  readonly values: fc.Arbitrary<T>;
  /** Throws where the law does not hold. */
  readonly holds: (value: T) => void;
}

const LABELS = { ours: "Grimsby", base: "edition 1", theirs: "edition 2" };

/** Signs that mean something to Markdown, to YAML, to a terminal or to JavaScript. */
const sign = fc.constantFrom(
  ..."\n|\n\n|\r\n|\r|\t| |  |---\n|...\n|# |## |:::|```\n|~~~|> |- |* |1. |{: .a}|{#id}|[x](y)|![a](b)|<!--|-->|<div>|$$".split(
    "|",
  ),
  ..."|: |:|, |{|}|[|]|'|\"|&a|*a|<<: *a|? |! |!!str |%YAML|>-\n|#|@|~2|!order|%20|%|\\".split("|"),
  "|\n",
  "| a | b |\n|---|---|\n",
  "<<<<<<< ours\n",
  "||||||| base\n",
  "=======\n",
  ">>>>>>> theirs\n",
  ..."id: |title: |outcomes:\n  - id: o1\n|rules:\n|passages: |leeway: none\n|because: |holds: |at: |url: |__proto__: |constructor: |prototype|toString|hasOwnProperty".split(
    "|",
  ),
  "\0",
  "\u001b[31m",
  "\u202e",
  "\u2066",
  "\ufeff",
  "\u0085",
  "\u2028",
  "\ud800",
  "é",
  "e\u0301",
  "🚢",
);

const noise = fc
  .array(fc.oneof({ weight: 3, arbitrary: sign }, { weight: 1, arbitrary: fc.string({ maxLength: 4 }) }), {
    maxLength: 60,
  })
  .map((all) => all.join(""));

/** Good text that something was spliced into. */
function spoilt(good: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(good, fc.array(fc.tuple(fc.nat(), fc.nat(20), noise), { maxLength: 3 }))
    .map(([text, splices]) =>
      splices.reduce((now, [at, cut, put]) => {
        const from = at % (now.length + 1);
        return now.slice(0, from) + put + now.slice(from + cut);
      }, text),
    );
}

const text = fc.oneof(noise, spoilt(markdownText), spoilt(yamlText));
const path = fc.constantFrom("subjects/a/unit.md", "lesson.md", "plan.yaml", "notes.txt");

const edits = fc.array(fc.tuple(fc.nat(), fc.nat(30), fc.oneof(noise, fc.constantFrom("trade", "Docks. "))), {
  maxLength: 3,
});
const edited = (base: string, all: readonly (readonly [number, number, string])[]): string =>
  all.reduce((now, [at, cut, put]) => {
    const from = at % (now.length + 1);
    return now.slice(0, from) + put + now.slice(from + cut);
  }, base);
const three = fc.tuple(path, text, edits, edits).map(([name, base, left, right]) => ({
  path: name,
  base,
  ours: edited(base, left),
  theirs: edited(base, right),
}));

const VERSION = `id: grimsby
name: Harbour Academy Grimsby
layer: school
upstream: {id: north, url: ../north.git, branch: main, group: all}
base: {commit: 1f3c0a1f3c0a1f3c0a1f3c0a1f3c0a1f3c0a1f3c, edition: autumn}
holds:
  - {at: "subjects/science/**", base: 1f3c0a1f3c0a1f3c0a1f3c0a1f3c0a1f3c0a1f3c, why: Later, until: 2027-02-19}
takes: {upstream: [".github/**"], ours: ["y8-trade#case-study"]}
`;
const RULES = `default: reason
rules:
  - {passages: "unit@outcomes", leeway: none, because: "Tested everywhere", except: [willow]}
  - {passages: "lesson#*", leeway: free}
`;
const RECORD = `id: grimsby/docks
title: Docks
kind: replace
for: [place]
why: Families work there.
passages:
  - {at: "y8-trade#case-study", base: n1:5b2f9c0148aa31d0, local: null}
status: active
`;
const BELOW = "- {id: grimsby, name: Harbour Academy, layer: school, url: ../grimsby.git, group: all}\n";

/** A file of Leeway's own is read, or refused in words that name it. */
function readOrRefused<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== "usage" || !error.where) throw error;
    if (/undefined|\[object|\n\s+at /.test(error.message))
      throw new Error(`not for people: ${error.message}`);
    return null;
  }
}

function equal(found: unknown, wanted: unknown, what: string): void {
  if (found !== wanted) throw new Error(`${what}: ${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`);
}

/** Half of a surrogate pair has no UTF-8. */
function isWellFormed(words: string): boolean {
  return !/\p{Surrogate}/u.test(words);
}

function law<T>(name: string, values: fc.Arbitrary<T>, holds: (value: T) => void): Law {
  return { name, values, holds } as Law;
}

export const LAWS: readonly Law[] = [
  law("slices", fc.record({ path, text }), ({ path, text }) => {
    const document = readDocument(path, text);
    const { slices, passages } = document;
    equal(slices.map(({ start, end }) => text.slice(start, end)).join(""), text, "joined slices");
    equal(new Set(slices.map(({ name }) => name)).size, slices.length, "names of slices");
    equal(new Set(passages.map(({ key }) => key)).size, passages.length, "keys of passages");
    for (const passage of passages) {
      equal(typeof passage.normal, "string", passage.key);
      const { passage: key } = parseAddress(formatAddress(document.id, passage.key));
      equal(key, passage.key.trimEnd(), "address of a passage");
    }
    validateDocument(document);
    equal(diffDocuments(document, readDocument(path, text)).passages.length, 0, "what differs from itself");
  }),
  law("addresses", fc.record({ id: fc.oneof(noise, fc.string()), wanted: noise, text }), (value) => {
    const { document, passage } = parseAddress(value.wanted);
    equal(typeof document, "string", "document");
    findPassage(readDocument("a.md", value.text), passage ?? value.wanted);
    const id = value.id.trim();
    if (isWellFormed(id)) equal(parseAddress(formatAddress(id, null)).document, id, "a document's id");
  }),
  law("merge-file", three, (input) => {
    const { path, base, ours, theirs } = input;
    const merge = (one: string, two: string) =>
      mergeDocument({ path, base, ours: one, theirs: two, labels: LABELS });
    equal(merge(base, theirs).text, theirs, "unchanged here");
    equal(merge(ours, base).text, ours, "unchanged there");
    equal(merge(ours, ours).text, ours, "the same on both sides");
    const merged = merge(ours, theirs);
    equal(merge(ours, theirs).text, merged.text, "the same merge again");
    equal(merged.clean, merged.conflicts.length === 0, "clean");
    if (merged.clean) equal(merged.parts.join(""), merged.text, "the parts of a clean merge");
    applyFirst(path, merged.parts, LABELS);
    const wordsOf = (of: string): Set<string> => new Set(of.match(/[\p{L}\p{N}]+/gu));
    for (const [side, own] of [
      ["ours", ours],
      ["theirs", theirs],
    ] as const) {
      const [had, has] = [wordsOf(base), wordsOf(asSide(merged.parts, side))];
      const lost = [...wordsOf(own)].filter((word) => !had.has(word) && !has.has(word));
      equal(lost.join(" "), "", `words that ${side} added and that are lost`);
    }
  }),
  law("versions", spoilt(fc.constant(VERSION)), (value) => {
    readOrRefused(() => parseVersionFile("versions/grimsby/version.yaml", value));
  }),
  law("records", spoilt(fc.constant(RECORD)), (value) => {
    readOrRefused(() => parseRecord("versions/grimsby/adaptations/docks.yaml", value));
  }),
  law("rules", fc.record({ rules: spoilt(fc.constant(RULES)), text }), ({ rules, text }) => {
    const file = readOrRefused(() => parseRules("versions/centre/rules.yaml", rules));
    if (file === null) return;
    const document = readDocument("subjects/a/unit.md", text);
    const layers = [
      { layer: "centre", name: "The Centre", fallback: file.default ?? "reason", file } as const,
    ];
    const { path, id, type } = document;
    for (const { key } of document.passages) leewayOf({ path, id, type, key }, layers, "grimsby");
  }),
  law(
    "lists",
    fc.record({ list: spoilt(fc.constant(BELOW)), name: fc.string({ minLength: 1 }) }),
    (value) => {
      const known = readOrRefused(() => parseDownstream("versions/centre/downstream.yaml", value.list));
      if (known === null || !isWellFormed(value.name)) return;
      const added = { id: "new", name: value.name, layer: "school", url: "../new.git" };
      const after = addDownstream(value.list, added);
      const read = readOrRefused(() => parseDownstream("versions/centre/downstream.yaml", after));
      if (read !== null) equal(read.at(-1)?.name, value.name, "the added name");
    },
  ),
];
