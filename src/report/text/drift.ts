import type { Figures, PassageFigure } from "../../drift/figures.ts";
import type { Drift } from "../../version/drift/drift.ts";
import type { DriftReport } from "../kinds/trust.ts";
import {
  asStep,
  count,
  editionLabel,
  longDate,
  number,
  percent,
  possessive,
  quoted,
  STATUS_WORDS,
  unended,
  wordsCell,
} from "../wording.ts";
import type { Page } from "./page.ts";
import type { Rich } from "./rich.ts";
import type { Ink } from "./style.ts";

const LABEL = 24;
const MOST_LISTED = 8;

/** The five figures and the status of one version, each figure with what it is a part of. */
export function driftText({ drift, why, at = null, next }: DriftReport, page: Page): void {
  if (at !== null) {
    page.text([{ text: drift.name, ink: "strong" }, ", at ", { text: quoted(at), ink: "address" }]);
    page.blank();
    writeAll(drift, page);
    page.next(next);
    return;
  }
  writeStatus(drift, page);
  const { figures } = drift;
  if (figures !== null) {
    page.blank();
    writeFigures(figures, page);
    page.blank();
    if (why) writeAll(drift, page);
    else writeLargest(drift, page);
    page.text("These figures say how much changed, not how good it is.");
  }
  if (figures === null) page.blank();
  page.next(next.length > 0 ? next : drift.remedies.map(asStep));
}

function writeStatus(drift: Drift, page: Page): void {
  const { name, against, target, status } = drift;
  if (status === "source") {
    page.text([
      { text: name, ink: "strong" },
      ` is ${STATUS_WORDS.source}. Drift is measured in the versions below it.`,
    ]);
    return;
  }
  const edition = target === null ? "" : `${possessive(against?.name ?? "upstream")} ${editionLabel(target)}`;
  page.text([{ text: name, ink: "strong" }, `, against ${edition || against?.name || "upstream"}`]);
  page.text(
    ["Status: ", { text: STATUS_WORDS[status], ink: INKS[status] ?? "well" }, `   ${because(drift)}`],
    0,
    8,
    true,
  );
  if (drift.figures === null) {
    page.text("No figure can be given: it is not known what this version was copied from.");
  }
  if (drift.olderNext && target !== null) {
    page.text(
      `${editionLabel(target)} is older than what this version builds on, so nothing waits to be taken.`,
    );
  }
}

/** Adapted and the same are equally good; what nobody has explained or looked at is pointed out. */
const INKS: Readonly<Partial<Record<Drift["status"], Ink>>> = {
  "no-starting-point": "alarm",
  "locked-changed": "alarm",
  "decision-needed": "attention",
  "reason-missing": "attention",
  "update-waiting": "attention",
};

function because({ status, figures, why, against, target }: Drift): string {
  if (figures === null) return why ?? "";
  const upstream = against?.name ?? "upstream";
  switch (status) {
    case "locked-changed":
      return `${count(figures.breaches.count, "locked passage")} changed`;
    case "decision-needed":
      return `${count(figures.contested.conflicts, "passage")} changed both here and in ${upstream}`;
    case "reason-missing":
      return `${count(figures.undeclared.passages, "changed passage has", "changed passages have")} no reason yet`;
    case "update-waiting":
      return `${count(figures.behind.passages, "passage")} of ${target === null ? upstream : editionLabel(target)} not taken yet`;
    case "adapted":
      return `${count(figures.diverged.passages, "passage")} changed here, each explained or free to change`;
    default:
      return figures.behind.held > 0
        ? `nothing changed here; ${count(figures.behind.held, "passage")} held back`
        : `nothing differs from ${upstream}`;
  }
}

