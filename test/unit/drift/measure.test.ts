import { describe, expect, it } from "vitest";
import { type Case, measured } from "./measured.ts";

const PATH = "trade.md";
const TRADE = `---
title: Trade
outcomes:
  - id: o1
    text: Explain why wool was sold abroad
  - id: o2
    text: Compare two ports
---

# Trade

Wool and wine changed hands here.

## Case study

Norwich market shows how wool was sold.

## Homework

Ask at home who worked in a mill.
`;
const edit = (from: string, to: string, text = TRADE): { [PATH]: string } => {
  if (!text.includes(from)) throw new Error(`${from} is not in the text`);
  return { [PATH]: text.replace(from, to) };
};
const base = { [PATH]: TRADE };
const CASE = `${PATH}#case-study`;
const DOCKS = edit("Norwich market", "Grimsby haven");
const figures = (given: Case) => measured(given).figures;

describe("diverged", () => {
  it("counts a replaced word once, and added words as they are", () => {
    const { diverged } = figures({ base, local: DOCKS });
    expect(diverged).toMatchObject({ passages: 1, words: 2, order: 0, structure: 0 });
    const more = figures({ base, local: edit("in a mill.", "in a mill or on a trawler.") });
    expect(more.diverged).toMatchObject({ passages: 1, words: 5, of: diverged.of + 4 });
  });

  it("pools words over documents, of all words that the longer side of each passage has", () => {
    const two = { ...base, "long.md": `# Long\n\n${"word ".repeat(200)}\n` };
    const { diverged } = figures({ base: two, local: { ...two, ...DOCKS } });
    expect(diverged.of).toBe(figures({ base, local: DOCKS }).diverged.of + 202);
  });

  it("counts a new and a removed document with all its words", () => {
    const added = figures({ base, local: { ...base, "new.md": "# New\n\none two three\n" } });
    expect(added.diverged).toMatchObject({ passages: 1, words: 5 });
    const gone = figures({ base, local: {} });
    expect(gone.diverged.words).toBe(gone.diverged.of);
    expect(gone.diverged.structure).toBe(1);
  });

  it("tells a passage that was added or left out as structure", () => {
    const passages = figures({ base, local: base }).diverged;
    expect(passages).toMatchObject({ passages: 0, words: 0, structure: 0 });
    // Title, two outcomes and three sections: six, and one is gone.
    const { diverged } = figures({ base, local: { [PATH]: TRADE.replace(/## Homework[\s\S]*/, "") } });
    expect(diverged.structure).toBeCloseTo(1 / 6);
  });

  it("leaves out what was taken: upstream's text now, or an earlier one of the way there", () => {
    const next = edit("Norwich market", "Norwich and Lynn");
    expect(figures({ base, next, local: next }).diverged.passages).toBe(0);
    const between = [edit("Norwich market", "Norwich fair")];
    const halfway = figures({ base, between, next, local: between[0] ?? {} });
    expect(halfway.diverged.passages).toBe(0);
    // From "Norwich fair" to "Norwich and Lynn" two words are left of the three.
    expect(halfway.behind).toMatchObject({ passages: 1, words: 2 });
  });

  it("leaves out what upstream has removed as well", () => {
    const next = { [PATH]: TRADE.replace(/## Homework[\s\S]*/, "") };
    expect(measured({ base, next, local: next }).status).toBe("same");
  });
});

describe("behind", () => {
  const next = edit("who worked", "who worked long ago or now");

  it("is what upstream changed and this version has neither taken nor held", () => {
    expect(figures({ base, next, local: base }).behind).toMatchObject({
      passages: 1,
      words: 4,
      editions: 1,
      oldest: "2027-01-12",
      held: 0,
    });
  });

  it("tells what is held beside it", () => {
    const { behind } = figures({ base, next, local: base, held: [`${PATH}#homework`] });
    expect(behind).toMatchObject({ passages: 0, words: 0, editions: 0, oldest: null, held: 1 });
  });

  it("keeps its own change and upstream's apart where a heading was renamed", () => {
    const renamed = edit("## Case study", "## Case studies");
    const { behind, contested } = figures({ base, next: renamed, local: DOCKS });
    expect(behind.passages).toBe(1);
    expect(contested).toMatchObject({ conflicts: 0, reviews: 1, passages: [CASE] });
  });

  it("knows a new passage from an edited one whose name it has", () => {
    const local = edit(
      "## Case study",
      "## Case study\n\nPilots, ropes and tides.\n\n## Case study",
      DOCKS[PATH],
    );
    // Three words of a heading and four of text are new; two words were replaced.
    expect(figures({ base, local }).diverged).toMatchObject({ passages: 2, words: 3 + 4 + 2 });
  });
});

describe("undeclared and breaches", () => {
  it("leaves out what a record explains or what is free", () => {
    expect(figures({ base, local: DOCKS }).undeclared).toMatchObject({ passages: 1, words: 2 });
    for (const verdict of [{ explained: true }, { free: true }])
      expect(figures({ base, local: DOCKS, judged: { [CASE]: verdict } }).undeclared.words).toBe(0);
  });

  it("lists locked passages that are changed or absent, but none that stood not there at the base", () => {
    const locked = { locked: true };
    const at = `${PATH}@outcomes.o2`;
    const changed = figures({ base, local: edit("two ports", "three ports"), judged: { [at]: locked } });
    expect(changed.breaches).toEqual({ count: 1, passages: [at] });
    const absent = edit("  - id: o2\n    text: Compare two ports\n", "");
    expect(figures({ base, local: absent, judged: { [at]: locked } }).breaches.passages).toEqual([at]);
    const added = edit("---\n\n#", "  - id: o3\n    text: Name a port\n---\n\n#");
    const o3 = `${PATH}@outcomes.o3`;
    expect(figures({ base, local: added, judged: { [o3]: locked } }).breaches.count).toBe(0);
  });

  it("is no breach to have upstream's text of before or after", () => {
    const between = [edit("two ports", "three ports")];
    const next = edit("two ports", "four ports");
    const judged = { [`${PATH}@outcomes.o2`]: { locked: true } };
    for (const local of [base, between[0] ?? {}, next])
      expect(figures({ base, between, next, local, judged }).breaches.count).toBe(0);
    expect(figures({ base, between, next, local: edit("two", "nine"), judged }).breaches.count).toBe(1);
  });
});

it("tells of every passage whether its reason is missing, as the figure has it", () => {
  const local = edit("two ports", "three ports", edit("Norwich market", "Grimsby haven")[PATH]);
  const o2 = `${PATH}@outcomes.o2`;
  for (const explained of [true, false]) {
    const judged = { [o2]: { locked: true, explained }, [CASE]: { explained: true } };
    const { figures: pooled, passages } = measured({ base, local, judged });
    expect(passages.map(({ at, figure }) => [at, figure])).toEqual([
      [CASE, "diverged"],
      [o2, "breaches"],
    ]);
    expect(passages.filter(({ undeclared }) => undeclared).length).toBe(pooled.undeclared.passages);
    expect(pooled.undeclared.passages).toBe(explained ? 0 : 1);
  }
});

describe("contested", () => {
  const next = edit("Norwich market", "Lynn market");

  it("counts where a rebase would stop, and what else both sides changed to look over", () => {
    expect(figures({ base, next, local: DOCKS, decisions: [CASE, CASE] }).contested).toEqual({
      conflicts: 1,
      reviews: 0,
      passages: [CASE],
    });
    expect(figures({ base, next, local: DOCKS }).contested).toEqual({
      conflicts: 0,
      reviews: 1,
      passages: [CASE],
    });
  });

  it("counts a document in question once, not each of its passages too", () => {
    const { contested } = figures({ base, next, local: {}, decisions: [PATH] });
    expect(contested).toEqual({ conflicts: 1, reviews: 0, passages: [PATH] });
  });
});

describe("status", () => {
  const judged = { [CASE]: { explained: true, why: "Docks case study" } };
  const next = edit("who worked", "who worked long ago or now");
  const worst: Case = {
    base,
    next,
    local: edit("two ports", "three ports", DOCKS[PATH]),
    judged: { ...judged, [`${PATH}@outcomes.o2`]: { locked: true } },
    decisions: [CASE],
  };

  it("is the first that holds", () => {
    const { judged: _, ...unjudged } = worst;
    const status = (given: Case) => measured(given).status;
    expect(status(worst)).toBe("locked-changed");
    expect(status(unjudged)).toBe("decision-needed");
    expect(status({ ...unjudged, decisions: [] })).toBe("reason-missing");
    expect(status({ base, next, local: DOCKS, judged })).toBe("update-waiting");
    expect(status({ base, local: DOCKS, judged })).toBe("adapted");
    expect(status({ base, local: base })).toBe("same");
  });

  it("names every passage behind the figures, the largest first", () => {
    const { passages } = measured({ base, next, local: DOCKS, judged });
    expect(passages).toEqual([
      {
        at: `${PATH}#homework`,
        figure: "behind",
        words: 4,
        undeclared: false,
        why: null,
        records: [],
        owners: [],
      },
      {
        at: CASE,
        figure: "diverged",
        words: 2,
        undeclared: false,
        why: "Docks case study",
        records: [],
        owners: ["us"],
      },
    ]);
  });
});
