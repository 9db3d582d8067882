import { expect, it } from "vitest";
import { asSide } from "../../../src/merge/conflict.ts";
import { mergeDocument } from "../../../src/merge/document.ts";

const LABELS = { ours: "Grimsby", base: "edition 1", theirs: "edition 2" };
const SHORT = "Price six goods.";
const LONG = "Pupils put six goods in order of their price in 1340.";

/** A lesson that both sides put in an order of their own. */
function lesson(text: string): { base: string; ours: string; theirs: string } {
  const parts = {
    starter: `## Starter\n\n${text}\n`,
    reading: "## Reading\n\n- Read the toll roll aloud, line by line.\n",
    talk: "## Talk\n",
    writing: "## Writing\n",
  };
  const write = (...order: (keyof typeof parts)[]): string =>
    `---\nid: y8-trade-3\ntype: lesson\n---\n\n${order.map((name) => parts[name]).join("\n")}`;
  return {
    base: write("starter", "reading", "talk", "writing"),
    ours: write("writing", "starter", "reading", "talk"),
    theirs: write("talk", "reading", "starter", "writing"),
  };
}

it("sections that both sides moved are for a person, and no text is parted from its heading", () => {
  const { clean, conflicts } = mergeDocument({ path: "lesson.md", ...lesson(SHORT), labels: LABELS });
  expect([clean, conflicts.length > 0]).toEqual([false, true]);
});

it("what all three have is on either side where Git has it there", () => {
  const [front] = lesson(LONG).base.split("## Starter");
  const git = `${front}<<<<<<< a\n## Writing\n\n## Starter\n\n${LONG}\n||||||| b\n## Starter\n\n${LONG}\n=======\n## Talk\n>>>>>>> c\n
## Reading\n\n- Read the toll roll aloud, line by line.\n
<<<<<<< a\n## Talk\n||||||| b\n## Talk\n\n## Writing\n=======\n## Starter\n\n${LONG}\n\n## Writing\n>>>>>>> c\n`;
  const input = { path: "lesson.md", ...lesson(LONG), labels: LABELS, git: { text: git, clean: false } };
  const { parts } = mergeDocument(input);
  for (const side of ["ours", "theirs"] as const) expect(asSide(parts, side).split(LONG)).toHaveLength(2);
});
