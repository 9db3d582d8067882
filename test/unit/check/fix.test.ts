import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readDocument } from "../../../src/curriculum/read.ts";
import { inUsualOrder, withoutTrailingSpace } from "../../../src/version/check/fix.ts";

describe("what is mechanical", () => {
  it("puts the fields of a record in order, with their own lines, and is done when done twice", () => {
    const text =
      'why: >-\n  Families here\n  work on the docks.\nkind: replace\nid: grimsby/docks\ntitle: "Docks"   # ours\npassages:\n  - {at: "a#b"}\nfor: [place]\n';
    const now = inUsualOrder(text);
    expect(parse(now)).toEqual(parse(text));
    expect(now.split("\n")[0]).toBe("id: grimsby/docks");
    expect(now).toContain('title: "Docks"   # ours\n');
    expect(inUsualOrder(now)).toBe(now);
  });
  it("keeps the line that names the schema first", () => {
    const heading = "# yaml-language-server: $schema=../../../.leeway/schemas/adaptation.json\n";
    expect(inUsualOrder(`${heading}why: x\nid: a\n`)).toBe(`${heading}id: a\nwhy: x\n`);
  });
  it("leaves a record alone where a comment stands on a line of its own, or it does not parse", () => {
    for (const text of ["# why we did it\nwhy: x\nid: a\n", "why: [x\nid: a\n", "{why: x, id: a}\n"])
      expect(inUsualOrder(text)).toBe(text);
  });
  it("takes single spaces from the ends of lines and leaves line breaks, code and every passage's content", () => {
    expect(withoutTrailingSpace("a.md", "# A \n\ntext \n \nbreak  \nmore\n")).toBe(
      "# A\n\ntext\n\nbreak  \nmore\n",
    );
    const code = "# A\n\n```\ncode \n```\n";
    expect(withoutTrailingSpace("a.md", code)).toBe(code);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("# A", "text", " ", "  ", "\n", "```", "- x", "\t", "| a |")),
        (parts) => {
          const text = parts.join("");
          const content = (each: string) =>
            readDocument("a.md", each).passages.map(({ key, normal }) => [key, normal]);
          expect(content(withoutTrailingSpace("a.md", text))).toEqual(content(text));
        },
      ),
    );
  });
});
