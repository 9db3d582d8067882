import { describe, expect, it } from "vitest";
import type { Figures } from "../../../src/drift/figures.ts";
import { renderText } from "../../../src/report/text/render.ts";
import { makeStyle, PLAIN } from "../../../src/report/text/style.ts";
import type { Drift } from "../../../src/version/drift/drift.ts";
import { DRIFT, DRIFT_REPORT } from "./reports.ts";

function text(drift: Partial<Drift>, why = false): string {
  return renderText(
    { ...DRIFT_REPORT, why, drift: { ...DRIFT, ...drift }, next: [] },
    { width: 80, style: PLAIN },
  );
}

const FIGURES = DRIFT.figures as Figures;

describe("drift", () => {
  it("prints every figure with what it is a part of", () => {
    expect(
      renderText(DRIFT_REPORT, { width: 80, style: PLAIN }),
    ).toBe(`Harbour Academy Grimsby, against North's 2026-27-spring
Status: DECISION NEEDED   1 passage changed both here and in North

Changed here            3 passages, 106 of 21,430 words
  reason missing        1 passage,    8 of 21,430 words
  order and structure   nothing moved, added or left out
Locked text changed     none
Not yet taken           7 passages,  95 of 21,510 words
  waiting               1 edition, since 12 January 2027
Changed on both sides   1 to decide, 0 to look over

Largest: "y8-trade#case-study", 52 words, explained: Docks case study
These figures say how much changed, not how good it is.
Next: leeway drift --why         every passage behind the figures
      leeway rebase --dry-run    try 2026-27-spring; nothing changes
`);
  });

  it("lists every passage behind the figures when asked why", () => {
    expect(text({}, true)).toContain(`
Changed here, no reason yet
  "y9-industry#homework"  8 words

Changed here, explained or free to change
  "y8-trade#case-study"  52 words  Docks case study; changed in North too
  "y8-trade#writing"     46 words  Writing frames

Not yet taken
  "y8-trade#sources"          30 words
  "y8-trade@keywords.staple"   5 words
  "y7-cells#plenary"           4 words

These figures say how much changed, not how good it is.
`);
  });

  it("gives no figure without a starting point, and says what helps", () => {
    const none = {
      status: "no-starting-point",
      figures: null,
      passages: [],
      base: null,
      target: null,
    } as const;
    const remedies = ["leeway fetch   get upstream's editions, then look again"];
    expect(
      text({ ...none, why: "nothing has been fetched from upstream yet", remedies }),
    ).toBe(`Harbour Academy Grimsby, against North
Status: NO STARTING POINT   nothing has been fetched from upstream yet
No figure can be given: it is not known what this version was copied from.

Next: leeway fetch    get upstream's editions, then look again
`);
  });

  it("says that the source has no drift", () => {
    expect(text({ status: "source", figures: null, against: null, base: null, target: null })).toBe(
      "Harbour Academy Grimsby is the source of this curriculum. Drift is measured in\nthe versions below it.\n",
    );
  });

  it("lists locked passages, what is held, and how order and structure changed", () => {
    const page = text({
      status: "locked-changed",
      figures: {
        ...FIGURES,
        behind: { ...FIGURES.behind, held: 2 },
        diverged: { ...FIGURES.diverged, order: 0.0003, structure: 0.0123 },
        breaches: { count: 1, passages: ["y8-trade@outcomes.o2"] },
      },
    });
    expect(page).toContain("Status: LOCKED TEXT CHANGED   1 locked passage changed\n");
    expect(page).toContain(`
Locked text changed     1 passage
                        "y8-trade@outcomes.o2"
`);
    expect(page).toContain("\n  held back             2 passages\n");
    expect(page.replace(/\s+/g, " ")).toContain("less than 0.1% of all pairs of siblings");
    expect(page.replace(/\s+/g, " ")).toContain("1.2% of all passages added or left out");
  });

  it("says that next is older than the base", () => {
    const behind = { passages: 0, words: 0, of: 21_510, editions: 0, oldest: null, held: 0 };
    expect(text({ olderNext: true, status: "adapted", figures: { ...FIGURES, behind } })).toContain(
      "\n2026-27-spring is older than what this version builds on, so nothing waits to be\ntaken.\n",
    );
  });

  it("reads adapted and the same as equally good", async () => {
    const style = await makeStyle(true);
    const shown = (status: "adapted" | "same"): string =>
      renderText({ ...DRIFT_REPORT, drift: { ...DRIFT, status } }, { width: 80, style });
    expect(shown("adapted")).toContain("\u001b[32mADAPTED\u001b[39m");
    expect(shown("same")).toContain("\u001b[32mSAME AS UPSTREAM\u001b[39m");
  });
});
