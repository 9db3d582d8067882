import type { DiffReport, ShownPassage, StatusReport } from "../../../src/report/kinds/changes.ts";
import type { DriftReport } from "../../../src/report/kinds/trust.ts";
import type { DecisionsReport, RebaseReport } from "../../../src/report/kinds/update.ts";
import type { Drift } from "../../../src/version/drift/drift.ts";
import type { Decision } from "../../../src/version/rebase/plan.ts";

/** One state of one trust, as the five sketches of `examples.md` show it. */

export const BASE = { commit: "1f3c0a9d12".padEnd(40, "0"), edition: "2026-27-autumn" };
export const NEXT = { commit: "77ab01c3fe".padEnd(40, "0"), edition: "2026-27-spring" };
const SPRING = { name: NEXT.edition, commit: NEXT.commit, date: "2027-01-12T09:00:00Z", notes: "" };

export const TITLES = { "y8-trade": "Trade in medieval England", "y9-industry": "Industry and empire" };

export const CASE_STUDY: ShownPassage = {
  at: "y8-trade#case-study",
  name: "Case study",
  change: "edited",
  words: { added: 52, removed: 12, edits: 52 },
  base: "## Case study\n\nNorwich market shows how wool and wine changed hands.\nSellers stood in rows by trade, and the city took a toll on what they brought, and the toll paid for the wall that can still be seen.\n",
  local:
    "## Case study\n\nThe landing at Grimsby haven shows how wool and wine changed hands.\nSellers stood in rows by trade, and the city took a toll on what they brought, and the toll paid for the wall that can still be seen.\n",
  reason: {
    state: "explained",
    id: "grimsby/docks-case-study",
    title: "Docks case study",
    why: "Families here work on the docks; Norwich means nothing to them yet.",
    purposes: ["place"],
    review: null,
  },
};

export const WRITING: ShownPassage = {
  at: "y8-trade#writing",
  name: "Writing",
  change: "edited",
  words: { added: 46, removed: 0, edits: 46 },
  base: "## Writing\n\nPupils write one extended answer.\n",
  local: "## Writing\n\nPupils write one extended answer.\n\nOne reason was … This mattered because …\n",
  reason: {
    state: "explained",
    id: "grimsby/writing-frames",
    title: "Writing frames",
    why: "Many pupils write their first long answer in English here.",
    purposes: ["scaffold", "eal"],
    review: null,
  },
};

export const HOMEWORK: ShownPassage = {
  at: "y9-industry#homework",
  name: "Homework",
  change: "edited",
  words: { added: 8, removed: 3, edits: 8 },
  base: "## Homework\n\nAsk at home who worked in a mill.\n",
  local: "## Homework\n\nAsk at home who worked on a trawler or on the fish docks.\n",
  reason: { state: "missing" },
};

export const DECISION: Decision = {
  path: "subjects/history/units/y8-trade/unit.md",
  at: "y8-trade#case-study",
  title: "Trade in medieval England",
  kind: "edited-edited",
  reason: "Grimsby and North both changed these lines, each in its own way.",
  base: "Norwich market shows how wool and wine changed hands.\n",
  ours: "The landing at Grimsby haven shows how wool and wine changed hands.\n",
  theirs: "Norwich market, in two sources of 1348, shows how wool and wine changed hands.\n",
  heading: "Case study",
  marked: null,
};

export const DIFF: DiffReport = {
  kind: "diff",
  view: "words",
  heading: "Harbour Academy Grimsby, changed since 2026-27-autumn",
  from: BASE,
  to: { commit: null, edition: null },
  documents: [
    {
      id: "y8-trade",
      path: "subjects/history/units/y8-trade/unit.md",
      from: null,
      title: "Trade in medieval England",
      change: "edited",
      passages: [CASE_STUDY, WRITING],
    },
    {
      id: "y9-industry",
      path: "subjects/history/units/y9-industry/unit.md",
      from: null,
      title: "Industry and empire",
      change: "edited",
      passages: [HOMEWORK],
    },
  ],
  files: [],
  next: [['leeway adapt "y9-industry#homework"', "give the reason in a sentence"]],
};

