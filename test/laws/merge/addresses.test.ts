import fc from "fast-check";
import { expect, it } from "vitest";
import { lineStarts } from "../../../src/curriculum/lines.ts";
import { readDocument } from "../../../src/curriculum/read.ts";
import { addressIn } from "../../../src/merge/addresses.ts";
import { filesIn } from "../../unit/curriculum/files.ts";

const FIELDS = [
  "id: y8-trade",
  "title: 'Trade: wool'",
  "keywords: [guild, toll]",
  "outcomes: [{id: o1, text: One}, {id: o2, text: Two}]",
  "outcomes:\n  - {id: o1, text: Describe it.}\n  # why\n  - id: o2\n    text: Explain it well.",
  "outcomes:\n- id: o1\n  text: |\n    # one\n\n    two\n- id: o2",
  "requires:\n  - y7-conquest\n\n  - y7-local",
  "keywords:\n  - keyword: toll\n  - keyword: toll",
  "safety: |\n  Goggles.\n  # 2\n  Hair.",
  "more: plain text\n  that goes on",
  "context: {place: Grimsby, pp: 47}",
  "when:\n  yearGroup: 8\n  # autumn\n  term: autumn",
  "anchor: &a text",
  "# a remark",
  "",
  "---",
];
const BODY = [
  "# One",
  "## Two",
  "words",
  "- item\n  goes on",
  "---\n\nrule: yes\n\n---",
  "```\n# no\n```",
  "",
  "> ## in",
];

const fields = fc.array(fc.constantFrom(...FIELDS), { maxLength: 6 }).map((all) => all.join("\n"));
const body = fc.array(fc.constantFrom(...BODY), { maxLength: 8 }).map((all) => all.join("\n"));
const ends = fc.constantFrom("\n", "\r\n");
const file = fc
  .oneof(
    fields.map((text) => ["a.yaml", text] as const),
    body.map((text) => ["a.md", text] as const),
    fc.tuple(fields, body).map(([above, below]) => ["a.md", `---\n${above}\n---\n${below}`] as const),
  )
  .chain(([path, text]) => ends.map((end) => [path, text.replaceAll("\n", end)] as const));

/** The passage of the slice in which an offset lies; a line that opens a list is called for the list. */
function bySlices(path: string, text: string, offset: number): string {
  const slice = readDocument(path, text).slices.findLast(({ start }) => start <= offset);
  return slice?.passages[0] ?? (slice?.name.startsWith("@") ? slice.name.replace(/:$/, "") : "");
}

it("every line has the address of its slice, whatever a look tells", () => {
  fc.assert(
    fc.property(file, ([path, text]) => {
      const address = addressIn(path, text);
      for (const offset of lineStarts(text)) expect(address(offset)).toBe(bySlices(path, text, offset));
    }),
    { numRuns: 1_500 },
  );
});

it("every line of the fixtures has the address of its slice", () => {
  const files = [...filesIn("fixtures/trust"), ...filesIn("fixtures/merge")];
  for (const { path, text } of files) {
    const address = addressIn(path, text);
    for (const offset of lineStarts(text)) expect(address(offset), path).toBe(bySlices(path, text, offset));
  }
  expect(files.length).toBeGreaterThan(50);
});
