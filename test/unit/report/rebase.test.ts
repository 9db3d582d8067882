import { describe, expect, it } from "vitest";
import type { RebaseReport } from "../../../src/report/kinds/update.ts";
import { renderResult } from "../../../src/report/text/decision.ts";
import { renderText } from "../../../src/report/text/render.ts";
import { PLAIN } from "../../../src/report/text/style.ts";
import { BASE, DECISION, DECISIONS, REBASE } from "./reports.ts";

function text(report: Partial<RebaseReport>): string {
  return renderText({ ...REBASE, ...report }, { width: 80, style: PLAIN });
}

const CLEAN: Partial<RebaseReport> = {
  outcome: "clean",
  decisions: [],
  documents: { updated: 1, merged: 0, conflicted: 0, same: 0 },
  adaptations: REBASE.adaptations.slice(1),
  notes: null,
  undo: "leeway undo",
  next: [["leeway push", "send this version home"]],
};

describe("rebase", () => {
  it("shows what is to decide with all three texts, and the account of every adaptation", () => {
    expect(text({})).toBe(`Taking North's 2026-27-spring. 7 documents changed upstream: 4 taken as they
are, 2 joined with your changes and 1 needs you.
  North's note: Two sources from the plague year added.

"y8-trade#case-study"   Trade in medieval England: Case study
  2026-27-autumn  Norwich market shows how wool and wine changed hands.
  North           Norwich market, in two sources of 1348, shows how wool and
                  wine changed hands.
  you             The landing at Grimsby haven shows how wool and wine changed
                  hands.
                  Why: Families here work on the docks; Norwich means nothing to
                       them yet.

Your 3 adaptations: 1 carried over, 1 to look over and 1 waiting for your
  decision
  Docks case study     waiting for your decision
  Writing frames       carried over, but does the reason still hold?
    Why: Many pupils write their first long answer here.
  Trawlers, not mills  carried over

Nothing is final yet. Your version from before is kept.
Next: leeway resolve           decide, with both texts side by side
      leeway rebase --abort    put everything back as it was
`);
  });

  it("says of an update that is here already just that, without its notes or an account", () => {
    const notes = "Two sources from the plague year added.";
    const same = { updated: 0, merged: 0, conflicted: 0, same: 3 };
    expect(text({ ...CLEAN, documents: same })).toContain("3 the same here\nalready.");
    const recorded = text({ ...CLEAN, documents: { ...same, same: 0 }, notes, recorded: true });
    expect(recorded).toContain(
      "Recorded North's 2026-27-spring as what this version builds on: a plain merge\nhad taken it.",
    );
    const current = text({ ...CLEAN, outcome: "up-to-date", undo: null, notes, next: [] });
    for (const page of [recorded, current]) {
      expect(page).not.toContain("note:");
      expect(page).not.toContain("adaptations");
    }
  });

  it("tells what was done, and how to take it back", () => {
    expect(text(CLEAN)).toBe(`Took North's 2026-27-spring. 1 document changed upstream: 1 taken as it is.

Your 2 adaptations: 1 carried over and 1 to look over
  Writing frames       carried over, but does the reason still hold?
    Why: Many pupils write their first long answer here.
  Trawlers, not mills  carried over

Your version builds on North's 2026-27-spring now.
To take it back: leeway undo
Next: leeway push    send this version home
`);
  });

  it("says what it would do without doing it", () => {
    const page = text({ dryRun: true, next: [] });
    expect(page).toContain("Trying North's 2026-27-spring; nothing is changed. 7 documents");
    expect(page.replace(/\s+/g, " ")).toContain("4 would be taken as they are, 2 would be joined");
    expect(page).toContain("would wait for your decision");
    expect(page.endsWith("\nIt would stop for 1 decision. Nothing changes until you say so.\n")).toBe(true);
  });

  it("says that there is nothing to take", () => {
    const none = {
      outcome: "up-to-date",
      decisions: [],
      adaptations: [],
      notes: null,
      undo: null,
      next: [],
    } as const;
    expect(text(none)).toBe(
      "Nothing to take: Harbour Academy Grimsby builds on North's 2026-27-spring\nalready.\n",
    );
  });

  it("names what was left out, held and released, and what became redundant", () => {
    const redundant = { id: "x", title: "Fewer dates", why: "w", outcome: "redundant" } as const;
    const page = text({
      ...CLEAN,
      adaptations: [redundant],
      dropped: [{ at: "y8-trade#plenary", reason: "upstream says the same now" }],
      held: [{ at: "subjects/science/**", base: BASE.commit, why: "In Forces", until: "2027-02-19" }],
      released: [{ at: "y7-cells#plenary", base: BASE.commit, why: "Mocks" }],
    });
    expect(page).toContain(`
Your adaptation: now redundant
  Fewer dates  now redundant: North has it too

Left out
  "y8-trade#plenary"  upstream says the same now

No longer held back; taken now
  "y7-cells#plenary"  was held: Mocks

Held back, not taken
  "subjects/science/**"  until 19 February 2027: In Forces
`);
  });

  it("says what one side did where it has no text", () => {
    const page = text({
      decisions: [
        {
          ...DECISION,
          kind: "edited-removed",
          theirs: null,
          reason: "You changed this, and North removed it.",
        },
        { ...DECISION, kind: "binary", base: null, ours: null, theirs: null, reason: "It is not text." },
      ],
    });
    expect(page).toContain("\n  You changed this, and North removed it.\n  2026-27-autumn  Norwich");
    expect(page).toContain("\n  North           (removed)\n");
    expect(page).toContain("\n  It is not text.\n  Why: Families");
  });
});

