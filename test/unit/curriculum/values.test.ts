import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { findFrontMatter } from "../../../src/curriculum/front-matter.ts";
import { readDocument } from "../../../src/curriculum/read.ts";
import type { Value } from "../../../src/curriculum/value.ts";
import { fieldsOf } from "../../../src/curriculum/values.ts";
import { valuesAtGlance } from "../../../src/curriculum/values-at-glance.ts";
import { filesIn } from "./files.ts";
import { parsed, said } from "./said.ts";

function yamlOf(path: string, text: string): string | null {
  if (/\.ya?ml$/.test(path)) return text;
  const found = findFrontMatter(text, 0);
  return "open" in found ? text.slice(found.body, found.bodyEnd) : null;
}

const PLACES = ["fixtures", "templates"];

describe("fields at a glance", () => {
  it.each(PLACES)("are those that the parser finds, in %s", (folder) => {
    let told = 0;
    for (const { path, text } of filesIn(folder)) {
      const yaml = yamlOf(path, text);
      const glance = yaml === null ? null : valuesAtGlance(yaml, 1);
      if (yaml === null || glance === null) continue;
      told++;
      const { contents, errors } = parseDocument(yaml, { prettyErrors: false, logLevel: "error" });
      expect(errors, path).toEqual([]);
      const root = parsed(contents);
      expect(said({ kind: "fields", line: 1, fields: glance }), path).toEqual(root === "" ? {} : root);
    }
    if (existsSync(folder)) expect(told).toBeGreaterThan(5);
  });

  it("tell most of the example trust", () => {
    const all = filesIn("fixtures/trust/curriculum/subjects").map(({ path, text }) => yamlOf(path, text));
    const yaml = all.filter((each) => each !== null);
    const told = yaml.filter((each) => valuesAtGlance(each, 1) !== null);
    expect(told.length / yaml.length).toBeGreaterThan(0.8);
  });

  it("take a word for nothing only where it stands alone", () => {
    const [alone, more] = ["k: null\n", "k: null\n  and void\n"].map((yaml) =>
      valuesAtGlance(yaml, 1)?.get("k"),
    );
    expect([alone?.value, more?.value]).toMatchObject([{ text: "" }, { text: "null\nand void" }]);
  });

  it("are never other than the parser's, whatever the text", () => {
    const piece = fc.constantFrom(
      ..."a|b: c|- |  |\n|\n  |\n- |: |:|#| #|[|]|{|}|, |\"|'|x y|null|~|- a: b|k: |>-|?|!t|&a |*a|0x1f|é".split(
        "|",
      ),
      "|",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const yaml = pieces.join("");
        const glance = valuesAtGlance(yaml, 1);
        if (glance === null) return;
        const { contents, errors } = parseDocument(yaml, { prettyErrors: false, logLevel: "error" });
        expect(errors).toEqual([]);
        const root = parsed(contents);
        expect(said({ kind: "fields", line: 1, fields: glance })).toEqual(root === "" ? {} : root);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("the fields of a document", () => {
  const yaml = [
    "id: y8-trade",
    "whyThisWhyNow: >-",
    "  First line,",
    "  second line.",
    "outcomes:",
    "  - id: o1",
    "    text: Describe it.",
    "  - {id: o2, text: Explain it.}",
    "requires: [y7-conquest, y7-local-study]",
    "threads:",
    "  - trade   # with place",
    "  - place",
  ];
  it.each([
    ["at a glance", yaml],
    ["by parsing", [...yaml, 'note: "a \\"quoted\\" word"']],
  ])("have their lines, %s", (_, lines) => {
    const fields = fieldsOf(readDocument("unit.md", `---\n${lines.join("\n")}\n---\n# Trade\n`));
    const lineOf = (value: Value | undefined): unknown =>
      value?.kind === "list" ? value.items.map(lineOf) : value?.line;
    expect(fields.get("whyThisWhyNow")?.line).toBe(3);
    expect(fields.get("whyThisWhyNow")?.value).toMatchObject({ line: 4, text: "First line,\nsecond line." });
    expect(lineOf(fields.get("outcomes")?.value)).toEqual([7, 9]);
    expect(lineOf(fields.get("requires")?.value)).toEqual([10, 10]);
    expect(lineOf(fields.get("threads")?.value)).toEqual([12, 13]);
  });
  it("are none where they cannot be read", () => {
    expect(fieldsOf(readDocument("unit.md", "---\nid: a\nid: b\n---\n")).size).toBe(0);
    expect(fieldsOf(readDocument("unit.md", "no fields")).size).toBe(0);
  });
});
