import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../src/report/markdown.ts";
import { printable } from "../../../src/report/printable.ts";
import type { Report } from "../../../src/report/report.ts";
import { renderText } from "../../../src/report/text/render.ts";
import { makeStyle, PLAIN } from "../../../src/report/text/style.ts";
import { CASE_STUDY, DECISIONS, DIFF, DRIFT_REPORT, HOMEWORK, REBASE, STATUS, TITLES } from "./reports.ts";

const ADAPTATION = {
  id: "grimsby/docks-case-study",
  title: "Docks case study",
  kind: "replace",
  for: ["place"],
  why: "Families here work on the docks; Norwich means nothing to them yet.",
  status: "trial",
  upstream: "not-needed",
  reviewBy: null,
  by: "Head of history",
  on: "2026-10-02",
  passages: ["y8-trade#case-study", "y8-trade#sources"],
  layer: "Harbour Academy Grimsby",
};

const EXPLAIN: Report = {
  kind: "explain",
  at: "y8-trade#case-study",
  title: "Trade in medieval England",
  name: "Case study",
  path: "subjects/history/units/y8-trade/unit.md",
  line: 63,
  leeway: { level: "reason", because: null, by: "North" },
  layers: [
    {
      id: "harbour",
      name: "Harbour Learning Trust",
      did: "wrote",
      edition: "2026-27-autumn",
      commit: { hash: "1f3c0a9", on: "2026-07-01", subject: "First edition" },
      reason: null,
      text: CASE_STUDY.base,
    },
    { id: "north", name: "North", did: "kept", edition: null, commit: null, reason: null, text: null },
    {
      id: "grimsby",
      name: "Harbour Academy Grimsby",
      did: "changed",
      edition: null,
      commit: { hash: "77ab01c", on: "2026-09-12", subject: "Adapt: Docks" },
      reason: { id: "grimsby/docks-case-study", title: "Docks", why: "Families here work on the docks." },
      text: CASE_STUDY.local,
    },
  ],
  now: { edition: "2026-27-spring", change: "same", text: CASE_STUDY.base },
  local: CASE_STUDY.local,
  invites: [{ keep: "Interdependence", ideas: ["a port", "a fair"] }],
  next: [['leeway diff "y8-trade#case-study"', "see what was changed here"]],
};

const LOG: Report = {
  kind: "log",
  version: "Harbour Academy Grimsby",
  adaptations: [ADAPTATION],
  next: [["leeway show grimsby/docks-case-study", "its reason and its text"]],
};
const SHOW: Report = { kind: "show", adaptation: ADAPTATION, passages: [CASE_STUDY], next: [] };
const REASONS: Report = {
  kind: "reasons",
  version: "Harbour Academy Grimsby",
  passages: [HOMEWORK],
  titles: TITLES,
  explained: 2,
  unreadable: [],
  next: [['leeway adapt "y9-industry#homework" --for PURPOSE --why "…"', "give the reason in a sentence"]],
};
const DONE: Report = {
  kind: "done",
  verb: "adapt",
  did: ["Explained: Docks case study", '  "y8-trade#case-study"'],
  undo: "leeway undo",
  next: [["leeway push", "send this version home"]],
  data: {},
};

const ALL: readonly Report[] = [
  STATUS,
  DIFF,
  REBASE,
  DRIFT_REPORT,
  { ...DRIFT_REPORT, why: true },
  DECISIONS,
  EXPLAIN,
  LOG,
  SHOW,
  REASONS,
  DONE,
];

function text(report: Report, width = 80): string {
  return renderText(report, { width, style: PLAIN });
}

