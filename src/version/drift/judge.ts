import { type Change, explain } from "../../adaptation/explain.ts";
import type { RecordFile } from "../../adaptation/record.ts";
import { formatAddress } from "../../curriculum/address.ts";
import type { Difference, Judged } from "../../drift/measure.ts";
import { type Leeway, leewayOf } from "../../rules/leeway.ts";
import type { Against, Step } from "../base/against.ts";
import { type ChangedDocument, changesSince } from "../change/changes.ts";
import { asChange, ownLeeway } from "../change/own-changes.ts";
import { readRecords, readRules } from "../change/records.ts";
import type { OpenVersion } from "../open.ts";

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
  return (difference) => {
    const touched = follow(judged, difference);
    const reasons = touched.map(({ records, change }) => {
      const found = explain(change, records);
      return found.state === "explained" ? found.file.record : null;
    });
    const free = touched.map(({ leeway }) => leeway?.level === "free");
    return {
      explained: touched.length > 0 && reasons.every((record, index) => record !== null || free[index]),
      free: touched.length > 0 && free.every(Boolean),
      locked: touched.some(({ leeway }) => leeway?.level === "none"),
      why: reasons.flatMap((record) => record?.title ?? []).join("; ") || null,
      records: reasons.flatMap((record) => record?.id ?? []),
      owners: touched.map(({ owner }) => owner),
    };
  };
}

interface StepChange {
  readonly at: string;
  /** Its address before the step; null where the step added it. */
  readonly before: string | null;
  readonly change: Change;
  readonly leeway: Leeway | null;
}

interface JudgedStep {
  readonly owner: string;
  readonly records: readonly RecordFile[];
  readonly byAddress: ReadonlyMap<string, StepChange>;
  readonly byPlace: ReadonlyMap<string, StepChange>;
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
  const changes = documents.flatMap((document) =>
    document.change.passages.map((passage): StepChange => {
      const change = asChange(document, passage);
      const { base, local } = document;
      const shown = base ?? local;
      const subject = shown && {
        path: shown.path,
        id: shown.id,
        type: shown.type,
        // A lock does not end with the heading's old name.
        key: (passage.base ?? passage).key,
        own: ownLeeway(shown),
      };
      return {
        at: change.at,
        before: base && passage.base ? formatAddress(base.id, passage.base.key) : null,
        change,
        leeway: subject && owner ? leewayOf(subject, rules, owner.id) : null,
      };
    }),
  );
  return {
    owner: step.owner ?? "this-version",
    records,
    byAddress: new Map(changes.map((each) => [each.at, each])),
    byPlace: new Map(changes.map((each) => [each.before ?? `+${each.at}`, each])),
  };
}

/**
 * The steps that touched a passage, farthest first: from its address now back to where it came from; what is gone,
 * from where it was.
 */
function follow(
  steps: readonly JudgedStep[],
  { at, place, passage }: Difference,
): (Pick<JudgedStep, "owner" | "records"> & StepChange)[] {
  const touched: (Pick<JudgedStep, "owner" | "records"> & StepChange)[] = [];
  if (passage.local === null) {
    let name = place;
    for (const { owner, records, byPlace } of steps) {
      const change = byPlace.get(name);
      if (change) touched.push({ owner, records, ...change });
      name = change?.at ?? name;
    }
    return touched;
  }
  let name: string | null = at;
  for (const { owner, records, byAddress } of [...steps].reverse()) {
    const change: StepChange | undefined = name === null ? undefined : byAddress.get(name);
    if (change) touched.unshift({ owner, records, ...change });
    name = change ? change.before : name;
  }
  return touched;
}
