import { dot, text } from "@observablehq/plot";
import type { VNode } from "preact";
import { STANDINGS } from "../reading/standing.ts";
import type { Trust } from "../reading/trust.ts";
import { drawn, inPixels } from "./draw.ts";
import { symbolOf } from "./glyphs.ts";

const WIDTH = 344;
const LABELS = 110;
const STEP = 18;
const A_LINE = Math.floor((WIDTH - LABELS) / STEP);
const GAP = 10;

/** One mark for each version that was read, by region; within a region by standing. */
export function standingsPlot({ regions }: Trust): VNode {
  let y = STEP;
  const marks: { x: number; y: number; standing: (typeof STANDINGS)[number] }[] = [];
  const labels: { y: number; name: string }[] = [];
  for (const { name, entries } of regions) {
    const current = entries.filter((entry) => entry.state === "current");
    if (current.length === 0) continue;
    labels.push({ y, name });
    const sorted = STANDINGS.flatMap((standing) => current.filter((each) => each.standing === standing));
    sorted.forEach(({ standing }, index) => {
      marks.push({
        x: LABELS + ((index % A_LINE) + 0.5) * STEP,
        y: y + Math.floor(index / A_LINE) * STEP,
        standing,
      });
    });
    y += Math.ceil(sorted.length / A_LINE) * STEP + GAP;
  }
  return drawn(
    {
      ...inPixels(WIDTH, y),
      marks: [
        text(labels, {
          x: () => LABELS - 12,
          y: "y",
          text: "name",
          textAnchor: "end",
          fontSize: 12,
          lineWidth: 8.4,
          textOverflow: "ellipsis",
          fill: "var(--ink)",
        }),
        ...STANDINGS.map((standing) =>
          dot(
            marks.filter((mark) => mark.standing === standing),
            { x: "x", y: "y", r: 6.4, symbol: symbolOf(standing), fill: `var(--${standing})` },
          ),
        ),
      ],
    },
    { hidden: true },
  );
}
