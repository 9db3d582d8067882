import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { run as runLeeway } from "../../src/cli/commands/merge-file.ts";
import { makeContext } from "../../src/cli/session.ts";
import { asSide } from "../../src/merge/conflict.ts";
import { cut } from "../../src/merge/cut.ts";
import { mergeDocument } from "../../src/merge/document.ts";
import { lookAt } from "../../src/version/look.ts";
import { CORPUS_THERE, type CorpusCase, corpusCases, openLines, verdicts, words } from "./corpus-cases.ts";

const LABELS = { ours: "ours", base: "base", theirs: "theirs" };
const what = CORPUS_THERE
  ? "real merges"
  : "real merges (no corpus: LEEWAY_CORPUS names the folder with cases/)";

describe.skipIf(!CORPUS_THERE)(what, () => {
  let cases: CorpusCase[] = [];
  let merged: { of: CorpusCase; text: string; code: number }[] = [];

  beforeAll(async () => {
    cases = corpusCases();
    const folder = mkdtempSync(join(tmpdir(), "leeway-corpus-"));
    try {
      const out = ({ facts }: CorpusCase): string => join(folder, facts.id + facts.ext);
      const lines = cases.map((one) =>
        [one.facts.id, one.files.ours, one.files.base, one.files.theirs, out(one)].join("\t"),
      );
      writeFileSync(join(folder, "list"), lines.join("\n"));
      const { stdin, stdout, stderr } = process;
      const io = { cwd: folder, env: {}, stdin, stdout, stderr };
      const context = makeContext(io, async () => 0, lookAt(folder, false));
      await runLeeway(context, [], { batch: "list" });
      merged = cases.map((of) => ({
        of,
        text: readFileSync(out(of), "utf8"),
        code: Number(readFileSync(`${out(of)}.code`, "utf8")),
      }));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);

  it("every file is cut into units and joined back, byte for byte", () => {
    for (const { facts, text } of cases) {
      for (const name of ["base", "ours", "theirs"] as const) {
        const joined = cut(facts.path, text(name)).units.map((unit) => unit.text + unit.tail);
        if (joined.join("") !== text(name)) expect(joined.join(""), facts.id).toBe(text(name));
      }
    }
  });

  it("what Git merges cleanly is Git's, byte for byte", async () => {
    const { createHash } = await import("node:crypto");
    const clean = merged.filter(({ of }) => of.facts.git_conflicts === 0);
    expect(clean.length).toBeGreaterThan(200);
    for (const { of, text, code } of clean) {
      const sha = (of.facts as { git_clean_sha1?: string }).git_clean_sha1;
      expect({ id: of.facts.id, code, sha: createHash("sha1").update(text).digest("hex") }).toEqual({
        id: of.facts.id,
        code: 0,
        sha,
      });
    }
  });

  it("what is said to be in conflict is marked", () => {
    for (const { of, text, code } of merged)
      if (code > 0) expect(openLines(text).length, of.facts.id).toBeGreaterThan(0);
  });

  it("every file won that its people wrote otherwise has been read, and none is wrong", () => {
    const read = verdicts();
    for (const { of, text, code } of merged) {
      const human = of.human();
      if (of.facts.git_conflicts === 0 || code > 0 || human === null || words(human) === words(text))
        continue;
      expect({ id: of.facts.id, verdict: read.get(of.facts.id)?.verdict }).toEqual({
        id: of.facts.id,
        verdict: "right",
      });
    }
  });

  it("the laws hold for real files that are changed at random", () => {
    const edit = fc.record({
      side: fc.boolean(),
      at: fc.nat(),
      kind: fc.constantFrom("drop", "double", "word", "swap"),
    });
    const mutated = fc.tuple(fc.nat(), fc.array(edit, { minLength: 1, maxLength: 6 })).map(([n, edits]) => {
      const { facts, text } = cases[n % cases.length] as CorpusCase;
      const base = text("base");
      const [ours, theirs] = [true, false].map((side) =>
        change(
          base,
          edits.filter((one) => one.side === side),
        ),
      );
      return { path: facts.path, base, ours: ours ?? "", theirs: theirs ?? "" };
    });
    fc.assert(
      fc.property(mutated, ({ path, base, ours, theirs }) => {
        const merge = (b: string, o: string, t: string) =>
          mergeDocument({ path, base: b, ours: o, theirs: t, labels: LABELS });
        for (const [o, t, expected] of [
          [base, ours, ours],
          [ours, base, ours],
          [ours, ours, ours],
        ] as const) {
          expect(merge(base, o, t).text).toBe(expected);
        }
        const [one, two] = [merge(base, ours, theirs), merge(base, theirs, ours)];
        expect(two.clean).toBe(one.clean);
        if (one.clean) expect(words(two.text)).toBe(words(one.text));
        for (const [side, text] of [
          ["ours", ours],
          ["theirs", theirs],
        ] as const) {
          const known = new Set(words(base).split(" "));
          const settled = new Set(words(asSide(one.parts, side)).split(" "));
          expect(
            words(text)
              .split(" ")
              .filter((word) => !known.has(word) && !settled.has(word)),
          ).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});

/** What an author may do to the lines of a file. */
function change(text: string, edits: readonly { at: number; kind: string }[]): string {
  const lines = text.split("\n");
  for (const { at, kind } of edits) {
    const i = at % lines.length;
    const line = lines[i] ?? "";
    if (kind === "drop") lines.splice(i, 1);
    else if (kind === "double") lines.splice(i, 0, `${line} again`);
    else if (kind === "word") lines[i] = line.replace(/\p{L}+/u, "harbour");
    else lines.splice(i, 2, lines[i + 1] ?? "", line);
  }
  return lines.join("\n");
}