export const STATUS: StatusReport = {
  kind: "status",
  version: { id: "grimsby", name: "Harbour Academy Grimsby", layer: "school" },
  upstream: { id: "north", name: "North" },
  branch: "main",
  base: BASE,
  baseRecorded: true,
  neverFetched: false,
  upstreamAsOf: null,
  noStart: null,
  target: { commit: NEXT.commit, edition: SPRING },
  cutShort: null,
  stop: null,
  missing: [HOMEWORK],
  renew: [],
  review: [],
  locked: [],
  explained: 2,
  free: 0,
  files: [],
  unreadable: [],
  unsaved: 0,
  unsavedSettings: null,
  edits: [],
  unforeseen: null,
  aside: false,
  detached: null,
  ahead: { updates: 6, asks: [DECISION] },
  held: [],
  titles: TITLES,
  next: [
    ['leeway adapt "y9-industry#homework"', "give the reason in a sentence"],
    ["leeway rebase --dry-run", "see what 2026-27-spring would do"],
  ],
};

export const REBASE: RebaseReport = {
  kind: "rebase",
  outcome: "conflicts",
  dryRun: false,
  version: "Harbour Academy Grimsby",
  upstream: "North",
  from: BASE,
  to: NEXT,
  documents: { updated: 4, merged: 2, conflicted: 1, same: 0 },
  recorded: false,
  decisions: [DECISION],
  adaptations: [
    {
      id: "grimsby/docks-case-study",
      title: "Docks case study",
      why: "Families here work on the docks.",
      outcome: "conflict",
    },
    {
      id: "grimsby/writing-frames",
      title: "Writing frames",
      why: "Many pupils write their first long answer here.",
      outcome: "review",
    },
    { id: "grimsby/trawlers", title: "Trawlers, not mills", why: "There was no mill.", outcome: "carried" },
  ],
  dropped: [],
  code: [],
  inTheWay: [],
  upstreamAsOf: null,
  held: [],
  released: [],
  notes: "Two sources from the plague year added.",
  reasons: { "y8-trade#case-study": "Families here work on the docks; Norwich means nothing to them yet." },
  undo: null,
  next: [
    ["leeway resolve", "decide, with both texts side by side"],
    ["leeway rebase --abort", "put everything back as it was"],
  ],
};

export const DRIFT: Drift = {
  id: "grimsby",
  name: "Harbour Academy Grimsby",
  layer: "school",
  against: { id: "north", name: "North" },
  base: BASE,
  target: NEXT,
  status: "decision-needed",
  figures: {
    behind: { passages: 7, words: 95, of: 21510, editions: 1, oldest: "2027-01-12T09:00:00Z", held: 0 },
    diverged: { passages: 3, words: 106, of: 21430, order: 0, structure: 0 },
    undeclared: { passages: 1, words: 8, of: 21430 },
    breaches: { count: 0, passages: [] },
    contested: { conflicts: 1, reviews: 0, passages: ["y8-trade#case-study"] },
  },
  passages: [
    {
      at: "y8-trade#case-study",
      figure: "diverged",
      words: 52,
      undeclared: false,
      why: "Docks case study",
      owners: ["grimsby"],
    },
    {
      at: "y8-trade#writing",
      figure: "diverged",
      words: 46,
      undeclared: false,
      why: "Writing frames",
      owners: ["grimsby"],
    },
    { at: "y8-trade#sources", figure: "behind", words: 30, undeclared: false, why: null, owners: [] },
    {
      at: "y9-industry#homework",
      figure: "undeclared",
      words: 8,
      undeclared: true,
      why: null,
      owners: ["grimsby"],
    },
    { at: "y8-trade@keywords.staple", figure: "behind", words: 5, undeclared: false, why: null, owners: [] },
    { at: "y7-cells#plenary", figure: "behind", words: 4, undeclared: false, why: null, owners: [] },
  ],
  why: null,
  remedies: [],
  olderNext: false,
};

export const DRIFT_REPORT: DriftReport = {
  kind: "drift",
  why: false,
  drift: DRIFT,
  next: [
    ["leeway drift --why", "every passage behind the figures"],
    ["leeway rebase --dry-run", "try 2026-27-spring; nothing changes"],
  ],
};

export const DECISIONS: DecisionsReport = {
  kind: "decisions",
  view: "whole",
  version: "Harbour Academy Grimsby",
  upstream: "North",
  edition: NEXT.edition,
  operation: "update",
  note: "Two sources of 1348 added.",
  did: [],
  results: [],
  dryRun: false,
  decisions: [
    {
      ...DECISION,
      number: 1,
      line: 14,
      why: "Families here work on the docks; Norwich means nothing to them yet.",
      choices: [
        { take: "upstream", means: "upstream's text", text: DECISION.theirs },
        { take: "local", means: "this version's text", text: DECISION.ours },
      ],
      beside: { before: "Sort the sources.", after: "Sort the sources.\n\nDate each of them." },
    },
  ],
  open: 1,
  settled: 1,
  joined: [],
  byHand: [],
  next: [['leeway resolve "y8-trade#case-study"', "decide"]],
};
