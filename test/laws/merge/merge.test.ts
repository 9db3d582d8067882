import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asSide } from "../../../src/merge/conflict.ts";
import { cut } from "../../../src/merge/cut.ts";
import { mergeDocument } from "../../../src/merge/document.ts";
import { isSettled, mergeTexts } from "../../../src/merge/parts.ts";
import { weave } from "../../../src/merge/weave.ts";

const PATH = "lesson.md";
const LABELS = { ours: "Grimsby", base: "edition 1", theirs: "edition 2" };
const SWAPPED = { ours: "edition 2", base: "edition 1", theirs: "Grimsby" };
const WORDS = ["trade", "market", "harbour", "guild", "wool", "cloth", "merchant", "map", "route", "ship"];

interface Lesson {
  fields: Record<string, string>;
  outcomes: { id: string; text: string }[];
  sections: { heading: string; blocks: string[] }[];
}

function write({ fields, outcomes, sections }: Lesson): string {
  const front = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  const items = outcomes.flatMap(({ id, text }) => [`  - id: ${id}`, `    text: ${text}`]);
  const list = items.length > 0 ? ["outcomes:", ...items] : [];
  const body = sections.map(({ heading, blocks }) => [`## ${heading}`, ...blocks].join("\n\n"));
  return `---\n${[...front, ...list].join("\n")}\n---\n\n${body.join("\n\n")}\n`;
}

const sentence = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 }).map((w) => w.join(" "));
const block = fc.oneof(
  sentence,
  fc.array(sentence, { minLength: 2, maxLength: 3 }).map((lines) => lines.join("\n")),
  fc.array(sentence, { minLength: 1, maxLength: 3 }).map((items) => items.map((i) => `- ${i}`).join("\n")),
  sentence.map((code) => `~~~\n${code}\n~~~`),
);
const lesson: fc.Arbitrary<Lesson> = fc.record({
  fields: fc.dictionary(fc.constantFrom("title", "minutes", "safety", "unit"), sentence, {
    minKeys: 1,
    noNullPrototype: true,
  }),
  outcomes: fc.uniqueArray(fc.record({ id: fc.constantFrom("o1", "o2", "o3", "o4", "o5"), text: sentence }), {
    selector: (item) => item.id,
    maxLength: 4,
  }),
  sections: fc.uniqueArray(
    fc.record({ heading: fc.constantFrom(...WORDS), blocks: fc.array(block, { maxLength: 3 }) }),
    { selector: (section) => section.heading, minLength: 1, maxLength: 5 },
  ),
});

/** What a person does to a lesson: a few small changes, some of them moves and removals. */
const edit = fc.record({
  kind: fc.constantFrom("reword", "append", "remove", "insert", "move", "field", "outcome"),
  at: fc.nat(9),
  text: sentence,
  heading: fc.constantFrom("docks", "haven", "pier", "quay"),
});

function apply(
  source: Lesson,
  edits: readonly { kind: string; at: number; text: string; heading: string }[],
): Lesson {
  const copy: Lesson = structuredClone(source);
  for (const { kind, at, text, heading } of edits) {
    const { sections, outcomes } = copy;
    const index = at % Math.max(1, sections.length);
    const section = sections[index];
    if (kind === "reword" && section?.blocks.length) section.blocks[at % section.blocks.length] = text;
    else if (kind === "append") section?.blocks.push(text);
    else if (kind === "remove" && sections.length > 1) sections.splice(index, 1);
    else if (kind === "move" && section) sections.unshift(...sections.splice(index, 1));
    else if (kind === "field") copy.fields[["title", "minutes", "safety"][at % 3] ?? "title"] = text;
    else if (kind === "outcome" && !outcomes.some(({ id }) => id === heading))
      outcomes.push({ id: heading, text });
    else if (kind === "insert" && !sections.some((s) => s.heading === heading)) {
      sections.splice(at % (sections.length + 1), 0, { heading, blocks: [text] });
    }
  }
  return copy;
}

const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
const triple = fc.tuple(lesson, edits, edits).map(([base, left, right]) => ({
  base: write(base),
  ours: write(apply(base, left)),
  theirs: write(apply(base, right)),
}));
const pair = fc
  .tuple(lesson, edits)
  .map(([base, some]) => ({ base: write(base), other: write(apply(base, some)) }));

function byUnits(base: string, ours: string, theirs: string): string {
  const [b, o, t] = [base, ours, theirs].map((text) => cut(PATH, text).units);
  const addressOf = { ours: () => "", theirs: () => "" };
  return weave(b ?? [], o ?? [], t ?? [], { labels: LABELS, addressOf }).parts.join("");
}

