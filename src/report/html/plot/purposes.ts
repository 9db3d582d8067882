import { link, rect, text } from "@observablehq/plot";
import type { VNode } from "preact";
import type { PurposesByKinds } from "../reading/adaptations.ts";
import { purposeName } from "../reading/purposes.ts";
import { drawn, inPixels } from "./draw.ts";

/** As wide as a telephone is, or wider. */
const WIDTH = 346;
const LABELS = 104;
const COLUMN = 24;
const ROW = 28;
const HEAD = 62;

/** Purposes by kinds: the number of adaptations, on a ground that is the deeper the more there are. */
export function purposesPlot({ purposes, kinds, cells }: PurposesByKinds): VNode {
  // The words over the last columns lean out of their own.
  const width = Math.max(WIDTH, LABELS + kinds.length * COLUMN + COLUMN);
  const height = HEAD + purposes.length * ROW;
  const found = cells.filter(({ count }) => count > 0);
  const most = Math.max(1, ...found.map(({ count }) => count));
  const x = ({ kind }: { kind: string }): number => LABELS + (kinds.indexOf(kind) + 0.5) * COLUMN;
  const y = ({ purpose }: { purpose: string }): number => HEAD + (purposes.indexOf(purpose) + 0.5) * ROW;
  return drawn(
    {
      ...inPixels(width, height),
      opacity: { type: "sqrt", domain: [0, most], range: [0.06, 0.42] },
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
          text: (purpose: string) => purposeName(purpose),
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
        rect(found, {
          x1: (cell) => x(cell) - COLUMN / 2,
          x2: (cell) => x(cell) + COLUMN / 2,
          y1: (cell) => y(cell) - ROW / 2,
          y2: (cell) => y(cell) + ROW / 2,
          inset: 1.5,
          rx: 3,
          fill: "var(--adapted)",
          fillOpacity: "count",
        }),
        text(found, { x, y, text: "count", fontSize: 12.5, fontWeight: 600, fill: "var(--ink)" }),
      ],
    },
    { hidden: true },
  );
}
