import { describe, expect, it } from "vitest";
import type { RebaseReport } from "../../../src/report/kinds/update.ts";
import { issueText, pullRequestText } from "../../../src/report/proposal.ts";

const DECISION: RebaseReport["decisions"][number] = {
  path: "subjects/history/units/y8-trade/unit.md",
  at: "y8-trade#case-study",
  title: "Trade in medieval England",
  heading: "Case study",
  kind: "edited-edited",
  reason: "Both sides changed this passage.",
  base: "Norwich market shows how wool changed hands.",
  ours: "The landing at Grimsby haven shows how.",
  theirs: "Norwich market, in two sources, shows how.",
  marked: null,
};

const REPORT: RebaseReport = {
  kind: "rebase",
  outcome: "conflicts",
  dryRun: true,
  version: "Harbour Academy Grimsby",
  upstream: "North",
  from: { commit: "a".repeat(40), edition: "autumn" },
  to: { commit: "b".repeat(40), edition: "spring" },
  documents: { updated: 3, merged: 1, conflicted: 1, same: 0 },
  recorded: false,
  decisions: [DECISION],
  adaptations: [
    { id: "grimsby/a", title: "Sentence starters", why: "A first long answer.", outcome: "carried" },
    { id: "grimsby/b", title: "Haven", why: "Families work on the docks.", outcome: "review" },
  ],
  dropped: [{ at: "y8-trade#writing", reason: "upstream says the same now" }],
  code: [],
  inTheWay: [],
  upstreamAsOf: null,
  held: [{ at: "subjects/science/**", base: "c".repeat(40), why: "Forces come first" }],
  released: [],
  notes: "Two sources are new.",
  reasons: { "y8-trade#case-study": "Norwich means nothing to them yet." },
  undo: null,
  next: [],
};

describe("an issue about an update", () => {
  it("has all three texts, the reason and the commands", () => {
    const { title, body } = issueText(REPORT, 65_536);
    expect(title).toBe("North spring: 1 passage to decide");
    for (const text of [DECISION.base, DECISION.ours, DECISION.theirs]) expect(body).toContain(text);
    expect(body).toContain("Norwich means nothing to them yet.");
    expect(body).toContain('leeway hold "y8-trade#case-study"');
    expect(body).toMatch(/```sh\ngit pull\nleeway fetch\nleeway rebase\nleeway resolve\n/);
  });

  it("keeps to what the host takes, says how many are left, and never loses the commands", () => {
    const decisions = Array.from({ length: 400 }, () => ({ ...DECISION, ours: "word ".repeat(900) }));
    const { title, body } = issueText({ ...REPORT, decisions }, 65_536);
    expect(title).toContain("400 passages to decide");
    expect(body.length).toBeLessThan(65_536);
    const shown = body.match(/^### Trade/gm)?.length ?? 0;
    expect(shown).toBeGreaterThan(5);
    expect(body).toContain(`And ${400 - shown} more`);
    expect(body).toContain("leeway rebase --continue");
  });

  it("lets no text out of its block, no name be notified and no command of a host be run", () => {
    const wild = "```\n/close\n@everyone <img src=x onerror=alert(1)>\u001b[31m\n````\n# Heading";
    const decision = { ...DECISION, base: wild, ours: wild, theirs: wild, title: "@head <b>T</b>" };
    const { body } = issueText({ ...REPORT, decisions: [decision], notes: wild, version: "@g" }, 65_536);
    const outside = body.replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, "");
    expect(outside).not.toMatch(/^\/close|@head\b|@g\b|@everyone|<img|<b>|^# Heading/m);
    expect(body).not.toContain("\u001b");
  });

  it("says a removed text and one that was not there in words", () => {
    const { body } = issueText({ ...REPORT, decisions: [{ ...DECISION, base: null, theirs: null }] }, 65_536);
    expect(body).toContain("**Before**: not there yet");
    expect(body).toContain("**North**: removed");
  });

  it("names files that run code, and asks nothing of resolve for them alone", () => {
    const { title, body } = issueText({ ...REPORT, decisions: [], code: ["build.sh"] }, 65_536);
    expect(title).toBe("North spring: 1 file that runs code");
    expect(body).toContain("- `build.sh`");
    expect(body).not.toContain("leeway resolve");
  });
});

describe("a pull request for an update", () => {
  it("tells what is carried, what to look over, what is left out and held, and how to take less", () => {
    const { title, body } = pullRequestText({ ...REPORT, decisions: [], outcome: "clean" });
    expect(title).toBe("Take North spring");
    for (const text of ["Sentence starters", "Haven: Families work on the docks.", "Two sources are new."])
      expect(body).toContain(text);
    expect(body).toContain('"y8-trade#writing"');
    expect(body).toContain("Forces come first");
    expect(body).toContain("leeway rebase --only");
  });
});