describe("the smaller pages", () => {
  it("log", () => {
    expect(text(LOG)).toBe(`Harbour Academy Grimsby: 1 adaptation

Docks case study  grimsby/docks-case-study
  replace for place; trial; Head of history; 2 October 2026
  Why: Families here work on the docks; Norwich means nothing to them yet.
  "y8-trade#case-study" "y8-trade#sources"

Next: leeway show grimsby/docks-case-study    its reason and its text
`);
  });

  it("show", () => {
    expect(text(SHOW)).toBe(`Docks case study  grimsby/docks-case-study
  replace for place; trial; Head of history; 2 October 2026
  Why: Families here work on the docks; Norwich means nothing to them yet.
  Upstream: right here only

Case study  "y8-trade#case-study"  52 words
  [-Norwich market-] {+The landing at Grimsby haven+} shows how wool and wine
  changed hands. Sellers stood in rows by …

Also about: "y8-trade#sources"
`);
  });

  it("explain", () => {
    expect(text(EXPLAIN)).toBe(`Trade in medieval England: Case study  "y8-trade#case-study"
  in subjects/history/units/y8-trade/unit.md, line 63

Harbour Learning Trust wrote it, edition 2026-27-autumn, 1 July 2026
  Norwich market shows how wool and wine changed hands. Sellers stood in rows by
  trade, and the city took a toll on what they brought, and the toll paid for
  the wall that can still be seen.
  Note: First edition

North kept it as it was

Harbour Academy Grimsby changed it, 12 September 2026
  The landing at Grimsby haven shows how wool and wine changed hands. Sellers
  stood in rows by …
  Why: Families here work on the docks.

Upstream in 2026-27-spring: nothing changed here since your base.
Leeway: may change, with a reason (says North)
The author invites you to adapt this.
  Keep: Interdependence
  Ideas: a port; a fair

Next: leeway diff "y8-trade#case-study"    see what was changed here
`);
  });

  it("reasons", () => {
    expect(text(REASONS)).toBe(`Harbour Academy Grimsby: 2 changes explained

1 change has no reason yet
  Industry and empire, Homework  "y9-industry#homework"  8 words
    Ask at home who worked [-in a mill-] {+on a trawler or on the fish docks+}.

Next: leeway adapt "y9-industry#homework" --for PURPOSE --why "…"
        give the reason in a sentence
`);
  });

  it("done", () => {
    expect(text(DONE)).toBe(`Explained: Docks case study
  "y8-trade#case-study"
To take it back: leeway undo
Next: leeway push    send this version home
`);
  });
});

describe("every page", () => {
  it.each([40, 60, 80, 100])("keeps to %i columns but for what cannot be broken", (width) => {
    for (const report of ALL) {
      const long = text(report, width)
        .split("\n")
        .filter((line) => line.length > width)
        // One word, or a command that is typed as it stands.
        .filter((line) => /\S\s+\S/.test(line.trim()) && !/(?:^Next:|^ {6}|back:) *leeway /.test(line));
      expect(long).toEqual([]);
    }
  });

  it("says the same with and without colour", async () => {
    const style = await makeStyle(true);
    for (const report of ALL) {
      const coloured = renderText(report, { width: 80, style });
      expect(coloured).toContain("\u001b[");
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the codes
      expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(text(report));
      expect(text(report)).not.toContain("\u001b");
    }
  });

  it("ends with one line end, and no line ends with a space", () => {
    for (const report of ALL) expect(text(report)).toMatch(/^(?:(?:.*[^\s])?\n)*.*\S\n$/);
  });

  it("lets no control character of a document through", () => {
    const poison = "\u001b]0;owned\u0007\u009b31m\r\u0008\u202e";
    const poisoned = ALL.map((report) => JSON.parse(JSON.stringify(report), withPoison));
    for (const report of poisoned as Report[]) {
      const page = text(report);
      expect(page).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
      expect(page).toContain("␛]0;owned␇�31m␍␈�");
      expect(renderMarkdown(report)).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    }

    function withPoison(key: string, value: unknown): unknown {
      const isText = [
        "base",
        "local",
        "text",
        "ours",
        "theirs",
        "title",
        "name",
        "why",
        "at",
        "heading",
      ].includes(key);
      if (key === "did") return [`did ${poison}`];
      return isText && typeof value === "string" ? `${value.trimEnd()} ${poison}` : value;
    }
  });
});

describe("wide and joined characters", () => {
  it("counts the columns that they take, and breaks where such scripts may be broken", () => {
    const why = "港の子どもたちは毎日市場を見ています。".repeat(4);
    const page = text({ ...LOG, adaptations: [{ ...ADAPTATION, why, title: "e\u0301te\u0301" }] }, 40);
    expect(page.match(/市場/g)).toHaveLength(4);
    for (const line of page.split("Next:", 1)[0]?.split("\n") ?? []) {
      const columns = [...line].reduce(
        (sum, sign) => sum + (/[\u3000-\u9fff]/.test(sign) ? 2 : /\p{M}/u.test(sign) ? 0 : 1),
        0,
      );
      expect(columns).toBeLessThanOrEqual(40);
    }
  });
});

describe("printable", () => {
  it("makes control characters visible and keeps text as it is", () => {
    expect(printable("a\r\nb\tc")).toBe("a\nb\tc");
    expect(printable("\u001b[2J\u007f\u0085\u2066")).toBe("␛[2J␡��");
    expect(printable("Ysgol Llanfair — ‘añé’ 日本 🌍")).toBe("Ysgol Llanfair — ‘añé’ 日本 🌍");
  });
});
