import fc from "fast-check";
import { expect, it } from "vitest";
import { readDocument } from "../../../src/curriculum/read.ts";
import { auditDocuments, refusesClean } from "../../../src/merge/audit.ts";
import { isPlainlySound } from "../../../src/version/rebase/audit-both.ts";
import { markdownLine } from "../curriculum/lines.ts";

const prose = fc.constantFrom(
  "Wool went by river",
  "The toll was paid here, and the toll was high.",
  "Why Norwich?",
  "",
  "  ",
);
const module = fc.constantFrom("import {toll} from 'x'", "export const toll = 1");
const line = fc.oneof(
  { weight: 20, arbitrary: prose },
  { weight: 3, arbitrary: markdownLine },
  { weight: 1, arbitrary: module },
);
const lines = (maxLength: number) => fc.array(line, { maxLength });

const read = (each: readonly string[]) =>
  readDocument("trade.md", ["---", "id: trade", "---", ...each, ""].join("\n"));

it("the audit refuses no merge that is plainly sound", () => {
  let sound = 0;
  const edit = fc.tuple(fc.nat(2), lines(3));
  fc.assert(
    fc.property(lines(6), lines(6), lines(6), edit, edit, (above, between, below, mine, other) => {
      const [gone, ours] = mine;
      const [left, theirs] = other;
      const [first, second] = [between.slice(gone), below.slice(left)];
      const [base, here, there, merged] = [
        read([...above, ...between, ...below]),
        read([...above, ...ours, ...first, ...below]),
        read([...above, ...between, ...theirs, ...second]),
        read([...above, ...ours, ...first, ...theirs, ...second]),
      ];
      if (here.text === base.text || there.text === base.text) return;
      if (!isPlainlySound(base, here, there, merged)) return;
      sound++;
      expect(auditDocuments(base, { ours: here, theirs: there }, merged).filter(refusesClean)).toEqual([]);
    }),
    { numRuns: 10_000 },
  );
  expect(sound).toBeGreaterThan(1_000);
}, 60_000);

it("a merge that lost an edited line, or has another, is not plainly sound", () => {
  const [base, ours, theirs] = [
    ["# Trade", "Wool.", "", "## Tolls", "High."],
    ["# Trade", "Wine.", "", "## Tolls", "High."],
    ["# Trade", "Wool.", "", "## Tolls", "Low."],
  ].map(read) as [ReturnType<typeof read>, ReturnType<typeof read>, ReturnType<typeof read>];
  const is = (...merged: string[]): boolean => isPlainlySound(base, ours, theirs, read(merged));
  expect(is("# Trade", "Wine.", "", "## Tolls", "Low.")).toBe(true);
  expect(is("# Trade", "Wine.", "", "## Tolls", "High.")).toBe(false);
  expect(is("# Trade", "Wine.", "", "## Tolls", "Low.", "Salt.")).toBe(false);
});
