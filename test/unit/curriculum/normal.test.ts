import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passageHash } from "../../../src/compare/hash.ts";
import { normalise } from "../../../src/compare/normalise.ts";
import { readDocument } from "../../../src/curriculum/read.ts";
import { fields, markdownText, prose } from "./texts.ts";

const md = (text: string) => normalise(text, "markdown");
const hashes = (text: string, path = "a.md") =>
  readDocument(path, text).passages.map((passage) => [passage.key, passageHash(passage)]);

describe("Markdown in normal form", () => {
  it("has soft wraps joined in paragraphs, lists and quotes", () => {
    expect(md("a\nb\n\n- c\n  d\n- e\nf\n\n> g\n> h\ni\n")).toBe("a b\n\n- c d\n- e f\n\n> g h i");
  });

  it("keeps code, tables, HTML, headings and lines with a meaning", () => {
    const text =
      "# A\ntext\n\n```py\nx  \n\n\ny\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n<p>\na\n</p>\n\n::: note\na\n:::\n{: .x}";
    expect(md(text)).toBe(text);
    expect(md("a\n{: .x}\nb\n--- task ---\nc\n::: d\ne\n")).toBe("a\n{: .x}\nb\n--- task ---\nc\n::: d\ne");
  });

  it("joins soft wraps in boxes and tabs whose content is indented, and keeps code in them", () => {
    expect(md('!!! note "A"\n\n    b\n    c\n\n    ??? tip\n        d\n        e\n')).toBe(
      '!!! note "A"\n\n    b c\n\n    ??? tip\n        d e',
    );
    expect(md('=== "A"\n\n        b\n        c\n\nd\n\n    e\n    f\n')).toBe(
      '=== "A"\n\n        b\n        c\n\nd\n\n    e\n    f',
    );
  });

  it("has no trailing space, one blank line, NFC and LF", () => {
    expect(md("\r\n\r\na  \r\n\r\n\r\n\r\ne\u0301\r\n\r\n")).toBe("a\n\né");
  });

  it("joins scripts without spaces without one, and keeps a break that is meant", () => {
    expect(md("日本\n語\n")).toBe("日本語");
    expect(md("a\\\nb\n")).toBe("a\\\nb");
    expect(md("a  `x  y`\n")).toBe("a `x  y`");
  });
});

describe("a look at each line", () => {
  // A list item at the end cannot be told by a look, so that the whole text is parsed.
  const item = "\n\n- item";
  const parsed = (text: string) => md(text + item).slice(0, -item.length);
  const line = fc.constantFrom(
    ...[
      "",
      "",
      "words",
      "More words  here\t",
      "# One",
      "## Two ##",
      "#",
      "#no",
      "1986 was late",
      "1.5 litres",
    ],
    ...[
      "1. no",
      "12) no",
      "(so)",
      '"He',
      "ends \\",
      "a | b",
      "b `c  d`",
      "e `f",
      "g  h",
      "É",
      "[x]: y",
      "- i",
    ],
    ...[
      "    in",
      "> q",
      "a\u2028b",
      "\u00a0",
      "<b>x</b>",
      "---",
      "===",
      "*em*",
      "**b** c",
      "{: .x}",
      "::: y",
    ],
  );

  it("gives what parsing gives", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = lines.join("\n");
        // An open block at the end would take the item in.
        if (/^[ >:<-]|^\d+[.)]|^\{/m.test(text)) return;
        expect(md(text)).toBe(parsed(text).trimEnd());
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("YAML in normal form", () => {
  const yaml = (text: string) => normalise(text, "yaml");

  it("is by value: style, quotes, key order and comments make no difference", () => {
    const forms = [
      "a: one two\nb: [x, 'y']\nc: {e: 1, d: null}\n",
      'c:\n  d:\n  e: 1\n# note\nb:\n- "x"\n- y # aside\na: "one two"\n',
      "b: [x,\n  y]\na: >-\n  one\n  two\nc: {d: ~, e: 1}\n",
    ];
    expect(new Set(forms.map(yaml)).size).toBe(1);
  });

  it("tells apart what differs", () => {
    const values = [
      "a: ''",
      "a:",
      "a: {}",
      "a: []",
      "a: '{}'",
      "a: 1",
      "a: 1.0",
      "a: {b: 1}",
      "a: 'b: 1'",
      "a: |\n  b: 1\n  c: 2",
      "a: {b: 1, c: 2}",
      "a: [b]",
      "a: '- b'",
    ];
    expect(new Set(values.map(yaml)).size).toBe(values.length);
  });

  it("follows aliases", () => {
    expect(yaml("a: &x {b: 1}\nc: *x\n")).toBe("a:\n  b: 1\nc:\n  b: 1");
  });
});

describe("hashes stay the same", () => {
  it("under CRLF, trailing space and more blank lines", () => {
    fc.assert(
      fc.property(markdownText, (text) => {
        const lf = text.replaceAll("\r\n", "\n");
        expect(hashes(lf.replaceAll("\n", "\r\n"))).toEqual(hashes(lf));
        const body = lf.replace(/```[\s\S]*?```\n?/g, "");
        expect(hashes(body.replace(/([a-z])\n/g, "$1  \n"))).toEqual(hashes(body));
        expect(hashes(body.replace(/(^---\n[\s\S]*?^---\n)?/m, "$1").replace(/\n\n/g, "\n\n\n"))).toEqual(
          hashes(body),
        );
      }),
    );
  });

  it("under reflow", () => {
    fc.assert(
      fc.property(prose, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (text, breaks) => {
        let word = 0;
        const wrapped = (indent: string) =>
          text.replace(/ /g, () => (breaks[word++ % 12] === true ? `\n${indent}` : " "));
        expect(hashes(`# H\n\n${wrapped("")}\n`)).toEqual(hashes(`# H\n\n${text}\n`));
        expect(hashes(`# H\n\n- ${wrapped("  ")}\n`)).toEqual(hashes(`# H\n\n- ${text}\n`));
        expect(hashes(`# H\n\n> ${wrapped("> ")}\n`)).toEqual(hashes(`# H\n\n> ${text}\n`));
      }),
    );
  });

  it("under the order and the quotes of fields", () => {
    fc.assert(
      fc.property(fields, (text) => {
        const quoted = text
          .replace(/text: ([\w ]+)([},\n])/g, 'text: "$1"$2')
          .replace(/\{(id: \w+), (text: [^}]+)\}/g, "{$2, $1}");
        expect(hashes(quoted, "a.yaml")).toEqual(hashes(text, "a.yaml"));
      }),
    );
  });
});
