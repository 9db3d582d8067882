import fc from "fast-check";
import { expect, it } from "vitest";
import { dataAtGlance } from "../../../src/curriculum/data-at-glance.ts";
import { parseYaml, yamlValues } from "../../../src/curriculum/parse-yaml.ts";
import { filesIn } from "../../unit/curriculum/files.ts";

function parsed(yaml: string): unknown {
  const read = parseYaml(yaml);
  if ("fault" in read) return read;
  const values = yamlValues(read.document);
  return "fault" in values ? values : values.values;
}

const text = fc.constantFrom(
  ..."Families here work on the docks|it's|1|60|-5|007|-0|3.50|12345678901234567890|True|1.10|0x1f|1e3|.5|+1|.inf|.nan|true|Yes|null|~|2026-10-02|n1:5b2f9c0148aa31d0|12:30|a # b|0o7|1_000|-|'1'|\"null\"|'it''s'|\"\\u0041\"|[a, 'b c', 1x]|{at: x, local: null}|{a: [b]}|[]|{}||>-|!!str 1|&a b".split(
    "|",
  ),
);
const safe = fc.constantFrom("Families here work on the docks", "it's", "2026-10-02", "n1:5b2f9c0148aa31d0");
const value = fc.oneof({ weight: 3, arbitrary: safe }, { weight: 1, arbitrary: text });
const name = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("id", "why", "by", "status", "title", "kind") },
  { weight: 1, arbitrary: fc.constantFrom("null", "true", "__proto__", "constructor", "1a") },
);
const block = fc.oneof(
  fc.tuple(name, value).map(([key, each]) => `${key}: ${each}`),
  fc.array(value, { minLength: 1, maxLength: 3 }).map((all) => ["for:", ...all].join("\n  - ")),
  fc.tuple(name, value, value).map(([key, one, other]) => `passages:\n  - at: ${one}\n    ${key}: ${other}`),
  fc.constantFrom("", "# note", "  more", "empty:"),
);

const fields = fc.array(block, { maxLength: 4 }).map((all) => all.join("\n"));
const item = fc.oneof(
  value,
  fc.tuple(name, value, value).map(([key, one, other]) => `{${key}: ${one}, id: ${other}}`),
  fc.tuple(name, value, value).map(([key, one, other]) => `${key}: ${one}\n  id: ${other}`),
);
const list = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: item.map((each) => `- ${each}`) },
      fc.constantFrom("# note", "", "id: a", "  more"),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => all.join("\n"));

it("data at a glance is what parsing gives, whatever the text", () => {
  let told = 0;
  fc.assert(
    fc.property(fc.oneof(fields, list), (yaml) => {
      const data = dataAtGlance(yaml);
      if (data === null) return;
      told++;
      expect(data).toEqual(parsed(yaml));
    }),
    { numRuns: 3_000 },
  );
  expect(told).toBeGreaterThan(300);
});

it("data at a glance is what parsing gives, in the fixtures and templates", () => {
  let told = 0;
  for (const { path, text: yaml } of [...filesIn("fixtures"), ...filesIn("templates")]) {
    const data = /\.ya?ml$/.test(path) ? dataAtGlance(yaml) : null;
    if (data === null) continue;
    told++;
    expect(data, path).toEqual(parsed(yaml));
  }
  expect(told).toBeGreaterThan(20);
});
