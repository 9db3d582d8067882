import { describe, expect, it } from "vitest";
import { renderJson } from "../../../src/report/json.ts";
import type { Report } from "../../../src/report/report.ts";
import { BASE, DECISIONS, DIFF, DRIFT, DRIFT_REPORT, HOMEWORK, NEXT, REBASE, STATUS } from "./reports.ts";

// biome-ignore lint/suspicious/noExplicitAny: what programs read is looked at as they see it
function json(report: Report): any {
  return JSON.parse(renderJson(report));
}

/** The field names that design §4 fixes, in their order. */
describe("JSON", () => {
  it("of a diff", () => {
    const { schema, from, to, documents } = json(DIFF);
    expect([schema, from, to]).toEqual(["leeway/diff/1", BASE, { commit: null, edition: null }]);
    expect(documents[0]).toMatchObject({
      id: "y8-trade",
      path: "subjects/history/units/y8-trade/unit.md",
      change: "edited",
    });
    expect(documents[0].passages[0]).toMatchObject({
      at: "y8-trade#case-study",
      change: "edited",
      words: { added: 52, removed: 12 },
      adaptation: "grimsby/docks-case-study",
    });
    expect(documents[1].passages[0].adaptation).toBeNull();
    expect(Object.keys(json(DIFF)).slice(0, 4)).toEqual(["schema", "from", "to", "documents"]);
  });

  it("of a rebase", () => {
    const made = json(REBASE);
    expect(Object.keys(made).slice(0, 8)).toEqual([
      "schema",
      "from",
      "to",
      "outcome",
      "documents",
      "conflicts",
      "adaptations",
      "dropped",
    ]);
    expect(made).toMatchObject({
      schema: "leeway/rebase/1",
      from: BASE,
      to: NEXT,
      outcome: "conflicts",
      documents: { updated: 4, merged: 2, conflicted: 1, same: 0 },
    });
    expect(made.conflicts[0]).toMatchObject({
      path: "subjects/history/units/y8-trade/unit.md",
      at: "y8-trade#case-study",
      reason: "Grimsby and North both changed these lines, each in its own way.",
    });
    expect(made.adaptations[1]).toMatchObject({ id: "grimsby/writing-frames", outcome: "review" });
  });

  it("of drift", () => {
    const made = json(DRIFT_REPORT);
    expect(made).toMatchObject({
      schema: "leeway/drift/1",
      metric: 1,
      checked: 1,
      unchanged: 0,
      unreachable: 0,
      skipped: 0,
    });
    const [version] = made.versions;
    expect(version).toMatchObject({
      id: "grimsby",
      layer: "school",
      against: "north",
      base: BASE,
      target: NEXT,
      status: "decision-needed",
      ...DRIFT.figures,
    });
    // What upstream changed and nobody here did is not among them.
    expect(version.worst).toEqual([
      { at: "y8-trade#case-study", words: 52, why: "Docks case study" },
      { at: "y8-trade#writing", words: 46, why: "Writing frames" },
      { at: "y9-industry#homework", words: 8, why: null },
    ]);
  });

  it("has null for every figure without a starting point, never zero", () => {
    const drift = { ...DRIFT, status: "no-starting-point", figures: null, passages: [] } as const;
    const [version] = json({ ...DRIFT_REPORT, drift }).versions;
    expect(version.behind).toEqual({
      passages: null,
      words: null,
      of: null,
      editions: null,
      oldest: null,
      held: null,
    });
    expect(version.diverged.order).toBeNull();
    expect(version.breaches).toEqual({ count: null, passages: [] });
    expect(version.contested).toEqual({ conflicts: null, reviews: null, passages: [] });
    expect(version.worst).toEqual([]);
  });

  it("of any other report is its data under its schema", () => {
    expect(json(STATUS)).toMatchObject({ schema: "leeway/status/1", explained: 2, base: BASE });
    expect(json(DECISIONS)).toMatchObject({ schema: "leeway/decisions/1", settled: 1 });
    expect(json(STATUS)).not.toHaveProperty("kind");
    const data = { commit: "abc", verb: "not this" };
    expect(
      json({ kind: "done", verb: "adapt", did: ["Explained"], undo: "leeway undo", next: [], data }),
    ).toEqual({
      schema: "leeway/done/1",
      verb: "adapt",
      did: ["Explained"],
      undo: "leeway undo",
      commit: "abc",
      next: [],
    });
  });

  it("is indented, ends with a line end, and holds no control character as it is", () => {
    const local = "\u009b2J \u001b[31m \u007f \u202e\n";
    const [, last] = DIFF.documents;
    if (!last) throw new Error("the sample has two documents");
    const report: Report = { ...DIFF, documents: [{ ...last, passages: [{ ...HOMEWORK, local }] }] };
    const text = renderJson(report);
    expect(text.startsWith('{\n  "schema": "leeway/diff/1",\n')).toBe(true);
    expect(text.endsWith("\n}\n")).toBe(true);
    expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(JSON.parse(text).documents[0].passages[0].local).toBe(local);
  });
});
