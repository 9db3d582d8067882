import { describe, expect, it } from "vitest";
import type { StatusReport } from "../../../src/report/kinds/changes.ts";
import { renderText } from "../../../src/report/text/render.ts";
import { PLAIN } from "../../../src/report/text/style.ts";
import { BASE, CASE_STUDY, DECISION, HOMEWORK, STATUS } from "./reports.ts";

const CALM: StatusReport = {
  ...STATUS,
  target: null,
  missing: [],
  explained: 0,
  ahead: null,
  next: [],
};

function text(report: StatusReport): string {
  return renderText(report, { width: 80, style: PLAIN });
}

describe("status", () => {
  it("says where the version stands, what needs a reason, and what waits", () => {
    expect(text(STATUS)).toBe(`Harbour Academy Grimsby, a school version of North
Based on: 2026-27-autumn.   Waiting for you: 2026-27-spring (12 January 2027)

1 change has no reason yet
  Industry and empire, Homework  "y9-industry#homework"  8 words

Taking 2026-27-spring would
  update 6 passages by itself and ask you about 1
  Trade in medieval England, Case study
    "y8-trade#case-study"  changed here and in North

Your 2 explained changes are safe. Nothing changes until you say so.
Next: leeway adapt "y9-industry#homework"    give the reason in a sentence
      leeway rebase --dry-run                see what 2026-27-spring would do
`);
  });

  it("counts passages, as drift does, where one of them holds several decisions", () => {
    const ahead = { updates: 6, asks: [DECISION, DECISION, { ...DECISION, at: "y8-trade#writing" }] };
    const page = text({ ...STATUS, ahead });
    expect(page).toContain("update 6 passages by itself and ask you about 2\n");
    expect(page).toContain('"y8-trade#case-study"  changed here and in North; 2 decisions\n');
  });

  it("calls a passage that is to decide by its heading as it is written, below the headings above it", () => {
    const named = (at: string, heading: string | null): string =>
      text({ ...STATUS, ahead: { updates: 0, asks: [{ ...DECISION, at, heading }] } });
    expect(named("y8-trade#whose-liberty", "Whose liberty?")).toContain("medieval England, Whose liberty?\n");
    expect(named("y8-trade#who-paid/in-kent-1381~2", "In Kent, 1381")).toContain(
      "England, Who paid: In Kent, 1381 (no. 2)\n",
    );
    expect(named("y8-trade@outcomes.o2", null)).toContain("medieval England, Outcomes o2\n");
  });

  it("says of a plain copy's changes that no reason can be kept, not that none is needed", () => {
    expect(text({ ...CALM, version: null, upstream: null, free: 3 })).toContain(
      "\n3 changes are made here; a plain copy keeps no reasons.",
    );
  });

  it("is short where there is nothing to do", () => {
    expect(text(CALM)).toBe(`Harbour Academy Grimsby, a school version of North
Based on: 2026-27-autumn.   Nothing newer is waiting.

Nothing to do.
`);
  });

  it("names the source, and a plain copy", () => {
    const source = text({ ...CALM, upstream: null, base: null, unsaved: 1 });
    expect(source).toBe(`Harbour Academy Grimsby, the source of this curriculum

1 file changed and not saved yet; leeway save does it.
`);
    expect(text({ ...CALM, version: null, upstream: null })).toContain(
      "A plain copy of a curriculum, without a versions folder",
    );
  });

  it("says loudly that there is no starting point, with what helps last", () => {
    const why = "nothing has been fetched from upstream yet";
    const remedies = ["leeway fetch   get upstream's editions, then look again", "Or correct base.commit."];
    expect(
      text({ ...CALM, base: null, noStart: { why, next: remedies } }),
    ).toBe(`Harbour Academy Grimsby, a school version of North

NO STARTING POINT: nothing has been fetched from upstream yet.
  Until it is known what this version was copied from, nothing can be compared,
  measured or taken over.

Next: leeway fetch    get upstream's editions, then look again
      Or correct base.commit.
`);
  });

  it("does not say that nothing is to do where an update without a passage waits, or none was ever fetched", () => {
    expect(text(CALM)).toContain("Nothing to do.");
    expect(text({ ...CALM, ahead: { updates: 0, asks: [] } })).not.toContain("Nothing to do.");
    expect(text({ ...CALM, neverFetched: true })).not.toContain("Nothing to do.");
    const old = text({ ...CALM, upstreamAsOf: "2026-10-02" });
    expect(old).toMatch(/last\s+fetched, on 2\sOctober\s2026\./);
    expect(old).not.toContain("Nothing to do.");
  });

  it("tells a base that a plain merge brought and nobody recorded", () => {
    expect(text({ ...CALM, baseRecorded: false })).toContain(
      "Based on: 2026-27-autumn, taken by a plain merge; the next leeway command that\n  writes records it.\n",
    );
  });

  it("tells every kind of stop", () => {
    const stopped = (stop: StatusReport["stop"]): string => text({ ...CALM, unsaved: 9, stop });
    expect(stopped({ state: "deciding", decisions: [DECISION], edition: "2026-27-spring" })).toContain(
      `
Taking 2026-27-spring has stopped: 1 decision left
  Trade in medieval England, Case study
    "y8-trade#case-study"  changed here and in North
Nothing is final yet. Your version from before is kept.
`,
    );
    expect(stopped({ state: "settled", decisions: [], edition: null })).toContain(
      "\nUpdate settled but not recorded. Run leeway rebase --continue.\n",
    );
    const foreign = stopped({
      state: "foreign",
      decisions: [],
      edition: null,
      git: { operation: "merge", other: "North", byHand: [] },
    });
    expect(foreign).toContain("git merge, which Leeway did not start");
    expect(foreign).not.toContain("9 files");
    expect(foreign).not.toContain("Nothing to do");
  });

  it("tells what is locked, because of what, and by whom", () => {
    const because = "Common assessments test them in every school.";
    const locked = { ...HOMEWORK, reason: { state: "locked", because, by: "north" } } as const;
    expect(text({ ...CALM, locked: [locked] })).toContain(`
LOCKED TEXT CHANGED: 1 passage
  Industry and empire, Homework  "y9-industry#homework"  8 words
    Locked by North, because: Common assessments test them in every school.
Put the text back and say it elsewhere in the document; or you may ask for an
exception.
`);
  });

  it("keeps apart reasons to renew, to bind and to look over", () => {
    const told = { id: "grimsby/x", title: "X", why: "Families here work on the docks." };
    const renew = { ...HOMEWORK, reason: { state: "renew", ...told } } as const;
    const pending = { ...CASE_STUDY, reason: { state: "pending", ...told } } as const;
    const review = {
      ...CASE_STUDY,
      reason: { state: "explained", ...told, purposes: ["place"], review: { since: "2026-27-spring" } },
    } as const;
    const page = text({ ...CALM, renew: [renew, pending], review: [review] });
    expect(page).toContain("\n1 reason to renew: the text changed since\n  Industry");
    expect(page).toContain("\n1 reason written by hand; leeway save binds it to the text\n");
    expect(page).toContain(
      "\n1 reason to look over: upstream changed the text beneath. Does it still hold?\n",
    );
    expect(page).toContain("\n    Why: Families here work on the docks.\n");
    expect(page).not.toContain("Nothing to do");
  });

  it("tells what is held, until when and why", () => {
    const held = [
      { at: "subjects/science/**", base: BASE.commit, why: "Year 8 are in Forces.", until: "2027-02-19" },
      { at: "y8-trade#plenary", base: BASE.commit, why: "Ours is better here" },
    ];
    expect(text({ ...CALM, held })).toContain(`
Held back, not taken from upstream
  "subjects/science/**"  until 19 February 2027: Year 8 are in Forces
  "y8-trade#plenary"  until you take it: Ours is better here
`);
  });

  it("lists the first of many, and where the others are listed", () => {
    const missing = Array.from({ length: 40 }, (_, index) => ({
      ...HOMEWORK,
      at: `y9-industry#homework~${index + 1}`,
    }));
    const page = text({ ...CALM, missing });
    expect(page).toContain("40 changes have no reason yet");
    expect(page).toContain("\n  and 30 more; leeway adapt lists them all\n");
    expect(page).not.toContain("homework~11");
  });
});
