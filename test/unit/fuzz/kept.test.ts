import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { LAWS } from "../../fuzz/laws.ts";

const KEPT = "test/fuzz/kept";

describe("what once broke a law breaks it no more, and warns of nothing past the report", () => {
  it.each(readdirSync(KEPT))("%s", (name) => {
    const law = LAWS.find((each) => name.startsWith(`${each.name}-`));
    expect(law, "the name begins with the law's").toBeDefined();
    const warned = vi.spyOn(process, "emitWarning");
    law?.holds(JSON.parse(readFileSync(`${KEPT}/${name}`, "utf8")));
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });
});

describe("the laws that fuzzing tries for longer (npm run fuzz)", () => {
  it.each(LAWS)("$name", ({ values, holds }) => {
    fc.assert(fc.property(values, holds), { numRuns: 40 });
  });
});
