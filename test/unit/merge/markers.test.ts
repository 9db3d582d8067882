import { describe, expect, it } from "vitest";
import { conflict } from "../../../src/merge/conflict.ts";
import { markerLength, parseMarkers, readGitConflicts, renderParts } from "../../../src/merge/markers.ts";

const LABELS = { ours: "Grimsby", base: "edition 1", theirs: "edition 2" };
const open = conflict("#case-study", { base: "b\n", ours: "o\n", theirs: null }, LABELS);

describe("markers", () => {
  it("stand in words and tell where they stand", () => {
    const { text, conflicts } = renderParts(["# Trade\n", open, "end\n"], {
      labels: LABELS,
      name: "y8-trade",
    });
    expect(text).toBe(
      "# Trade\n<<<<<<< Grimsby (y8-trade#case-study)\no\n||||||| edition 1\nb\n=======\n>>>>>>> edition 2\nend\n",
    );
    expect(conflicts).toMatchObject([{ line: 2, lines: 6, kind: "edited-removed" }]);
  });

  it("grow longer than lines of the lesson that look like them", () => {
    expect(markerLength(["a\n<<<<<<< HEAD\n", "======== x\n", null])).toBe(9);
    expect(markerLength(["Heading\n==========\n"])).toBe(7);
  });

  it("follow the line ends of the document, and end a line that has no end", () => {
    const crlf = conflict("", { base: "b\r\n", ours: "o", theirs: "t\r\n" }, LABELS);
    const { text } = renderParts(["a\r\n", crlf], { labels: LABELS, name: "d" });
    expect(text.split("\r\n").length).toBe(text.split("\n").length);
    expect(text).toContain("o\r\n|||||||");
  });

  it("are found again by their labels, and by nothing else", () => {
    const lesson = "<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> b\n";
    const length = markerLength([lesson]);
    const options = { labels: LABELS, name: "y8-trade", length };
    const { text, conflicts } = renderParts([lesson, open, "mid\n", open], options);
    const found = parseMarkers(text, options);
    expect(found).toMatchObject([
      { at: "#case-study", ours: "o\n", base: "b\n", theirs: "" },
      { at: "#case-study", ours: "o\n", base: "b\n", theirs: "" },
    ]);
    expect(found.map(({ line, lines }) => ({ line, lines }))).toEqual(
      conflicts.map(({ line, lines }) => ({ line, lines })),
    );
    expect(parseMarkers(lesson, { ...options, length: 7 })).toEqual([]);
  });

  it("carry no control character of a label", () => {
    const labels = { ...LABELS, ours: "Grims\u001b[31mby\nx" };
    const { text } = renderParts([open], { labels, name: "d" });
    expect(text.split("\n")[0]).toBe("<<<<<<< Grims [31mby x (d#case-study)");
  });

  it("of Git's are read only where no line of the lesson can be taken for one", () => {
    const git = "a\n<<<<<<< x\no\n||||||| y\nb\n=======\nt\n>>>>>>> z\nc\n";
    expect(readGitConflicts(git, ["a\nb\nc\n"])).toEqual([
      "a\n",
      { base: "b\n", ours: "o\n", theirs: "t\n" },
      "c\n",
    ]);
    const lesson = "<<<<<<< HEAD\nloaf\n>>>>>>> cake\n";
    expect(readGitConflicts(lesson + git, [lesson])?.[0]).toBe(`${lesson}a\n`);
    expect(readGitConflicts(git.replace("t\n", "t\n=======\nu\n"), ["=======\n"])).toBeUndefined();
    expect(readGitConflicts("<<<<<<< x\no\n=======\nt\n>>>>>>> z\n", [])).toBeUndefined();
  });
});
