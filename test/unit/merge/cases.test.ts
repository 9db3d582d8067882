import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { asSide, type Part } from "../../../src/merge/conflict.ts";
import { mergeDocument } from "../../../src/merge/document.ts";

const ROOT = join(import.meta.dirname, "../../../fixtures/merge");
const LABELS = { ours: "Grimsby", base: "edition 2026.1", theirs: "edition 2026.2" };

/** A folder a case; `git` is Git's own text where Git is clean and the audit is to judge it. */
function run(folder: string): { result: ReturnType<typeof mergeDocument>; expected: string } {
  const extension = existsSync(join(folder, "base.yaml")) ? "yaml" : "md";
  const read = (name: string): string => readFileSync(join(folder, `${name}.${extension}`), "utf8");
  const git = existsSync(join(folder, `git.${extension}`)) ? { text: read("git"), clean: true } : undefined;
  const result = mergeDocument({
    path: `lesson.${extension}`,
    base: read("base"),
    ours: read("ours"),
    theirs: read("theirs"),
    labels: LABELS,
    ...(git ? { git } : {}),
  });
  return { result, expected: read("expected") };
}

/** What a side says in a conflict without a line end, though that side's text goes on below. */
function halfLines(parts: readonly Part[]): string[] {
  return (["ours", "theirs"] as const).flatMap((side) =>
    parts.flatMap((part, i) => {
      const text = typeof part === "string" ? null : part[side];
      return text === null || text.endsWith("\n") || asSide(parts.slice(i + 1), side) === "" ? [] : [text];
    }),
  );
}

function casesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name !== "failing");
}

describe("merge cases", () => {
  for (const name of casesIn(ROOT)) {
    it(name, () => {
      const { result, expected } = run(join(ROOT, name));
      expect(result.text).toBe(expected);
      expect(result.clean).toBe(!/^<{7,} Grimsby \(/m.test(expected));
      expect(halfLines(result.parts)).toEqual([]);
    });
  }
});

describe("merge cases that are known to fail (`expected` is what should be); one that passes moves up a folder", () => {
  for (const name of casesIn(join(ROOT, "failing"))) {
    it(name, () => {
      const folder = join(ROOT, "failing", name);
      const { result, expected } = run(folder);
      const now = join(folder, readdirSync(folder).find((file) => file.startsWith("now")) ?? "now.md");
      expect(result.text).not.toBe(expected);
      expect(result.text).toBe(readFileSync(now, "utf8"));
    });
  }
});
