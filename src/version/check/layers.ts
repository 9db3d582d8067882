import type { JudgedChange, JudgeEdit, OwnFileFault, OwnVersion } from "../../check/material.ts";
import { readTextInside } from "../../files/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { type LayerRules, LEVELS, parseRules, type RulesFile } from "../../rules/rules.ts";
import type { BaseTree } from "../base/base-tree.ts";
import type { ChangedDocument } from "../change/changes.ts";
import { leewayFor } from "../change/own-changes.ts";
import { readRules } from "../change/records.ts";
import { readable } from "../judge/readable.ts";
import type { OpenVersion } from "../open.ts";
import { rulesPath, type VersionFile } from "../version-file.ts";
import { asFault } from "./doubt.ts";
import type { Since } from "./since.ts";

/** The rules of all layers above and of this version. */
export interface Layers {
  /** As the change under judgement would have them. */
  readonly proposed: readonly LayerRules[];
  /** Those that judge it: this version's own as the protected branch has them. */
  readonly judging: LayerRules[];
}

/** @param own this version's rules as they lie there; null where there are none to be read */
export async function layersOf(
  { repo, self, above }: OpenVersion,
  base: BaseTree | null,
  since: Since | null,
  own: RulesFile | null,
): Promise<Layers> {
  if (self === null) return { proposed: [], judging: [] };
  const [layersAbove, ownAtSince] = await Promise.all([
    readRules(repo, self, above, base?.commit ?? null, null),
    since === null ? own : rulesAt(repo, self.id, since.commit),
  ]);
  const withOwn = (file: RulesFile | null): LayerRules[] => [
    ...layersAbove,
    ...(file === null ? [] : [asLayer(self, file, above.length === 0)]),
  ];
  return { proposed: withOwn(own), judging: withOwn(ownAtSince) };
}

function asLayer({ id, name }: VersionFile, file: RulesFile, isCentre: boolean): LayerRules {
  return { layer: id, name, file, fallback: file.default ?? (isCentre ? "reason" : null) };
}

/** This version's rules as they lie there; what keeps them from being read goes to `faults`. */
export async function ownRules(
  repo: Repository,
  id: string,
  faults: OwnFileFault[],
): Promise<OwnVersion["rules"]> {
  const path = rulesPath(id);
  try {
    const text = await readTextInside(repo.root, path);
    if (text === null) return null;
    return { path, text, file: parseRules(path, text) };
  } catch (error) {
    faults.push(asFault(error));
    return null;
  }
}

/** This version's rules on the protected branch; rules that cannot be read there are none. */
async function rulesAt(repo: Repository, id: string, rev: string): Promise<RulesFile | null> {
  const path = rulesPath(id);
  const [object] = await readObjects(repo, [`${rev}:${path}`]);
  return readable(object?.bytes.toString("utf8") ?? null, (text) => parseRules(path, text));
}

/** Rules of this version's own that would let a change pass which comes with them. */
export function loosenedRules(
  self: VersionFile,
  changes: readonly JudgedChange[],
  proposed: readonly LayerRules[],
  rules: OwnVersion["rules"],
  since: Since | null,
): JudgeEdit[] {
  if (since === null) return [];
  const looser = changes.find(({ document, passage, leeway }) => {
    const now = leewayFor(document as ChangedDocument, passage, proposed, self.id);
    return LEVELS.indexOf(now.level) > LEVELS.indexOf(leeway.level);
  });
  if (looser === undefined) return [];
  return [
    {
      what: "rules",
      path: rules?.path ?? rulesPath(self.id),
      line: rules === null ? null : 1,
      message: `This change loosens the rules for ${looser.at} and changes that passage as well; the rules of ${since.shown} count.`,
    },
  ];
}
