import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scalarAtGlance } from "../../../src/curriculum/glance.ts";
import { lineStarts } from "../../../src/curriculum/lines.ts";
import { scanFields } from "../../../src/curriculum/yaml.ts";

const value = fc.oneof(
  fc.constantFrom(
    "y8-trade",
    "Wool, wine and war",
    "12",
    "1.10",
    "null",
    "~",
    "true",
    "2026-01-02",
    "a: b",
    "a #b",
  ),
  fc.constantFrom(
    "",
    "|",
    ">-",
    "&a b",
    "*a",
    "!t x",
    "[a, b]",
    "{a: b}",
    '"q: \\" r"',
    "'it''s'",
    "'a' b",
    "# c",
  ),
  fc.string({ maxLength: 8 }),
  fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text)),
);
const line = fc.oneof(
  fc
    .tuple(fc.constantFrom("id", "title", "type", '"id"', "idea", " id", "- id"), value)
    .map(([name, text]) => `${name}: ${text}`),
  fc.constantFrom(
    "",
    "  more",
    "# note",
    "- item",
    "outcomes:",
    "---",
    "why: [a,",
    'why: "a',
    "{",
    "}",
    "id:",
    "why: |",
  ),
);

describe("a glance", () => {
  it("reads what parsing reads, or nothing", () => {
    let told = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom("\n", "\r\n"), (lines, end) => {
        const text = `${lines.join(end)}${end}`;
        const scan = scanFields({ path: "a.yaml", text, starts: lineStarts(text) }, 0, text.length);
        if (scan.problems.length > 0) return;
        for (const name of ["id", "title", "type"]) {
          const found = scalarAtGlance(text, name);
          if (found === null) continue;
          told++;
          expect(found.trim()).toBe(scan.scalar(name)?.trim());
        }
      }),
      { numRuns: 5_000 },
    );
    expect(told).toBeGreaterThan(100);
  });

  it("tells the id where another field does not parse", () => {
    expect(scalarAtGlance("id: y8-trade\ntitle: 'open\n", "id")).toBe("y8-trade");
  });

  it("leaves to the parser what stands twice or goes on below", () => {
    expect(scalarAtGlance("id: a\nid: b\n", "id")).toBeNull();
    expect(scalarAtGlance("title: a\n  b\n", "title")).toBeNull();
    expect(scalarAtGlance("{\nid: a\n}\n", "id")).toBeNull();
  });
});
