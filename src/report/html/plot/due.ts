import { dot, link, text } from "@observablehq/plot";
import type { VNode } from "preact";
import { longMonth } from "../../wording.ts";
import type { DueGroup } from "../reading/due.ts";
import { drawn, inPixels } from "./draw.ts";

const COLUMN = 22;
const STEP = 13;
const FOOT = 26;
/** Columns for what has passed, a year and a month, and what comes later. */
const MONTHS = 13;

/** What is due, one mark each, month by month for a year. */
export function duePlot(groups: readonly DueGroup[], today: string): VNode {
  const months = Array.from({ length: MONTHS }, (_, ahead) => monthAfter(today, ahead));
  const keys = ["passed", ...months, "later"];
  const columns = keys.map(
    (key) =>
      groups.find((group) => group.key === key)?.items.length ??
      (key === "later"
        ? groups
            .filter((group) => !keys.includes(group.key))
            .reduce((sum, { items }) => sum + items.length, 0)
        : 0),
  );
  const most = Math.max(1, ...columns);
  const width = keys.length * COLUMN;
  const height = most * STEP + FOOT;
  const x = (index: number): number => (index + 0.5) * COLUMN;
  const marks = columns.flatMap((many, column) =>
    Array.from({ length: many }, (_, place) => ({
      x: x(column),
      y: height - FOOT - (place + 0.5) * STEP,
      passed: column === 0,
    })),
  );
  const plain = { x: "x", y: "y", r: 4.6 };
  return drawn(
    {
      ...inPixels(width, height),
      marks: [
        link([0], {
          x1: 0,
          x2: width,
          y1: height - FOOT,
          y2: height - FOOT,
          stroke: "var(--rule)",
        }),
        dot(
          marks.filter(({ passed }) => !passed),
          { ...plain, fill: "var(--accent)" },
        ),
        dot(
          marks.filter(({ passed }) => passed),
          { ...plain, r: 3.8, stroke: "var(--reason-missing)", strokeWidth: 2 },
        ),
        text(keys, {
          x: (_: string, index: number) => x(index),
          y: height - 10,
          text: (key: string) =>
            months.includes(key) ? longMonth(key).slice(0, 3) : key === "passed" ? "past" : key,
          fontSize: 10.5,
          fill: "var(--soft)",
        }),
      ],
    },
    { hidden: true },
  );
}

/** The month so many months after a day, as YYYY-MM. */
function monthAfter(day: string, months: number): string {
  const all = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, "0")}`;
}
