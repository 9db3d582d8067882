import { lineWith } from "../../curriculum/lines.ts";
import { type LevelShare, shareByLevel } from "../../rules/share.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** More locked text than the layer that set a limit wants to lock. */
export const lockBudget: Check<Pick<Material, "self" | "outline" | "layers">> = {
  id: "lock-budget",
  severity: "error",
  title: "More is locked than was agreed",
  page: {
    what: "The share of all words that may not change is above the budget (`checks: {budget: 10}` in rules.yaml, in per cent), and this version's own locks are among them.",
    why: "Every lock costs: what a school may not adapt it may not make its own. A core is strong because it is small.",
    fix: "Look at `leeway check --leeway`, and loosen the widest lock to add or reason.",
    accept: "Whoever set the budget may raise it, in the open, in the rules.yaml that says it.",
  },
  *find({ self, outline, layers }) {
    if (self === null || self.rules === null || outline === null) return;
    const limit = layers.find(({ file }) => file.checks?.budget !== undefined);
    const budget = limit?.file.checks?.budget;
    if (limit === undefined || budget === undefined) return;
    const { locked, of, own } = lockedShare(curriculumShare(outline, layers, self.id), self.id);
    if (own === 0 || of === 0 || (100 * locked) / of <= budget) return;
    const first = self.rules.file.rules.findIndex(({ leeway }) => leeway === "none");
    const pattern = self.rules.file.rules[first]?.passages ?? "budget";
    yield {
      path: self.rules.path,
      line: lineWith(self.rules.text, pattern),
      at: null,
      message: `${((100 * locked) / of).toFixed(1)}% of all words are locked (${locked} of ${of}); ${limit.name} set ${budget}% as the most.`,
      remedy: `Loosen or narrow a lock in ${self.rules.path} until \`leeway check --leeway\` is within ${budget}%.`,
    };
  },
};

/** The share at each level over a whole curriculum. */
export function curriculumShare(
  outline: NonNullable<Material["outline"]>,
  layers: Material["layers"],
  version: string,
): LevelShare[] {
  const weighed = outline.flatMap(({ path, id, type, own, passages }) =>
    passages.map(({ key, words }) => ({ subject: { path, id, type, key, own }, words })),
  );
  return shareByLevel(weighed, layers, version);
}

/** Words that are locked, of all, and how many of them by one layer. */
export function lockedShare(
  shares: readonly LevelShare[],
  layer: string,
): { locked: number; of: number; own: number } {
  const none = shares.find(({ level }) => level === "none");
  return {
    locked: none?.words ?? 0,
    of: shares.reduce((sum, { words }) => sum + words, 0),
    own: none?.by.find((each) => each.layer === layer)?.words ?? 0,
  };
}