/** As `git merge` would leave it where lines alone settle it. */
function merge(base: string, ours: string, theirs: string, labels = LABELS) {
  const lines = mergeTexts("", { base, ours, theirs }, labels);
  const git = isSettled(lines) ? { git: { text: lines.join(""), clean: true } } : {};
  return mergeDocument({ path: PATH, base, ours, theirs, labels, ...git });
}

const RUNS = { numRuns: 150 };

/** Each side moved a section past one that the other left where it was. */
const BOTH_MOVED = {
  base: "## trade\n\ntrade\ntrade\n\n## harbour\n\n## merchant\n\ntrade\nmap trade\n",
  ours: "## harbour\n\n## trade\n\ntrade\ntrade\n\n## merchant\n\ntrade\n",
  theirs: "## trade\n\nmap trade\n\n## harbour\n",
};

describe("laws of merging", () => {
  it("a side that changed nothing gives the other, by units and by lines", () => {
    fc.assert(
      fc.property(pair, ({ base, other }) => {
        for (const [ours, theirs] of [
          [base, other],
          [other, base],
          [other, other],
        ] as const) {
          expect(merge(base, ours, theirs).text).toBe(other);
          expect(mergeTexts("", { base, ours, theirs }, LABELS).join("")).toBe(other);
          expect(byUnits(base, ours, theirs)).toBe(other);
        }
      }),
      RUNS,
    );
  });

  it("swapping the sides mirrors the result", () => {
    fc.assert(
      fc.property(triple, ({ base, ours, theirs }) => {
        const one = merge(base, ours, theirs);
        const two = merge(base, theirs, ours, SWAPPED);
        expect(two.clean).toBe(one.clean);
        if (one.clean) expect(two.text).toBe(one.text);
        const mirrored = two.conflicts.map((c) => [c.ours, c.base, c.theirs]);
        expect(mirrored).toEqual(one.conflicts.map((c) => [c.theirs, c.base, c.ours]));
      }),
      { ...RUNS, examples: [[BOTH_MOVED]] },
    );
  });

  it("a clean merge merged with theirs again is itself", () => {
    fc.assert(
      fc.property(triple, ({ base, ours, theirs }) => {
        const merged = merge(base, ours, theirs);
        if (!merged.clean) return;
        expect(merge(theirs, merged.text, theirs).text).toBe(merged.text);
        const again = merge(base, merged.text, theirs);
        const byLines = mergeTexts("", { base, ours: merged.text, theirs }, LABELS);
        if (isSettled(byLines) && byLines.join("") === merged.text) {
          expect(again.text).toBe(merged.text);
        }
      }),
      RUNS,
    );
  });

  it("is deterministic", () => {
    fc.assert(
      fc.property(triple, ({ base, ours, theirs }) => {
        expect(merge(base, ours, theirs)).toEqual(merge(base, ours, theirs));
      }),
      { numRuns: 50 },
    );
  });

  it("every word that a side added is in the result or in a conflict", () => {
    fc.assert(
      fc.property(triple, ({ base, ours, theirs }) => {
        const { text } = merge(base, ours, theirs);
        const words = (of: string): Set<string> => new Set(of.match(/[\p{L}\p{N}]+/gu));
        const had = words(base);
        const has = words(text);
        const lost = [...words(ours), ...words(theirs)].filter((word) => !had.has(word) && !has.has(word));
        expect(lost).toEqual([]);
      }),
      RUNS,
    );
  });

  it("the parts are the file, and either side of them holds all that the side wrote", () => {
    fc.assert(
      fc.property(triple, ({ base, ours, theirs }) => {
        const merged = merge(base, ours, theirs);
        if (merged.clean) expect(merged.parts.join("")).toBe(merged.text);
        const added = (side: string): string[] => {
          const had = new Set(base.match(/[\p{L}\p{N}]+/gu));
          return (side.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !had.has(word));
        };
        for (const [side, text] of [
          ["ours", ours],
          ["theirs", theirs],
        ] as const) {
          const has = new Set(asSide(merged.parts, side).match(/[\p{L}\p{N}]+/gu));
          expect(added(text).filter((word) => !has.has(word))).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  it("no text is invented: every line of a result is a line of one side", () => {
    fc.assert(
      fc.property(triple, ({ base, ours, theirs }) => {
        const merged = merge(base, ours, theirs);
        if (!merged.clean) return;
        const known = new Set([...ours.split("\n"), ...theirs.split("\n")]);
        expect(merged.text.split("\n").filter((line) => !known.has(line))).toEqual([]);
      }),
      RUNS,
    );
  });
});
