import type { Difference, Judged } from "../../drift/measure.ts";
import { leewayOf } from "../../rules/leeway.ts";
import { type Against, type Step, stepsTo } from "../base/against.ts";
import { isHeldBack } from "../base/holds.ts";
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
  { last }: Against,
  direct: readonly ChangedDocument[],
): Promise<(difference: Difference) => Judged> {
  const known = last.above === null ? direct : null;
  const judged = new Map(
    await Promise.all(
      allSteps(last).map(async (step) => [step, await readStep(version, step, known)] as const),
    ),
  );
  return (difference) => {
    const { document, passage } = difference;
    const steps = stepsTo(last, (held) => isHeldBack(held, document, passage));
    return judgeAlong(
      steps.flatMap((step) => judged.get(step) ?? []),
      difference,
    );
  };
}

function allSteps(last: Step): Step[] {
  const above = [last, ...last.heldAbove].flatMap((way) => way.above ?? []);
  return [last, ...above.flatMap(allSteps)];
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
