import { expect, it } from "vitest";
import type { Decision } from "../../../src/version/rebase/plan.ts";
import { choicesFor } from "../../../src/version/resolve/choices.ts";

const decided = (base: string | null, ours: string, theirs: string): Decision => ({
  path: "unit.md",
  at: "y7#opening",
  title: "Opening",
  heading: null,
  kind: "edited-edited",
  reason: "Both changed it.",
  base,
  ours,
  theirs,
  marked: "<<<<<<<",
});
const both = (decision: Decision): unknown[] =>
  choicesFor(decision, [])
    .filter(({ take }) => take.startsWith("both"))
    .map(({ taken }) => (taken.kind === "text" ? taken.text : null));

it("keeps a paragraph once to which both sides only added, and two wordings of it one after the other", () => {
  expect(both(decided("Half were not.\n", "Half were not. Show it.\n", "Half were not. Ask why.\n"))).toEqual(
    ["Half were not. Show it. Ask why.\n", "Half were not. Ask why. Show it.\n"],
  );
  expect(both(decided("Half were not.\n", "Many were not.\n", "Half were not. Ask why.\n"))).toEqual([
    "Many were not.\nHalf were not. Ask why.\n",
    "Half were not. Ask why.\nMany were not.\n",
  ]);
  expect(both(decided(null, "A lesson.\n", "Another.\n"))).toEqual([
    "A lesson.\nAnother.\n",
    "Another.\nA lesson.\n",
  ]);
});
