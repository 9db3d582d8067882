import fc from "fast-check";
import { expect, it } from "vitest";
import type { RecordFile } from "../../../src/adaptation/record.ts";
import { diffDocuments } from "../../../src/compare/diff.ts";
import { readDocument } from "../../../src/curriculum/read.ts";
import { differencesOf } from "../../../src/drift/measure.ts";
import { LEVELS, type Level } from "../../../src/rules/rules.ts";
import { judgeAlong, stepOf } from "../../../src/version/drift/steps.ts";

const PATH = "lesson.md";
const LAYERS = ["region", "trust", "school"] as const;
const BODIES = ["wool and wine", "tolls and fairs", "ships and salt", "guilds and towns", "roads and rivers"];

/** A section through all layers, whatever it is called by then. */
interface Section {
  readonly heading: string;
  readonly body: string;
  /** Its text in the centre, or in the layer that added it. */
  readonly first: string;
  /** Who changed it, and so answers for it, in the order of the layers. */
  readonly by: readonly { readonly owner: string; readonly act: Act }[];
}

interface Act {
  readonly what: "keep" | "rewrite" | "rename" | "remove";
  readonly reason: "none" | "bound" | "of another text";
  readonly leeway: Level;
}

interface Move {
  readonly acts: readonly Act[];
  /** What the layer says of a section of its own, where it adds one. */
  readonly added: Act | null;
}

const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom("keep", "keep", "rewrite", "rename", "remove"),
  reason: fc.constantFrom("none", "bound", "bound", "of another text"),
  leeway: fc.constantFrom(...LEVELS),
});
const move: fc.Arbitrary<Move> = fc.record({
  acts: fc.array(act, { minLength: 8, maxLength: 8 }),
  added: fc.option(act),
});

it("names the layers that made each difference, and calls it explained where every step is", () => {
  fc.assert(
    fc.property(fc.tuple(move, move, move), (moves) => {
      let before = BODIES.map((about, at) => section(`Part ${at}`, about, []));
      const centre = before;
      const steps = LAYERS.map((owner, index) => {
        const after = moved(owner, before, moves[index] as Move);
        const step = stepFrom(owner, before, after);
        before = after;
        return step;
      });
      const differences = differencesOf(changed(centre, before));
      const expected = new Map(before.flatMap(verdictOf));
      expect(new Set(differences.map(({ passage }) => bodyIn(passage)))).toEqual(new Set(expected.keys()));
      for (const difference of differences) {
        const { owners, explained, free, locked } = judgeAlong(steps, difference);
        expect({ owners, explained, free, locked }).toEqual(expected.get(bodyIn(difference.passage)));
      }
    }),
    { numRuns: 150 },
  );
});

/** The law in other words: by who did what to a section, without looking at a text. */
function verdictOf({ body, first, by }: Section, at: number): [string, object][] {
  const isOwn = at >= BODIES.length;
  const isGone = by.some(({ act }) => act.what === "remove");
  if (by.length === 0 || (isOwn && isGone)) return [];
  const acts = by.map((each) => each.act);
  return [
    [
      isGone ? first : body,
      {
        owners: by.map(({ owner }) => owner),
        explained: acts.every(({ reason, leeway }) => reason === "bound" || leeway === "free"),
        free: acts.every(({ leeway }) => leeway === "free"),
        locked: acts.some(({ leeway }) => leeway === "none"),
      },
    ],
  ];
}

/** What a section is told by: its text now, or where it is gone the one that the centre has. */
function bodyIn({ base, local }: { readonly base: Text | null; readonly local: Text | null }): string {
  return ((local ?? base)?.text ?? "").split("\n\n")[1]?.trim() ?? "";
}

interface Text {
  readonly text: string;
}

function moved(owner: string, before: readonly Section[], { acts, added }: Move): Section[] {
  const after = before.map((each, at): Section => {
    const act = acts[at];
    const done = each.by.map(({ act: { what } }) => what);
    // With another heading and another text no comparison could know it again.
    const isLost =
      (act?.what === "rename" && done.includes("rewrite")) ||
      (act?.what === "rewrite" && done.includes("rename"));
    if (act === undefined || act.what === "keep" || isLost || done.includes("remove")) return each;
    const by = [...each.by, { owner, act }];
    if (act.what === "remove") return { ...each, by };
    if (act.what === "rename") return { ...each, heading: `${each.heading} ${owner}`, by };
    return { ...each, body: prose(`${owner} part ${at}`), by };
  });
  if (added === null) return after;
  return [
    ...after,
    section(`New of ${owner}`, `new ${owner}`, [{ owner, act: { ...added, what: "rewrite" } }]),
  ];
}

function section(heading: string, about: string, by: Section["by"]): Section {
  return { heading, body: prose(about), first: prose(about), by };
}

/** Long enough that a section is known by its text where its heading has changed. */
function prose(about: string): string {
  return Array.from({ length: 12 }, (_, at) => `${about.replaceAll(" ", "-")}-${at}`).join(" ");
}

function changed(before: readonly Section[], after: readonly Section[]) {
  const [base, local] = [before, after].map((sections) => readDocument(PATH, write(sections)));
  if (base === undefined || local === undefined) throw new Error("two sides are read");
  return { change: diffDocuments(base, local), base, local };
}

function write(sections: readonly Section[]): string {
  return sections
    .filter(({ by }) => !by.some(({ act }) => act.what === "remove"))
    .map(({ heading, body }) => `## ${heading}\n\n${body}\n\n`)
    .join("");
}

function stepFrom(owner: string, before: readonly Section[], after: readonly Section[]) {
  const document = changed(before, after);
  const actAt = (key: string, side: readonly Section[]): Act | undefined => {
    const at = side.findIndex(({ heading }) => key === `#${heading.toLowerCase().replaceAll(" ", "-")}`);
    return after[at]?.by.find((each) => each.owner === owner)?.act;
  };
  const records = differencesOf(document).flatMap(({ at, passage }): RecordFile[] => {
    const reason = passage.base === null ? actAt(passage.key, after) : actAt(passage.base.key, before);
    if (reason === undefined || reason.reason === "none") return [];
    const local = reason.reason === "bound" ? passage.localHash : "n1:0123456789abcdef";
    const passages = [{ at, base: passage.baseHash, local }];
    const record: RecordFile["record"] = {
      id: `${owner}/${at}`,
      title: at,
      kind: "replace",
      for: ["place"],
      why: "Our own places.",
      passages,
      status: "active",
      upstream: "not-needed",
    };
    return [{ path: `${owner}.yaml`, text: "", record }];
  });
  return stepOf(owner, [document], records, ({ key }) => {
    const found = actAt(key, before) ?? actAt(key, after);
    return { level: found?.leeway ?? "reason", layer: owner, name: owner, because: null };
  });
}
