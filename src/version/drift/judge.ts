import type { Difference, Judged } from "../../drift/measure.ts";
import { leewayOf } from "../../rules/leeway.ts";
import type { Against, Step } from "../base/against.ts";
import { type ChangedDocument, changesSince } from "../change/changes.ts";
import { readRecords, readRules } from "../change/records.ts";
import type { OpenVersion } from "../open.ts";
import { type JudgedStep, judgeAlong, stepOf } from "./steps.ts";

/**
 * What rules and records say of each difference, step by step along the layers: each layer answers for its own
 * step, under the rules that hold for it there (design §7).
 * @param direct the changes of the only step, where there is one only and they are read already
 */
export async function judgeSteps(
  version: OpenVersion,
  { steps }: Against,
  direct: readonly ChangedDocument[],
): Promise<(difference: Difference) => Judged> {
  const judged = await Promise.all(
    steps.map((step) => readStep(version, step, steps.length === 1 ? direct : null)),
  );
  return (difference) => judgeAlong(judged, difference);
}

async function readStep(
  { repo, self, above }: OpenVersion,
  step: Step,
  known: readonly ChangedDocument[] | null,
): Promise<JudgedStep> {
  const to = { kind: "commit", commit: step.to } as const;
  const chain = self === null ? [] : [self, ...above];
  const place = chain.findIndex(({ id }) => id === step.owner);
  const owner = chain[place];
  const [records, documents, rules] = await Promise.all([
    step.owner === null ? [] : readRecords(repo, step.owner, to),
    known ?? changesSince(repo, step.base, to).then((changes) => changes.documents),
    owner ? readRules(repo, owner, chain.slice(place + 1), step.base.commit, step.to) : [],
  ]);
  return stepOf(step.owner ?? "this-version", documents, records, (subject) =>
    owner ? leewayOf(subject, rules, owner.id) : null,
  );
}
