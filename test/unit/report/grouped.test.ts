import { expect, it } from "vitest";
import type { GroupedReport } from "../../../src/report/kinds/trust.ts";
import { renderText } from "../../../src/report/text/render.ts";
import { PLAIN } from "../../../src/report/text/style.ts";
import type { Grouped, RegionRow } from "../../../src/trust/grouped.ts";

const NOTHING = { passages: 0, words: 0, undeclared: 0, breaches: 0, of: 0, behind: 0, conflicts: 0 };
const ROWS: readonly RegionRow[] = [
  {
    ...NOTHING,
    region: "north",
    name: "North region",
    versions: 2,
    measured: 1,
    of: 21430,
    statuses: { same: 1 },
  },
  { ...NOTHING, region: "hull", name: "Hull", versions: 1, measured: 0, statuses: {} },
];
const REPORT = (grouped: Grouped): GroupedReport => ({
  kind: "grouped",
  survey: {
    root: { id: "centre", name: "The Centre", edition: null },
    counts: { checked: 1, unchanged: 0, unreachable: 2, skipped: 0 },
    versions: [],
  },
  grouped,
  next: [],
});
const show = (grouped: Grouped): string => renderText(REPORT(grouped), { width: 100, style: PLAIN });

it("gives no figures of a region in which nothing was measured", () => {
  const told = show({ by: "region", rows: ROWS });
  expect(told).toContain(
    "North region 2 versions, 1 with figures\n  0 passages changed here, 0 of 21,430 words",
  );
  expect(told).toMatch(/Hull 1 version, 0 with figures\n\n/);
});

it("says that no reason is recorded, not that nothing was changed", () => {
  const told = show({ by: "purpose", rows: [] });
  expect(told).toContain("No reason is recorded for any change yet.");
  expect(told).not.toContain("Nothing was changed");
});

it("tells documents of one title apart by their paths", () => {
  const row = { versions: 1, passages: 1, words: 2, undeclared: 0, breaches: 0 };
  const told = show({
    by: "document",
    rows: [
      { ...row, path: "subjects/history/units/rivers/unit.md", document: "Rivers" },
      { ...row, path: "subjects/geography/units/rivers/unit.md", document: "Rivers" },
      { ...row, path: "subjects/science/units/cells/unit.md", document: "Cells" },
    ],
  });
  expect(told).toContain("Rivers (subjects/history/units/rivers/unit.md)");
  expect(told).toContain("Rivers (subjects/geography/units/rivers/unit.md)");
  expect(told).not.toContain("Cells (");
});
