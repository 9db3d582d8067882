import { describe, expect, it } from "vitest";
import { adaptationsOf, purposesByKinds } from "../../../../src/report/html/reading/adaptations.ts";
import { dueGroups } from "../../../../src/report/html/reading/due.ts";
import { natureOf } from "../../../../src/report/html/reading/hotspots.ts";
import { answerIn, offersOf } from "../../../../src/report/html/reading/offers.ts";
import { printableSurvey } from "../../../../src/report/html/reading/printable-survey.ts";
import { standingIn } from "../../../../src/report/html/reading/standing.ts";
import { countStandings, totalsOf } from "../../../../src/report/html/reading/totals.ts";
import { readTrust } from "../../../../src/report/html/reading/trust.ts";
import type { Hotspot } from "../../../../src/trust/survey.ts";
import { madeTrust } from "../../../page/trust.ts";

const survey = madeTrust();
const trust = readTrust(survey);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

describe("who is in the totals", () => {
  it("is whoever was read now; with the others it adds up to the list", () => {
    const { checked, unchanged, unreachable, skipped } = survey.counts;
    expect(trust.current).toHaveLength(checked + unchanged);
    expect(trust.outside).toHaveLength(unreachable + skipped);
    expect(trust.outside.map(({ state, version }) => `${version.id} ${state}`)).toEqual([
      "stour-valley unread",
      "wrekin-view old",
      "wye-valley unread",
    ]);
  });

  it("is counted once by its status, and the centre is not among them", () => {
    expect(sum(countStandings(trust.current).map(({ count }) => count))).toBe(trust.current.length);
    expect(trust.entries.some(({ version }) => version.depth === 0)).toBe(false);
  });

  it("stands in one region, in the order of the survey", () => {
    expect(trust.regions.flatMap(({ entries }) => entries)).toEqual(trust.entries);
    expect(trust.regions.map(({ name }) => name).at(-1)).toBe("Without a region");
  });

  it("pools words of words; whoever has no starting point has none", () => {
    const figures = trust.current.flatMap(({ drift }) => drift.figures ?? []);
    expect(totalsOf(trust.current)).toMatchObject({
      measured: trust.current.length - 1,
      words: sum(figures.map(({ diverged }) => diverged.words)),
      of: sum(figures.map(({ diverged }) => diverged.of)),
    });
  });

  it("has a place of its own on the page, whatever it calls itself", () => {
    const odd = ["a b", "a b", "grimsby", "grimsby", "#x", "", "version.1"];
    const [, first] = survey.versions;
    if (first === undefined) throw new Error("a trust has versions");
    const { entries } = readTrust({ ...survey, versions: odd.map((id) => ({ ...first, id })) });
    const anchors = entries.map(({ anchor }) => anchor);
    expect(new Set(anchors).size).toBe(odd.length);
    expect(anchors.filter((anchor) => !/^version[-.][a-z\d-]+$/.test(anchor))).toEqual([]);
  });
});

describe("how a version stands in a subject", () => {
  const none = {
    subject: "history",
    passages: 0,
    words: 0,
    undeclared: 0,
    breaches: 0,
    behind: 0,
    conflicts: 0,
  };

  it("is the first that holds, as for the whole version", () => {
    expect(standingIn(undefined)).toBe("same");
    expect(standingIn(none)).toBe("same");
    expect(standingIn({ ...none, passages: 3 })).toBe("adapted");
    expect(standingIn({ ...none, passages: 3, behind: 1 })).toBe("update-waiting");
    expect(standingIn({ ...none, behind: 1, undeclared: 1 })).toBe("reason-missing");
    expect(standingIn({ ...none, undeclared: 1, conflicts: 1 })).toBe("decision-needed");
    expect(standingIn({ ...none, conflicts: 1, breaches: 1 })).toBe("locked-changed");
  });
});

describe("a hotspot", () => {
  const of = (...sizes: number[]): Hotspot => ({
    at: "y8-trade#case-study",
    document: "Trade",
    name: "Case study",
    subject: "history",
    base: "",
    groups: sizes.map((size, group) => ({
      versions: Array.from({ length: size }, (_, index) => `${group}-${index}`),
      text: String(group),
      words: 1,
      reasons: [],
    })),
    versions: sum(sizes),
  });

  it("is an offer where half and more agree, and a misfit where nobody does", () => {
    expect(natureOf(of(4))).toBe("alike");
    expect(natureOf(of(2, 1, 1))).toBe("alike");
    expect(natureOf(of(2, 1, 1, 1))).toBe("mixed");
    expect(natureOf(of(1, 1, 1))).toBe("apart");
    expect(natureOf(of(1, 1))).toBe("mixed");
  });
});

describe("adaptations", () => {
  const made = adaptationsOf(trust);

  it("are those that hold now, by purpose and kind", () => {
    const { cells, purposes, kinds } = purposesByKinds(made);
    const served = sum(made.map(({ adaptation }) => adaptation.for.length));
    expect(sum(cells.map(({ count }) => count))).toBe(served);
    expect(cells).toHaveLength(purposes.length * kinds.length);
  });

  it("keep a purpose and a kind that this Leeway does not know", () => {
    const [first] = made;
    if (first === undefined) throw new Error("a trust has adaptations");
    const odd = { ...first, adaptation: { ...first.adaptation, for: ["wellbeing"], kind: "sing" } };
    expect(purposesByKinds([odd])).toEqual({
      purposes: ["wellbeing"],
      kinds: ["sing"],
      cells: [{ purpose: "wellbeing", kind: "sing", count: 1 }],
    });
  });

  it("are offered once for one thing, with everybody who made it", () => {
    const offers = offersOf(made, "open");
    const offering = made.filter(({ adaptation }) => answerIn(adaptation)?.state === "open");
    expect(sum(offers.map(({ by }) => by.length))).toBe(offering.length);
    expect(offers.length).toBeLessThan(offering.length);
  });

  it("say what became of an offer", () => {
    const [first] = made;
    if (first === undefined) throw new Error("a trust has adaptations");
    const answer = (upstream: string) => answerIn({ ...first.adaptation, upstream });
    expect(answer("not-needed")).toBeNull();
    expect(answer("offer")).toEqual({ state: "open", detail: null });
    expect(answer("offered: https://example.org/1")).toEqual({
      state: "open",
      detail: "https://example.org/1",
    });
    expect(answer("declined: too long,\nsays the centre")).toEqual({
      state: "declined",
      detail: "too long,\nsays the centre",
    });
  });
});

describe("what is due", () => {
  it("has what has passed first, then each month, and leaves nothing out", () => {
    const groups = dueGroups(trust);
    const all = sum(trust.current.map(({ version }) => version.due.length));
    expect(sum(groups.map(({ items }) => items.length))).toBe(all);
    expect(groups[0]?.title).toBe("Passed, still open");
    const later = groups.slice(1).map(({ key }) => key);
    expect(later).toEqual([...later].sort());
  });
});

describe("texts on their way to the page", () => {
  it("lose what steers a terminal or turns the reading direction, wherever they stand", () => {
    const safe = printableSurvey({
      ...survey,
      root: { id: "x", name: "\u001b[31m\u202eHarbour", edition: null },
    });
    expect(safe.root.name).toBe("\u241b[31m\ufffdHarbour");
    expect(printableSurvey(survey)).toEqual(survey);
  });
});
