import { barX } from "@observablehq/plot";
import type { VNode } from "preact";
import type { Hotspot } from "../../../trust/survey.ts";
import { drawn } from "./draw.ts";

const WIDTH = 344;
const HEIGHT = 16;

/**
 * The versions that changed a passage, as pieces of a bar: a piece is a group that made much the same edit.
 * @param of versions that the whole width stands for, so that bars compare
 */
export function groupsPlot({ groups }: Hotspot, of: number): VNode {
  let from = 0;
  const pieces = groups.map(({ versions }) => {
    const piece = { from, to: from + versions.length, shared: versions.length > 1 };
    from = piece.to;
    return piece;
  });
  const shape = { x1: "from", x2: "to", insetLeft: 0.75, insetRight: 0.75, rx: 2 };
  return drawn(
    {
      width: WIDTH,
      height: HEIGHT,
      margin: 0,
      axis: null,
      x: { domain: [0, of] },
      marks: [
        barX([0], { x1: 0, x2: of, insetTop: 7, insetBottom: 7, fill: "var(--rule)" }),
        barX(
          pieces.filter(({ shared }) => shared),
          { ...shape, fill: "var(--adapted)" },
        ),
        barX(
          pieces.filter(({ shared }) => !shared),
          {
            ...shape,
            insetTop: 0.75,
            insetBottom: 0.75,
            fill: "var(--paper)",
            stroke: "var(--adapted)",
            strokeWidth: 1.5,
          },
        ),
      ],
    },
    { hidden: true },
  );
}
