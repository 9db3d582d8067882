import { expect, it } from "vitest";
import type { Decision } from "../../../src/version/rebase/plan.ts";
import { choicesFor } from "../../../src/version/resolve/choices.ts";
import { areParagraphs } from "../../../src/version/resolve/paragraphs.ts";

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

it("parts two paragraphs by a blank line, and neither items, nor lines of code, nor lines within a paragraph", () => {
  const decision = decided("Before.\n", "Ours.\n", "Theirs.\n");
  const file = (before: string, after: string): string => `${before}<<<<<<<\n${after}`;
  expect(areParagraphs(file("# Opening\n\n", "\nMore.\n"), decision)).toBe(true);
  expect(areParagraphs(file("# Opening\r\n\r\n", "\r\nMore.\r\n"), decision)).toBe(true);
  expect(areParagraphs(file("# Opening\n\n", ""), decision)).toBe(true);
  expect(areParagraphs(file("A line above.\n", "\n"), decision)).toBe(false);
  expect(areParagraphs(file("# Opening\n\n", "A line below.\n"), decision)).toBe(false);
  expect(areParagraphs(file("```\n\n", "\n```\n"), decision)).toBe(false);
  expect(areParagraphs(file("# Opening\n\n", "\n"), { ...decision, ours: "- Ours.\n" })).toBe(false);
  expect(areParagraphs(file("# Opening\n\n", "\n"), { ...decision, at: "y7@title" })).toBe(false);
  const texts = choicesFor(decision, [{ text: "Ours.\nTheirs.\n", rule: "Both." }], undefined, true);
  expect(texts.map(({ taken }) => (taken.kind === "text" ? taken.text : null))).toEqual([
    "Theirs.\n",
    "Ours.\n",
    "Ours.\n\nTheirs.\n",
    "Theirs.\n\nOurs.\n",
  ]);
});