describe("decisions", () => {
  const at = (width: number): string => renderText(DECISIONS, { width, style: PLAIN });

  it("counts what is left, and shows it with both reasons, the difference in words and what can be taken", () => {
    expect(at(80)).toBe(`Taking 2026-27-spring: 1 of 2 decisions left.

1 of 2   "y8-trade#case-study"
Trade in medieval England: Case study
subjects/history/units/y8-trade/unit.md, line 14
Grimsby and North both changed these lines, each in its own way.

  before
    Norwich market shows how wool and wine changed hands.
  North
    Norwich [-market-] {+market, in two sources of 1348,+} shows how wool and
    wine changed hands.
    Edition note: Two sources of 1348 added.
  you
    [-Norwich market-] {+The landing at Grimsby haven+} shows how wool and wine
    changed hands.
    Why: Families here work on the docks; Norwich means nothing to them yet.

  North also changed this passage where nobody here did; that is taken, whatever
  you decide:
    {+Date each of them.+}

  --take upstream  upstream's text
  --take local     this version's text

Next: leeway resolve "y8-trade#case-study"    decide
`);
  });

  it("keeps within a narrow page", () => {
    const long = at(60)
      .split("\n")
      .filter((line) => line.length > 60);
    expect(long).toEqual([]);
  });

  it("says that nothing is left", () => {
    const done = { ...DECISIONS, decisions: [], open: 0, settled: 2, next: [] };
    expect(renderText(done, { width: 80, style: PLAIN })).toBe(
      "Taking 2026-27-spring: both decisions are made, nothing is left to decide.\n",
    );
  });

  it("shows what stands there after a choice, between the lines around it", () => {
    const result = {
      path: "unit.md",
      before: ["## Case study", ""],
      text: ["The haven."],
      after: ["", "## Writing"],
    };
    expect(renderResult(result, { width: 80, style: PLAIN })).toBe(
      "    ## Case study\n\n  | The haven.\n\n    ## Writing\n",
    );
    expect(renderResult({ ...result, text: null }, { width: 80, style: PLAIN })).toBe(
      "  unit.md would be left out.\n",
    );
  });
});
