import { describe, expect, it } from "vitest";
import { compose } from "../../../src/curriculum/compose.ts";
import { readDocument } from "../../../src/curriculum/read.ts";

const take = (target: string, source: string, keys: string[], path = "a.md") =>
  compose(readDocument(path, target), readDocument(path, source), new Set(keys));

describe("compose", () => {
  it("changes, adds and removes sections where they belong", () => {
    const target = "# A\n\na\n\n# B\n\nb\n\n# C\n\nc\n";
    const source = "# A\n\na2\n\n# N\n\nn\n\n# C\n\nc2\n";
    expect(take(target, source, ["#a"])).toBe("# A\n\na2\n\n# B\n\nb\n\n# C\n\nc\n");
    expect(take(target, source, ["#n"])).toBe("# A\n\na\n\n# N\n\nn\n\n# B\n\nb\n\n# C\n\nc\n");
    expect(take(target, source, ["#b"])).toBe("# A\n\na\n\n# C\n\nc\n");
  });

  it("keeps the line ending and the missing last one", () => {
    expect(take("# A\r\n\r\na\r\n\r\n# B\r\n\r\nb", "# A\n\nx\n\n# B\n\ny\n", ["#a", "#b"])).toBe(
      "# A\r\n\r\nx\r\n\r\n# B\r\n\r\ny",
    );
    expect(take("# A\n\na", "# A\n\na\n\n# B\n\nb\n", ["#b"])).toBe("# A\n\na\n\n# B\n\nb");
  });

  it("does not let a new section swallow what follows a div", () => {
    const target = "# A\n\na\n\n::: x\n\n## D\n\n:::\n\nmore of a\n";
    const done = readDocument("a.md", take(target, "# A\n\na\n\n# N\n\nn\n", ["#n"]));
    expect(done.passages.find((one) => one.key === "#n")?.normal).toBe("# N\n\nn");
  });

  it("brings front matter along and takes it away", () => {
    expect(take("# A\n", "---\ntitle: T\n---\n\n# A\n", ["@title"])).toBe("---\ntitle: T\n---\n\n# A\n");
    expect(take("---\ntitle: T\n---\n# A\n", "# A\n", ["@title"])).toBe("# A\n");
    expect(take("\uFEFF# A\n", "---\ntitle: T\n---\n# A\n", ["@title"])).toBe(
      "\uFEFF---\ntitle: T\n---\n# A\n",
    );
  });

  it("brings and drops the line that opens a list", () => {
    const yaml = (target: string, source: string, keys: string[]) => take(target, source, keys, "a.yaml");
    const list = "outcomes:\n  - {id: o1, text: a}\n  # why\n  - {id: o2, text: b}\n";
    expect(yaml("x: 1\n", `x: 1\n${list}`, ["@outcomes.o2"])).toBe(
      "x: 1\noutcomes:\n  # why\n  - {id: o2, text: b}\n",
    );
    expect(yaml(`x: 1\n${list}`, "x: 1\n", ["@outcomes.o1", "@outcomes.o2"])).toBe("x: 1\n");
    expect(yaml("outcomes: []\nx: 1\n", list, ["@outcomes.o1"])).toContain("  - {id: o1, text: a}\n");
  });

  it("reaches into lists in brackets", () => {
    const yaml = (target: string, source: string, keys: string[]) => take(target, source, keys, "a.yaml");
    const flow = "outcomes: [{id: o1, text: a},  {id: o2, text: b}] # note\n";
    const block = "outcomes:\n- id: o1\n  text: z\n- id: o3\n  text: c\n";
    expect(yaml(flow, block, ["@outcomes.o1"])).toBe(
      "outcomes: [{id: o1, text: z},  {id: o2, text: b}] # note\n",
    );
    expect(yaml(flow, block, ["@outcomes.o3"])).toBe(
      "outcomes: [{id: o1, text: a},  {id: o3, text: c},  {id: o2, text: b}] # note\n",
    );
    expect(yaml(block, flow, ["@outcomes.o2"])).toBe(
      "outcomes:\n- id: o1\n  text: z\n- {id: o2, text: b}\n- id: o3\n  text: c\n",
    );
  });

  it("puts lists and sections in order", () => {
    const list = (ids: string[]) => `outcomes:\n${ids.map((id) => `  - {id: ${id}}\n`).join("")}`;
    expect(take(list(["a", "b", "c"]), list(["c", "a", "b"]), ["@outcomes!order"], "a.yaml")).toBe(
      list(["c", "a", "b"]),
    );
    expect(take("# A\n\n# B\n\n# C\n", "# C\n\n# B\n\n# A\n", ["#!order"])).toBe("# C\n\n# B\n\n# A\n");
  });
});
