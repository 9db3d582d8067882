import { expect, it } from "vitest";
import { hotspotsAt, hotspotsOf } from "../../../src/trust/hotspots.ts";
import type { ChangedPassage } from "../../../src/trust/measured.ts";

const BASE = "Norwich market shows how wool and wine changed hands.";

function changed(local: string | null, more: Partial<ChangedPassage> = {}): ChangedPassage {
  return {
    at: "y8-trade#case-study",
    place: "y8-trade#case-study",
    document: "Trade",
    path: "subjects/history/units/y8-trade/unit.md",
    blob: null,
    name: "Case study",
    words: 3,
    base: BASE,
    local,
    hash: local,
    figure: "diverged",
    undeclared: false,
    why: null,
    ...more,
  };
}

const groupsOf = (texts: Readonly<Record<string, string | null>>): string[][] => {
  const by = new Map(Object.entries(texts).map(([id, text]) => [id, [changed(text)]]));
  return hotspotsOf(by)[0]?.groups.map(({ versions }) => [...versions]) ?? [];
};

it("puts together what was changed much alike, whatever the texts share with the base", () => {
  const haven = BASE.replace("Norwich market", "The landing at Grimsby haven");
  expect(
    groupsOf({
      grimsby: haven,
      hull: haven,
      humber: haven.replace("The landing", "A landing"),
      solent: BASE.replace("Norwich market", "Southampton quay"),
      thames: null,
    }),
  ).toEqual([["grimsby", "hull", "humber"], ["solent"], ["thames"]]);
});

it("tells an addition from a removal of the same words, and removals of other words apart", () => {
  const without = (words: string): string => BASE.replace(words, "");
  expect(
    groupsOf({
      a: `${BASE} Ask the harbour master.`,
      b: without("wool and wine"),
      c: without("wool and wine"),
      d: without("Norwich market"),
    }),
  ).toEqual([["b", "c"], ["a"], ["d"]]);
});

it("counts as a hotspot what more than one changed, at the place that it had at the base", () => {
  const by = new Map([
    ["a", [changed("One"), changed("New", { at: "y8-trade#docks", place: "+y8-trade#docks", base: null })]],
    ["b", [changed("Two", { at: "y8-trade#our-case" })]],
  ]);
  expect(hotspotsOf(by).map(({ at, versions }) => [at, versions])).toEqual([["y8-trade#case-study", 2]]);
  expect(hotspotsAt(by, (at) => at === "y8-trade#docks").map(({ at, base }) => [at, base])).toEqual([
    ["y8-trade#docks", null],
  ]);
  expect(hotspotsOf(new Map([["a", [changed("One")]]]))).toEqual([]);
});
