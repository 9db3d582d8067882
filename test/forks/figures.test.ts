import { beforeAll, describe, expect, it } from "vitest";
import { ABSENT, AT_HAND, type DiffJson, FORKS, Forks } from "./forks.ts";

let forks: Forks;
beforeAll(async () => {
  if (AT_HAND) forks = await Forks.open();
});

/** The figures again, by other means: a textbook table over all words instead of what src/compare does with bits. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const row = [0];
    b.forEach((other, at) => {
      row.push(word === other ? (above[at] ?? 0) + 1 : Math.max(above[at + 1] ?? 0, row[at] ?? 0));
    });
    above = row;
  }
  return above[b.length] ?? 0;
}

const wordsOf = (text: string | null): string[] => text?.normalize("NFC").match(/\S+/g) ?? [];
const isSection = (at: string): boolean => at.includes("#") && !at.endsWith("!order");
/** The mark of a quoted line is no word where the line only wraps, which a count of raw words cannot know. */
const isQuoted = (text: string | null): boolean => /^\s*>/m.test(text ?? "");

/** What `git diff --word-diff` says of one document: the words that went and those that came. */
async function wordDiff(
  folder: string,
  from: string,
  paths: readonly string[],
): Promise<{ added: string[]; removed: string[] }> {
  const text = await forks.run(folder, [
    "diff",
    "--word-diff=porcelain",
    "--word-diff-regex=[^[:space:]]+",
    "-M",
    from,
    "HEAD",
    "--",
    ...paths,
  ]);
  const body = text.split("\n").filter((line) => !/^(\+\+\+ |--- )/.test(line));
  const words = (sign: string): string[] =>
    body.filter((line) => line.startsWith(sign)).flatMap((line) => wordsOf(line.slice(1)));
  return { added: words("+"), removed: words("-") };
}

describe.skipIf(!AT_HAND)(AT_HAND ? "figures of real forks" : ABSENT, () => {
  for (const each of FORKS.filter(({ fork }) => /^(uvacobi|UCSB|mmesiti|supa-uk|raynamharris)/.test(fork))) {
    it(`${each.fork}: words agree with a table over all words, and with Git's own word diff`, async () => {
      const folder = await forks.clone(each);
      const { from, documents } = await forks.json<DiffJson>(folder, ["diff"]);
      // Compared: every section that differs, by its raw text; a field's normal form is another spelling of it.
      let sections = 0;
      for (const passage of documents.flatMap(({ passages }) => passages)) {
        if (!isSection(passage.at) || isQuoted(passage.base) || isQuoted(passage.local)) continue;
        const [base, local] = [wordsOf(passage.base), wordsOf(passage.local)];
        const common = longestCommon(base, local);
        expect(passage.words, passage.at).toEqual({
          added: local.length - common,
          removed: base.length - common,
          edits: Math.max(base.length, local.length) - common,
        });
        sections++;
      }
      expect(sections).toBeGreaterThan(0);

      // Compared: documents in which no word both went and came, so that Git's alignment is the best there is, and
      // in which no passage was added or removed, so that Leeway's passages cannot pull words apart.
      let agreed = 0;
      for (const { path, from: moved, change, passages } of documents) {
        if (change !== "edited" || !path.endsWith(".md")) continue;
        if (passages.some((passage) => passage.change !== "edited")) continue;
        if (passages.some(({ base, local }) => isQuoted(base) || isQuoted(local))) continue;
        const git = await wordDiff(folder, from.commit ?? "", moved === null ? [path] : [path, moved]);
        if (git.removed.some((word) => git.added.includes(word))) continue;
        const sum = (side: "added" | "removed") => passages.reduce((all, { words }) => all + words[side], 0);
        expect({ added: sum("added"), removed: sum("removed") }, path).toEqual({
          added: git.added.length,
          removed: git.removed.length,
        });
        agreed++;
      }
      if (/^(uvacobi|mmesiti)/.test(each.fork)) expect(agreed).toBeGreaterThan(0);
    });
  }
});
