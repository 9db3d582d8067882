import { dot, link, type Markish, text } from "@observablehq/plot";
import type { VNode } from "preact";
import { count, longDate } from "../../wording.ts";
import { STANDINGS, type Standing, standingIn, standingWords } from "../reading/standing.ts";
import { type Entry, type Region, subjectName } from "../reading/trust.ts";
import { drawn, inPixels } from "./draw.ts";
import { symbolOf } from "./glyphs.ts";

/** As wide as a telephone is; names have what the columns leave, and at least this. */
const WIDTH = 346;
const NAMES = 170;
const CELL = 19;
/** Words above the columns lean out of their own by this much. */
const LEAN = 16;
const ROW = 25;
const HEAD = 92;
/** How far a layer stands in from the one above it. */
const INDENT = 8;
const FONT = 11.5;
const GAP = 6;
/** The widest letters in use (DejaVu's and Verdana's) beside those that the library reckons with. */
const WIDEST = 1.06;
const SMALLEST = 4.2;
const LARGEST = 9.4;

interface Mark {
  readonly x: number;
  readonly y: number;
  readonly standing: Standing;
  readonly words: number;
  readonly old: boolean;
  readonly title: string;
}

/**
 * The versions of one region by subject. The shape of a mark is the standing, its size the words changed here.
 * @param most words in the fullest cell of the whole trust, so that regions compare
 */
export function mapPlot(region: Region, subjects: readonly string[], most: number): VNode {
  const columns = subjects.length * CELL + LEAN;
  const names = Math.max(NAMES, WIDTH - columns);
  const width = names + columns;
  const height = HEAD + region.entries.length * ROW;
  const columnX = (index: number): number => names + (index + 0.5) * CELL;
  const rowY = (index: number): number => HEAD + (index + 0.5) * ROW;
  const marks = region.entries.flatMap((entry, row) =>
    marksOf(entry, subjects, (column) => ({ x: columnX(column), y: rowY(row) })),
  );
  const unknown = region.entries.flatMap((entry, row) =>
    entry.state === "unread"
      ? [{ y: rowY(row), why: "not read" }]
      : entry.drift.figures === null
        ? [{ y: rowY(row), why: "no starting point" }]
        : [],
  );
  const dated = region.entries.flatMap((entry, row) =>
    entry.state === "old" ? [{ y: rowY(row) + 7, on: `as of ${longDate(entry.on)}` }] : [],
  );
  return drawn(
    {
      ...inPixels(width, height),
      r: { type: "sqrt", domain: [0, Math.max(1, most)], range: [SMALLEST, LARGEST] },
      marks: [
        link([...region.entries.keys(), region.entries.length], {
          x1: 0,
          x2: width - LEAN,
          y1: (row: number) => HEAD + row * ROW,
          y2: (row: number) => HEAD + row * ROW,
          stroke: "var(--rule)",
        }),
        text(subjects, {
          x: (_: string, index: number) => columnX(index) + 3,
          y: HEAD - 8,
          text: (subject: string) => subjectName(subject),
          rotate: -76,
          textAnchor: "start",
          fontSize: 11.5,
          lineWidth: 8.2,
          textOverflow: "ellipsis",
          fill: "var(--soft)",
        }),
        ...namesOf(region, names, rowY),
        text(dated, {
          x: 12,
          y: "y",
          text: "on",
          textAnchor: "start",
          fontSize: 10,
          fill: "var(--soft)",
        }),
        text(unknown, {
          x: names + 4,
          y: "y",
          text: "why",
          textAnchor: "start",
          fontSize: 11.5,
          fontStyle: "italic",
          fill: "var(--soft)",
        }),
        ...STANDINGS.flatMap((standing) =>
          [false, true].map((old) =>
            dot(
              marks.filter((mark) => mark.standing === standing && mark.old === old),
              {
                x: "x",
                y: "y",
                r: "words",
                symbol: symbolOf(standing),
                fill: old ? "var(--paper)" : `var(--${standing})`,
                stroke: old ? "var(--soft)" : null,
                title: "title",
              },
            ),
          ),
        ),
      ],
    },
    { label: `${region.name}: versions, each a link to its own part of this page` },
  );
}

function marksOf(
  entry: Entry,
  subjects: readonly string[],
  place: (column: number) => { x: number; y: number },
): Mark[] {
  if (entry.state === "unread" || entry.drift.figures === null) return [];
  return subjects.map((subject, column) => {
    const figures = entry.version.subjects.find((each) => each.subject === subject);
    const standing = standingIn(figures);
    const words = figures?.words ?? 0;
    return {
      ...place(column),
      standing,
      words,
      old: entry.state === "old",
      title: `${entry.version.name}, ${subjectName(subject)}: ${standingWords(standing).toLowerCase()}, ${count(words, "word")} changed here`,
    };
  });
}

/** The names of the versions before their rows, each cut where the columns begin. */
function namesOf(region: Region, names: number, rowY: (row: number) => number): Markish[] {
  const rows = region.entries.map((entry, row) => ({ entry, y: rowY(row), from: 2 + indent(entry, region) }));
  return [...new Set(rows.map(({ from }) => from))].map((from) =>
    text(
      rows.filter((each) => each.from === from),
      {
        x: from,
        y: ({ entry, y }: (typeof rows)[number]) => y - (entry.state === "old" ? 5 : 0),
        text: ({ entry }: (typeof rows)[number]) => entry.version.name,
        href: ({ entry }: (typeof rows)[number]) => `#${entry.anchor}`,
        title: ({ entry }: (typeof rows)[number]) => entry.version.name,
        textAnchor: "start",
        fontSize: FONT,
        // Where the page's letters are the widest that there are, what is cut still ends before the first mark.
        lineWidth: (names - from - GAP) / (FONT * WIDEST),
        textOverflow: "ellipsis",
        fill: ({ entry }: (typeof rows)[number]) =>
          entry.state === "current" ? "var(--ink)" : "var(--soft)",
      },
    ),
  );
}

/** A region's own version stands above its schools. */
function indent(entry: Entry, { entries }: Region): number {
  return INDENT * Math.max(0, entry.version.depth - Math.min(...entries.map(({ version }) => version.depth)));
}
