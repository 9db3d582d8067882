import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document } from "../../../src/curriculum/document.ts";
import { decodeText, isCurriculumPath, isDocumentPath, readDocument } from "../../../src/curriculum/read.ts";
import { markdownText, yamlText } from "./texts.ts";

const joined = (document: Document) =>
  document.slices.map((slice) => document.text.slice(slice.start, slice.end)).join("");
const keys = (text: string, path = "lesson.md") =>
  readDocument(path, text).passages.map((passage) => passage.key);
const slices = (text: string, path = "lesson.md") =>
  readDocument(path, text).slices.map((slice) => slice.name);
const passage = (text: string, key: string, path = "lesson.md") =>
  readDocument(path, text).passages.find((one) => one.key === key);

describe("slices", () => {
  it.each([
    "",
    "\n",
    "a",
    "---",
    "---\n",
    "---\n---",
    "---\na: 1",
    "```\n# no",
    "\uFEFF# Title\n",
    "\0",
    "\ta\n",
    "\r",
  ])("joined are the file: %j", (text) => {
    for (const path of ["a.md", "a.yaml"]) expect(joined(readDocument(path, text))).toBe(text);
  });

  it("joined are the file, whatever the text", () => {
    const signs = fc.constantFrom(
      "\n",
      "\r\n",
      "---",
      ":::",
      "#",
      " ",
      "- ",
      "a: ",
      "{",
      "[",
      "> ",
      "```",
      "x",
      "'",
      "&a",
      "*a",
      "\t",
      "\uFEFF",
    );
    const noise = fc
      .array(fc.oneof(signs, fc.string({ maxLength: 3 })), { maxLength: 40 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(
        fc.oneof(noise, markdownText, yamlText),
        fc.constantFrom("a.md", "a.yaml"),
        (text, path) => {
          const document = readDocument(path, text);
          expect(joined(document)).toBe(text);
          const names = document.slices.map((slice) => slice.name);
          expect(new Set(names).size).toBe(names.length);
          const all = document.passages.map((one) => one.key);
          expect(new Set(all).size).toBe(all.length);
          for (const one of document.passages) expect(typeof one.normal).toBe("string");
        },
      ),
      { numRuns: 500 },
    );
  });

  it("survive what is huge or broken", () => {
    const texts = [
      "# Exercise\n\ntext\n".repeat(10_000),
      Array.from({ length: 10_000 }, (_, at) => `# Heading ${at}\n`).join("\n"),
      "::: a\n\n## b\n\n".repeat(10_000),
      "x".repeat(10_000_000),
      `---\na: ${"[".repeat(100_000)}\n---\n`,
      "[a]: b\n".repeat(50_000),
    ];
    for (const text of texts) {
      const document = readDocument("a.md", text);
      expect(joined(document)).toBe(text);
      expect(document.passages.reduce((sum, one) => sum + one.normal.length, 0)).toBeGreaterThan(0);
    }
    const fields = Array.from({ length: 20_000 }, (_, at) => `f${at}: 1\n`).join("");
    expect(readDocument("a.yaml", fields).passages).toHaveLength(20_000);
  });
});

describe("sections", () => {
  it("own their text with the heading line, up to the next heading", () => {
    const text = "intro\n\n# One\n\na\n\n## Two\nb\n";
    expect(slices(text)).toEqual(["#", "#one", "#two"]);
    expect(passage(text, "#one")).toMatchObject({
      text: "# One\n\na\n\n",
      line: 3,
      name: "One",
      parents: [],
    });
    expect(passage(text, "#two")).toMatchObject({ text: "## Two\nb\n", parents: ["one"] });
    expect(passage(text, "#!order")).toMatchObject({ kind: "order", text: "#one\n#two" });
  });

  it("have no preamble of blank lines, and no order for one heading", () => {
    expect(slices("\n\n# One\n")).toEqual(["start", "#one"]);
    expect(keys("---\ntitle: a\n---\n\n# One\n")).toEqual(["@title", "#one"]);
  });

  it("begin at underlined headings too, but not in code, quotes, lists or HTML", () => {
    expect(keys("One\n===\n\nTwo\n---\n")).toEqual(["#one", "#two", "#!order"]);
    const text =
      "# Real\n\n```\n# no\n```\n\n> # no\n\n- # no\n\n<div>\n# no\n</div>\n\n<!--\n# no\n-->\n\n    # no\n";
    expect(keys(text)).toEqual(["#real"]);
  });

  it("do not begin in code between a template's tags", () => {
    const code = (open: string, close: string): string => `${open}\n# look here\nls\n---\n${close}\n`;
    const highlight = code("{% highlight bash %}", "{% endhighlight %}");
    expect(keys(`# A\n\nType:\n${highlight}## B\n\n${highlight}\n## C\n`)).toEqual([
      "#a",
      "#b",
      "#c",
      "#!order",
    ]);
    expect(keys(`# A\n\n- Type:\n  ${highlight}\n## B\n`)).toEqual(["#a", "#b", "#!order"]);
    expect(keys(`# A\n\n${code("{{< highlight sh >}}", "{{< /highlight >}}")}## B\n`)).toEqual([
      "#a",
      "#b",
      "#!order",
    ]);
    expect(keys("# A\n\n{% highlight sh %}\n\n# never closed\n")).toEqual(["#a", "#never-closed", "#!order"]);
    expect(keys("# A\n\n```\n{% highlight sh %}\n```\n\n# B\n")).toEqual(["#a", "#b", "#!order"]);
  });

  it("are named by an explicit id in the heading or below it", () => {
    expect(keys("## Case study {#case .wide}\n")).toEqual(["#case"]);
    expect(keys("## Case study\n{: #case}\n\ntext\n")).toEqual(["#case"]);
    expect(passage("## A *Case* [study](x.md) {.wide}\n", "#a-case-study")?.name).toBe("A Case study");
  });

  it("are told apart by their parents where a heading repeats, and only then by a count", () => {
    const text = "# L1\n## Plenary\n# L2\n## Plenary\n## Other\n";
    expect(keys(text).slice(0, 5)).toEqual(["#l1", "#l1/plenary", "#l2", "#l2/plenary", "#other"]);
    expect(keys("# Exercise\n# Exercise\n").slice(0, 2)).toEqual(["#exercise", "#exercise~2"]);
    const deep = "# A\n## P\n### X\n# B\n## P\n### X\n";
    expect(keys(deep)).toContain("#a/p/x");
    const both = "# A\n## X\n## X\n# B\n## X\n";
    expect(keys(both).filter((key) => key.includes("x"))).toEqual(["#a/x", "#a/x~2", "#b/x"]);
  });

  it("have addresses without signs that a shell expands", () => {
    expect(keys("# What? (a/b) $x!\n")).toEqual(["#what-ab-x"]);
    expect(keys("# !!!\n")).toEqual(["#section"]);
    expect(keys("# A {#fig.1!}\n")).toEqual(["#fig%2E1%21"]);
    expect(keys("# Übung 日本\n")).toEqual(["#übung-日本"]);
  });

  it("take the div that opens before them along, and give back what follows its end", () => {
    const text =
      "## Intro\n\na\n\n::: challenge\n\n## Try\n\nb\n\n::: solution\n\n## Answer\n\nc\n\n:::\n\n:::\n\nafter\n";
    expect(slices(text)).toEqual(["#intro", "#try", "#answer", "#try+1", "#intro+1"]);
    expect(passage(text, "#answer")?.text).toBe("::: solution\n\n## Answer\n\nc\n\n:::\n\n");
    expect(passage(text, "#answer")?.parents).toEqual(["intro", "try"]);
    expect(passage(text, "#intro")?.text).toBe("## Intro\n\na\n\nafter\n");
    expect(passage(text, "#try")?.line).toBe(7);
  });

  it("do not begin at a div with text first, nor end at one without headings", () => {
    expect(slices("## A\n\n::: note\ntext\n:::\n\nmore\n")).toEqual(["#a"]);
    expect(slices("## A\n\n::: note\ntext\n\n## B\n\n:::\n\nmore\n")).toEqual(["#a", "#b", "#a+1"]);
  });

  it("know task blocks and their fields", () => {
    const text = "## A\n\n--- task ---\n\n## B\n\n--- /task ---\n\nmore\n";
    expect(slices(text)).toEqual(["#a", "#b", "#a+1"]);
    expect(keys("## A\n\n--- collapse ---\n\n---\ntitle: Help\n---\n\ntext\n--- /collapse ---\n")).toEqual([
      "#a",
    ]);
  });

  it("are not changed by closing lines without an opening one", () => {
    expect(slices("# A\n\n:::\n\n# B\n")).toEqual(["#a", "#b"]);
  });
});

describe("documents", () => {
  it("take id, type and title from the front matter, else from the path and the headings", () => {
    const path = "subjects/history/units/y8/lessons/01-wool.md";
    expect(readDocument(path, "---\nid: wool\ntitle: Wool\n---\n")).toMatchObject({
      id: "wool",
      type: "lesson",
      title: "Wool",
    });
    expect(readDocument("a/b.md", "# Hello\n")).toMatchObject({
      id: "a/b.md",
      type: "plain",
      title: "Hello",
    });
    expect(readDocument("a/b.md", "hello")).toMatchObject({ title: "b.md" });
    expect(readDocument("subjects/history/subject.md", "").type).toBe("subject");
    expect(readDocument("subjects/history/ks3.yaml", "").type).toBe("programme");
    expect(readDocument("frameworks/nc.yml", "").type).toBe("framework");
  });

  it("are known by their endings", () => {
    for (const path of ["a.md", "A.MD", "a.mdx", "a.Rmd", "a.qmd", "a.markdown", "a.yaml", "a.yml"]) {
      expect(isDocumentPath(path)).toBe(true);
    }
    expect(isDocumentPath("a.png")).toBe(false);
    expect(isCurriculumPath("versions/a/version.yaml")).toBe(false);
    expect(isCurriculumPath(".github/workflows/leeway.yml")).toBe(false);
    expect(isCurriculumPath("subjects/.drafts/a.md")).toBe(false);
    expect(isCurriculumPath("subjects/a/subject.md")).toBe(true);
  });

  it("take front matter below or above a blank line, where nothing but fields can be meant", () => {
    const keys = (text: string) => readDocument("a.md", text).passages.map(({ key }) => key);
    expect(keys("\n---\ntitle: A\nweight: 2\n---\n\nText.\n")).toEqual(["@title", "@weight", "#"]);
    expect(keys("---\n\ntitle: A\ntags:\n- b\n---\nText.\n")).toEqual(["@title", "@tags", "#"]);
    expect(keys("---\n\nNote: bring a pencil.\n\n---\n\nText.\n")).toEqual(["#"]);
    expect(keys("\n---\nNote: bring\na pencil: the long one.\n\n---\n")).not.toContain("@Note");
  });

  it("say where front matter is not closed", () => {
    expect(readDocument("a.md", "---\ntitle: a\n\ntext\n").problems).toEqual([
      { path: "a.md", line: 1, message: expect.stringContaining("never closed") },
    ]);
    expect(readDocument("a.md", "---\n\ntext\n\n---\n\nmore\n").problems).toEqual([]);
  });

  it("are made of text that can be decoded", () => {
    const bytes = new TextEncoder().encode("\uFEFFé");
    expect(decodeText(bytes)).toEqual({ text: "\uFEFFé" });
    expect(decodeText(new Uint8Array([0xff, 0xfe, 0x41]))).toEqual({
      problem: "it is not in UTF-8; save it as UTF-8 in your editor",
    });
    expect(decodeText(new Uint8Array([0x41, 0]))).toEqual({ problem: "it is not text" });
  });
});
