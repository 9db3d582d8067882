import type { Standing } from "../reading/standing.ts";

/** A step of an outline around 0,0 in a circle of radius 1. */
type Step =
  | readonly ["move" | "line", x: number, y: number]
  | readonly ["circle", radius: number, clockwise: boolean];

/** Each standing has a shape of its own, so that it is told apart without colour. */
const OUTLINES: Readonly<Record<Standing, readonly Step[]>> = {
  adapted: [["circle", 0.92, true]],
  same: [["circle", 0.42, true]],
  "update-waiting": polygon([-1, -0.75], [1, -0.75], [0, 1]),
  // A hole where the reason should be.
  "reason-missing": [
    ["circle", 0.96, true],
    ["circle", 0.52, false],
  ],
  // Two strands that cross.
  "decision-needed": cross(0.34, 1.22),
  "locked-changed": polygon([-0.84, -0.84], [0.84, -0.84], [0.84, 0.84], [-0.84, 0.84]),
  "no-starting-point": polygon([-0.95, -0.28], [0.95, -0.28], [0.95, 0.28], [-0.95, 0.28]),
};

/** What the plotting library takes for a symbol: it draws one of an area in square pixels. */
interface SymbolType {
  draw(context: Pick<CanvasPath, "moveTo" | "lineTo" | "arc" | "closePath">, area: number): void;
}

/** A standing as a symbol for the plotting library. */
export function symbolOf(standing: Standing): SymbolType {
  return {
    draw(context, area) {
      const radius = Math.sqrt(area / Math.PI);
      for (const step of OUTLINES[standing]) {
        if (step[0] === "circle") {
          context.moveTo(step[1] * radius, 0);
          context.arc(0, 0, step[1] * radius, 0, 2 * Math.PI, !step[2]);
        } else if (step[0] === "move") context.moveTo(step[1] * radius, step[2] * radius);
        else context.lineTo(step[1] * radius, step[2] * radius);
      }
      context.closePath();
    },
  };
}

/** The same shape as the outline of an SVG path. */
export function outlineOf(standing: Standing): string {
  const steps = OUTLINES[standing].map((step) => {
    if (step[0] !== "circle") return `${step[0] === "move" ? "M" : "L"}${step[1]},${step[2]}`;
    const [, radius, clockwise] = step;
    const half = (x: number): string => `A${radius},${radius},0,1,${clockwise ? 1 : 0},${x},0`;
    return `M${radius},0${half(-radius)}${half(radius)}`;
  });
  return `${steps.join("")}Z`;
}

function polygon(first: readonly [number, number], ...more: readonly (readonly [number, number])[]): Step[] {
  return [["move", ...first], ...more.map((point): Step => ["line", ...point])];
}

/** A diagonal cross: arms of half this width, and of this length from the middle. */
function cross(half: number, length: number): Step[] {
  const upright = [
    [half, half],
    [length, half],
    [length, -half],
    [half, -half],
    [half, -length],
    [-half, -length],
    [-half, -half],
    [-length, -half],
    [-length, half],
    [-half, half],
    [-half, length],
    [half, length],
  ];
  const [first, ...rest] = upright.map(([x = 0, y = 0]): [number, number] => [
    (x - y) * Math.SQRT1_2 * 0.82,
    (x + y) * Math.SQRT1_2 * 0.82,
  ]);
  return polygon(first ?? [0, 0], ...rest);
}