function writeFigures(figures: Figures, page: Page): void {
  const { behind, diverged, undeclared, breaches, contested } = figures;
  const counted = [diverged, undeclared, behind];
  const [counts, words] = [
    Math.max(...counted.map((each) => number(each.passages).length)),
    Math.max(...counted.map((each) => number(each.words).length)),
  ];
  const noun = counted.some((each) => each.passages !== 1) ? "passages," : "passage,";
  const measured = ({ passages: many, words: edits, of }: Figures["undeclared"]): string =>
    `${number(many).padStart(counts)} ${(many === 1 ? "passage," : "passages,").padEnd(noun.length)} ${number(edits).padStart(words)} of ${count(of, "word")}`;
  const line = (label: string, value: string, ink?: Ink): void => {
    if (page.width < 60)
      page.text(
        [
          { text: `${label}: `, solid: true },
          { text: value.trim().replace(/ +/g, " "), ink },
        ],
        0,
        4,
      );
    else
      page.text(
        [
          { text: label.padEnd(LABEL), solid: true },
          { text: value, ink },
        ],
        0,
        LABEL,
        true,
      );
  };
  line("Changed here", measured(diverged));
  line("  reason missing", measured(undeclared), undeclared.passages > 0 ? "attention" : undefined);
  line("  order and structure", arrangement(diverged));
  line(
    "Locked text changed",
    breaches.count === 0 ? "none" : count(breaches.count, "passage"),
    breaches.count > 0 ? "alarm" : undefined,
  );
  const column = page.width < 60 ? 4 : LABEL;
  for (const at of breaches.passages.slice(0, MOST_LISTED))
    page.text({ text: quoted(at), ink: "address" }, column);
  if (breaches.count > MOST_LISTED) page.text(`and ${number(breaches.count - MOST_LISTED)} more`, column);
  line("Not yet taken", measured(behind));
  if (behind.editions > 0) line("  waiting", waitingSince(behind));
  if (behind.held > 0) line("  held back", count(behind.held, "passage"));
  line(
    "Changed on both sides",
    `${number(contested.conflicts)} to decide, ${number(contested.reviews)} to look over`,
  );
}

function waitingSince({ editions, oldest }: Figures["behind"]): string {
  return `${count(editions, "edition")}${oldest === null ? "" : `, since ${longDate(oldest)}`}`;
}

function arrangement({ order, structure }: Figures["diverged"]): string {
  if (order === 0 && structure === 0) return "nothing moved, added or left out";
  const parts: string[] = [];
  if (order > 0) parts.push(`${percent(order)} of all pairs of siblings stand in another order`);
  if (structure > 0) parts.push(`${percent(structure)} of all passages added or left out`);
  return parts.join("; ");
}

function writeLargest({ passages }: Drift, page: Page): void {
  const own = passages.filter(({ figure }) => figure !== "behind" && figure !== "held");
  const largest = (own.length > 0 ? own : passages).reduce<PassageFigure | null>(
    (a, b) => (a === null || b.words > a.words ? b : a),
    null,
  );
  if (largest === null || largest.words === 0) return;
  page.text(
    [
      "Largest: ",
      { text: quoted(largest.at), ink: "address" },
      `, ${count(largest.words, "word")}, ${standing(largest)}`,
    ],
    0,
    2,
  );
}

function standing({ figure, why, undeclared }: PassageFigure): string {
  switch (figure) {
    case "breaches":
      return undeclared ? "locked, no reason yet" : "locked";
    case "undeclared":
      return "no reason yet";
    case "behind":
      return "not yet taken";
    case "held":
      return "held back";
    default:
      return why === null ? "free to change" : `explained: ${unended(why)}`;
  }
}

const GROUPS: readonly (readonly [PassageFigure["figure"], string])[] = [
  ["breaches", "Locked text changed"],
  ["undeclared", "Changed here, no reason yet"],
  ["diverged", "Changed here, explained or free to change"],
  ["behind", "Not yet taken"],
  ["held", "Held back"],
];

/** Every passage behind the figures. */
export function writeAll({ passages, figures, against }: Drift, page: Page): void {
  const contested = new Set(figures?.contested.passages ?? []);
  const several = passages.some(({ owners }) => owners.length > 1);
  const toldOf = ({ at, figure, why, undeclared, records = [], owners }: PassageFigure): string => {
    const told: string[] = [];
    if (figure === "breaches" && undeclared) told.push("no reason yet");
    else if (figure === "diverged" || figure === "breaches")
      told.push(
        why === null ? "free to change" : [unended(why), ...records.map((id) => `(${id})`)].join(" "),
      );
    if (contested.has(at) && figure !== "behind") told.push(`changed in ${against?.name ?? "upstream"} too`);
    if (several && owners.length > 0) told.push(`by ${owners.join(", ")}`);
    return told.join("; ");
  };
  for (const [figure, title] of GROUPS) {
    const group = passages.filter((each) => each.figure === figure);
    if (group.length === 0) continue;
    page.text({ text: title, ink: "strong" });
    page.table(
      group.map((each): Rich[] => [
        { text: quoted(each.at), ink: "address" },
        wordsCell({ change: "moved", words: { edits: each.words } }),
        toldOf(each),
      ]),
      { indent: 2, right: [1] },
    );
    page.blank();
  }
}
