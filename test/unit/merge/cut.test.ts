import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut } from "../../../src/merge/cut.ts";
import { cutSentences } from "../../../src/merge/sentences.ts";

const join = (units: readonly { text: string; tail: string }[]): string =>
  units.map(({ text, tail }) => text + tail).join("");
const kinds = (text: string): string[] => cut("a.md", text).units.map(({ kind }) => kind);
const keys = (text: string): string[] => cut("a.md", text).units.map(({ key }) => key);

/** Lines that mean something to a reader of Markdown or YAML, in any order. */
const line = fc.constantFrom(
  ...[
    "",
    "  ",
    "text",
    "    indented",
    "# T",
    "## T {.challenge}",
    "T",
    "===",
    "---",
    "- a",
    "  - b",
    "1. c",
    "> q",
    ">",
  ],
  ...[
    "> > # S",
    "~~~",
    "```bash",
    "~~~ {.sql}",
    "{: .output}",
    "::: task",
    ":::",
    "| a | b |",
    "|--|--|",
    "[a]: b",
  ],
  ...[
    "<div>",
    "<!-- x",
    "-->",
    "{% raw %}",
    "{% highlight bash %}",
    "{% endhighlight %}",
    "<pre>",
    "</pre>",
    "        deep",
    "      - deeper",
    "!!! note",
    "--- task ---",
    "\ttab",
    "key: value",
    "key:",
    "- id: o1",
    "  text: |",
    "+++",
    "a = 1",
    "[[b]]",
    "\u0000",
  ],
);
const text = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom("\n", "\r\n"), fc.boolean())
  .map(([lines, end, ends]) => lines.join(end) + (ends ? end : ""));

describe("units", () => {
  it("are the file again when they are joined", () => {
    fc.assert(
      fc.property(text, fc.constantFrom("a.md", "a.yaml"), (source, path) => {
        expect(join(cut(path, source).units)).toBe(source);
        expect(join(cut(path, `---\n${source}\n---\n${source}`).units)).toBe(
          `---\n${source}\n---\n${source}`,
        );
        expect(join(cut("a.md", `+++\n${source}\n+++\n${source}`).units)).toBe(
          `+++\n${source}\n+++\n${source}`,
        );
        expect(join(cutSentences(source))).toBe(source);
      }),
      { numRuns: 500 },
    );
  });

  it("are the same whether or not another version is at hand", () => {
    const some = fc.array(line, { maxLength: 8 });
    fc.assert(
      fc.property(some, some, some, some, some, fc.boolean(), (head, old, now, middle, tail, turned) => {
        const like = cut("a.md", [...head, ...old, ...middle, ...old, ...tail].join("\n"));
        const parts = turned ? [tail, now, middle, head] : [head, now, middle, tail];
        const source = parts.flat().join("\n");
        expect(cut("a.md", source, like)).toEqual(cut("a.md", source));
      }),
      { numRuns: 3000 },
    );
  });

  it("are what a reader sees", () => {
    expect(kinds("# T\n\ntext\nmore\n- a\n  b\n- c\n\n| a |\n|---|\n\n[x]: y\n\n:::\n")).toEqual([
      "heading",
      "prose",
      "item",
      "item",
      "row",
      "row",
      "definition",
      "line",
    ]);
    expect(kinds("T\n---\n\n~~~\n# no heading\n~~~\n{: .output}\n\n    code\n")).toEqual([
      "heading",
      "code",
      "code",
    ]);
  });

  it("are code to the byte without a fence", () => {
    expect(kinds("{% highlight sh %}\n# no heading\n\nls\n{% endhighlight %}\n# T\n")).toEqual([
      "code",
      "heading",
    ]);
    expect(kinds("- <pre>\n# no heading\n</pre>\n# T\n")).toEqual(["code", "heading"]);
    expect(kinds("{% highlight sh %}ls{% endhighlight %}\n<script src='a'></script>\n# T\n")).toEqual([
      "line",
      "line",
      "heading",
    ]);
    expect(kinds("1. a\n\n       code\n\n       - code\n\n   b\n\n    - c\n\n      d\n")).toEqual([
      "item",
      "code",
      "code",
      "prose",
      "item",
      "prose",
    ]);
    expect(kinds('=== "Tab"\n\n    a\n\n        code\n\nb\n')).toEqual(["line", "prose", "code", "prose"]);
    expect(keys("1. a\n\n       if b:\n           c\n")).not.toEqual(
      keys("1. a\n\n       if b:\n       c\n"),
    );
    expect(keys("- a\n\n      b\n\n        c\n")).toEqual(keys("1.  a\n\n        b\n\n          c\n"));
  });

  it("end where a tag begins a block, and not within a line of words", () => {
    expect(kinds("a\n</div>\nb\n<Tip>\nc\n<!-- d -->\n")).toEqual([
      "prose",
      "line",
      "prose",
      "line",
      "prose",
      "line",
    ]);
    expect(kinds("- a\n  </details>\n- b\n")).toEqual(["item", "line", "item"]);
    expect(kinds("a\n<br>\n<em>b</em>\n<https://example.org>\n<me@example.org>\n<Tip> of c\n")).toEqual([
      "prose",
    ]);
  });

  it("have one key for all forms of one content", () => {
    expect(keys("{% highlight python %}\nls\n{% endhighlight %}\n")).toEqual(keys("```python\nls\n```\n"));
    expect(keys("~~~ {.bash}\nls\n~~~\n")).toEqual(keys("> ```bash\n> ls\n> ```\n"));
    expect(keys("~~~\nls\n~~~\n{: .language-bash}\n")).toEqual(keys("```bash\nls\n```\n"));
    expect(keys("one two\nthree\n")).toEqual(keys("> one\n> two  three\n"));
    expect(keys("* a\n")).toEqual(keys("  -   a\n"));
    expect(keys("## T ##\n")).toEqual(keys("T {.challenge}\n---\n"));
    expect(keys("|a|b|\n")).toEqual(keys("| a | b |\n"));
    expect(keys("one, two\n")).not.toEqual(keys("one two\n"));
    expect(keys("## T {#a}\n")).not.toEqual(keys("## T {#b}\n"));
  });

  it("part sentences, and leave abbreviations whole", () => {
    const sentences = (source: string): string[] => cutSentences(source).map((sentence) => sentence.text);
    expect(sentences("One. Two?\nThree e.g. this. (Four.)")).toEqual([
      "One.",
      "Two?",
      "Three e.g. this.",
      "(Four.)",
    ]);
    expect(sentences("第一句。第二句。")).toEqual(["第一句。", "第二句。"]);
  });
});
