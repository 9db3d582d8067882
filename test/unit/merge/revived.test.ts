import { expect, it } from "vitest";
import { cut } from "../../../src/merge/cut.ts";
import { revivedUnits } from "../../../src/merge/revived.ts";

const units = (text: string) => cut("lesson.md", text).units;
const TRY = "## Try it\n\n* Boil the kettle.\n* Wait for drops.\n";
const WATCH = "## Watch it\n\nThe plate stays cold.\n";

it("a short item that one side removed is back where a section moved by the other still has it", () => {
  const texts = {
    base: units(`${WATCH}\n${TRY}`),
    ours: units(`${TRY}\n${WATCH}`),
    theirs: units(`${WATCH}\n${TRY.replace("* Wait for drops.\n", "")}`),
  };
  expect(revivedUnits({ ...texts, result: texts.ours })).toContain("item - Wait for drops.");
  expect(revivedUnits({ ...texts, result: texts.theirs })).toEqual([]);
});
