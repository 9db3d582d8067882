import { dot, link, text } from "@observablehq/plot";
import type { VNode } from "preact";
import { count, longDate } from "../../wording.ts";
import { STANDINGS, type Standing, standingIn, standingWords } from "../reading/standing.ts";
import { type Entry, type Region, subjectName } from "../reading/trust.ts";
import { drawn, inPixels } from "./draw.ts";
import { symbolOf } from "./glyphs.ts";

/** As wide as a telephone is; names have what the columns leave, and at least this. */
const WIDTH = 346;
const NAMES = 170;
const CELL = 20;
/** Words above the columns lean out of their own by this much. */
const LEAN = 16;
const ROW = 25;
const HEAD = 92;
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
        text(region.entries, {
          x: (entry: Entry) => 2 + 10 * Math.max(0, indent(entry, region)),
          y: (entry: Entry, row: number) => rowY(row) - (entry.state === "old" ? 5 : 0),
          text: (entry: Entry) => entry.version.name,
          href: (entry: Entry) => `#${entry.anchor}`,
          title: (entry: Entry) => entry.version.name,
          textAnchor: "start",
          fontSize: 12,
          // The library takes letters for wider than they are.
          lineWidth: (names - 12) / 11.2,
          textOverflow: "ellipsis",
          fill: (entry: Entry) => (entry.state === "current" ? "var(--ink)" : "var(--soft)"),
        }),
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

/** A region's own version stands above its schools. */
function indent(entry: Entry, { entries }: Region): number {
  return entry.version.depth - Math.min(...entries.map(({ version }) => version.depth));
}
