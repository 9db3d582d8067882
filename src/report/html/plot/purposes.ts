import { dot, link, text } from "@observablehq/plot";
import type { VNode } from "preact";
import type { PurposesByKinds } from "../reading/adaptations.ts";
import { drawn } from "./draw.ts";

const LABELS = 104;
const COLUMN = 32;
const ROW = 32;
const HEAD = 66;
const LARGEST = 14;

/** Purposes by kinds: the area of a circle is how many, and the number stands in it. */
export function purposesPlot({ purposes, kinds, cells }: PurposesByKinds): VNode {
  const width = LABELS + kinds.length * COLUMN + 8;
  const height = HEAD + purposes.length * ROW;
  const found = cells.filter(({ count }) => count > 0);
  const most = Math.max(1, ...found.map(({ count }) => count));
  const x = ({ kind }: { kind: string }): number => LABELS + (kinds.indexOf(kind) + 0.5) * COLUMN;
  const y = ({ purpose }: { purpose: string }): number => HEAD + (purposes.indexOf(purpose) + 0.5) * ROW;
  // The number stands beside a circle that is too small to hold it.
  const inside = (count: number): boolean => count / most > 0.3;
  const number = { x, y, text: "count", fontSize: 12 };
  return drawn(
    {
      width,
      height,
      margin: 0,
      axis: null,
      x: { domain: [0, width], range: [0, width] },
      y: { domain: [0, height], range: [0, height] },
      r: { type: "sqrt", domain: [0, most], range: [0, LARGEST] },
      marks: [
        link([...purposes.keys(), purposes.length], {
          x1: 0,
          x2: width,
          y1: (row: number) => HEAD + row * ROW,
          y2: (row: number) => HEAD + row * ROW,
          stroke: "var(--rule)",
        }),
        text(purposes, {
          x: 0,
          y: (purpose: string) => y({ purpose }),
          text: (purpose: string) => purpose,
          textAnchor: "start",
          fontSize: 12.5,
          fill: "var(--ink)",
        }),
        text(kinds, {
          x: (kind: string) => x({ kind }) - 4,
          y: HEAD - 10,
          text: (kind: string) => kind,
          rotate: -55,
          textAnchor: "start",
          fontSize: 12,
          fill: "var(--soft)",
        }),
        dot(found, { x, y, r: "count", fill: "var(--adapted)" }),
        text(
          found.filter(({ count }) => inside(count)),
          { ...number, fill: "var(--paper)", fontWeight: 600 },
        ),
        text(
          found.filter(({ count }) => !inside(count)),
          { ...number, dx: 13, fill: "var(--ink)" },
        ),
      ],
    },
    { hidden: true },
  );
}
