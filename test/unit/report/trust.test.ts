import { describe, expect, it } from "vitest";
import type { TrustReport } from "../../../src/report/kinds/trust.ts";
import { renderText } from "../../../src/report/text/render.ts";
import { PLAIN } from "../../../src/report/text/style.ts";
import { DRIFT } from "./reports.ts";

const TRUST: TrustReport = {
  kind: "trust",
  heading: "A small trust in leeway-demo: 1 centre, 1 region, 1 school. Nothing else is touched.",
  steps: [
    ["Grimsby takes its own copy", "leeway fork ../north grimsby --id grimsby …"],
    ["and makes a lesson local", 'leeway adapt "y8-trade#case-study" --for place …'],
  ],
  versions: [
    {
      depth: 0,
      drift: { ...DRIFT, name: "North", status: "no-starting-point", figures: null, passages: [] },
    },
    { depth: 1, drift: DRIFT },
  ],
  turn: "Your turn: Grimsby has the spring edition waiting.",
  seconds: 21,
  next: [["cd leeway-demo/grimsby && leeway status", "start where it stands"]],
};

describe("trust", () => {
  it("shows the steps, and every version against its upstream", () => {
    expect(
      renderText(TRUST, { width: 90, style: PLAIN }),
    ).toBe(`A small trust in leeway-demo: 1 centre, 1 region, 1 school. Nothing else is touched.
1 Grimsby takes its own copy  leeway fork ../north grimsby --id grimsby …
2 and makes a lesson local    leeway adapt "y8-trade#case-study" --for place …

                           changed   reason   locked  not yet       to
                              here  missing  changed    taken   decide
North                      NO STARTING POINT
  Harbour Academy Grimsby        3        1        0        7        1
Passages, each version against its upstream. Done in 21 s.

Your turn: Grimsby has the spring edition waiting.
Next: cd leeway-demo/grimsby && leeway status    start where it stands
`);
  });

  it("writes the figures below the names where the page is narrow", () => {
    const narrow = renderText(TRUST, { width: 60, style: PLAIN });
    expect(narrow).toContain(`
1 Grimsby takes its own copy
  leeway fork ../north grimsby --id grimsby …
2 and makes a lesson local
  leeway adapt "y8-trade#case-study" --for place …

North
  NO STARTING POINT
  Harbour Academy Grimsby
    3 changed here, 1 reason missing, 7 not yet taken, 1 to
    decide
`);
  });
});
