import { expect, it } from "vitest";
import { lockedChanged } from "../../../src/check/leeway/locked-changed.ts";
import { reasonMissing } from "../../../src/check/leeway/reason-missing.ts";
import { sharedWordsLost } from "../../../src/check/leeway/shared-words-lost.ts";
import type { JudgedChange } from "../../../src/check/material.ts";
import { diffDocuments } from "../../../src/compare/diff.ts";
import { readDocument } from "../../../src/curriculum/read.ts";

const GUILD = "  - keyword: guild\n    description: people of one trade, with rules\n";
const unit = (keywords: string) =>
  readDocument(
    "subjects/history/units/y8-trade/unit.md",
    `---\nid: y8-trade\ntype: unit\nkeywords:\n  - keyword: toll\n    description: a payment\n${keywords}---\n# Trade\n`,
  );

/** The checks that tell something of keywords that were changed where they may only grow. */
function told(keywords: string): string[] {
  const [base, local] = [unit(GUILD), unit(keywords)];
  const change = diffDocuments(base, local);
  const changes = change.passages.map(
    (passage): JudgedChange => ({
      at: `y8-trade${passage.key}`,
      document: { change, base, local },
      passage,
      leeway: { level: "add", layer: "harbour", name: "Harbour", because: "Shared words" },
      explanation: { state: "none" },
    }),
  );
  const found = {
    lost: sharedWordsLost.find({ changes, base: null }),
    missing: reasonMissing.find({ changes }),
  };
  return [
    ...[...found.lost].map(({ at }) => `shared-words-lost ${at}`),
    ...[...found.missing].map(({ at }) => `reason-missing ${at}`),
  ];
}

it("shared words that went are to be put back, which no reason makes up for; what was added needs one", () => {
  expect(told("")).toEqual(["shared-words-lost y8-trade@keywords.guild"]);
  expect(told(GUILD.replace("of one trade, ", ""))).toEqual(["shared-words-lost y8-trade@keywords.guild"]);
  expect(told(GUILD.replace("one trade", "the docks"))).toEqual([
    "shared-words-lost y8-trade@keywords.guild",
    "reason-missing y8-trade@keywords.guild",
  ]);
  expect(told(`${GUILD}  - keyword: haven\n    description: a small harbour\n`)).toEqual([
    "reason-missing y8-trade@keywords.haven",
  ]);
});

it("a document that is gone with locked text in it is told once, and its words that may only grow not again", () => {
  const base = unit(GUILD);
  const change = diffDocuments(base, null);
  const document = { change, base, local: null };
  const changes = change.passages.map(
    (passage): JudgedChange => ({
      at: `y8-trade${passage.key}`,
      document,
      passage,
      leeway: {
        level: passage.key.startsWith("@keywords") ? "add" : "none",
        layer: "harbour",
        name: "Harbour",
        because: "Shared words",
      },
      explanation: { state: "none" },
    }),
  );
  expect(changes.length).toBeGreaterThan(3);
  expect([...lockedChanged.find({ changes, base: "1234" })]).toEqual([
    expect.objectContaining({ remedy: expect.stringContaining("git checkout 1234 -- :/subjects/history") }),
  ]);
  expect([...sharedWordsLost.find({ changes, base: "1234" })]).toEqual([]);
});
