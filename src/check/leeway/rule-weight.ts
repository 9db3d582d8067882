import { lineWith } from "../../curriculum/lines.ts";
import { matches, type Subject } from "../../rules/leeway.ts";
import { type LayerRules, LEVELS, type Rule } from "../../rules/rules.ts";
import type { DocumentOutline, Material, OwnVersion } from "../material.ts";

/** One rule of this version's own file, and what it comes to over the whole curriculum. */
export interface RuleWeight {
  readonly rule: Rule;
  readonly path: string;
  readonly line: number | null;
  /** Passages that it speaks of. */
  readonly matched: number;
  /** Passages for which it decides, within its file and against the layers above. */
  readonly decides: number;
  /** What mostly overrules it: a later rule of the file, or a layer above. */
  readonly overruledBy: string | null;
}

/** Weighs every rule that this version gives; empty where it gives none, or the curriculum was not read. */
export function weighRules({
  self,
  outline,
  layers,
}: Pick<Material, "self" | "outline" | "layers">): RuleWeight[] {
  const own = self?.rules;
  if (!self || !own || outline === null) return [];
  const above = layers.filter(({ layer }) => layer !== self.id);
  const tally = own.file.rules.map((rule) => ({
    rule,
    matched: 0,
    decides: 0,
    by: new Map<string, number>(),
  }));
  for (const subject of subjectsOf(outline)) {
    const found = tally.filter(({ rule }) => matches(rule, subject));
    const last = found.at(-1);
    const stricter = last && strictestAbove(above, subject, last.rule, self.id);
    for (const each of found) {
      each.matched++;
      const by = each !== last ? `the rule for "${last?.rule.passages}" below it` : stricter;
      if (by) each.by.set(by, (each.by.get(by) ?? 0) + 1);
      else each.decides++;
    }
  }
  return tally.map(({ rule, matched, decides, by }, index) => ({
    rule,
    path: own.path,
    line: lineOfRule(own, rule, index),
    matched,
    decides,
    overruledBy: [...by].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null,
  }));
}

function* subjectsOf(outline: readonly DocumentOutline[]): Iterable<Subject> {
  for (const { path, id, type, passages } of outline)
    for (const { key } of passages) yield { path, id, type, key };
}

/** Who above holds a passage more strictly than a rule of this version would. */
function strictestAbove(
  above: readonly LayerRules[],
  subject: Subject,
  { leeway }: Rule,
  version: string,
): string | null {
  for (const { name, file } of above) {
    const rule = file.rules.findLast((each) => matches(each, subject) && !each.except?.includes(version));
    if (rule && LEVELS.indexOf(rule.leeway) < LEVELS.indexOf(leeway))
      return `${name}, which holds them more strictly`;
  }
  return null;
}

/** The line of a rule: the n-th place where its pattern stands behind `passages:`. */
function lineOfRule(
  { text, file }: NonNullable<OwnVersion["rules"]>,
  rule: Rule,
  index: number,
): number | null {
  const before = file.rules.slice(0, index).filter(({ passages }) => passages === rule.passages).length;
  const lines = text.split("\n");
  const places = lines.flatMap((line, at) =>
    /passages:/.test(line) && line.replace(/^.*passages:/, "").includes(rule.passages) ? [at + 1] : [],
  );
  return places[before] ?? lineWith(text, rule.passages);
}
