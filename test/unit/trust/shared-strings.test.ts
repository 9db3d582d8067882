import fc from "fast-check";
import { expect, it } from "vitest";
import { SharedStrings } from "../../../src/trust/shared-strings.ts";

it("gives the same data back, whatever it is made of and however often it came before", () => {
  const strings = new SharedStrings();
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "grapheme" }), (data) => {
      expect(strings.share(data)).toEqual(data);
      expect(JSON.stringify(strings.share(data))).toBe(JSON.stringify(data));
    }),
  );
});
