import { type Change, explain } from "../../adaptation/explain.ts";
import type { RecordFile } from "../../adaptation/record.ts";
import { formatAddress } from "../../curriculum/address.ts";
import type { Difference, Judged } from "../../drift/measure.ts";
import type { Leeway, Subject } from "../../rules/leeway.ts";
import type { ChangedDocument } from "../change/changes.ts";
import { asChange, ownLeeway } from "../change/own-changes.ts";

/** What one layer changed of the text it was given, with the reasons that it gave. */
export interface JudgedStep {
  readonly owner: string;
  readonly records: readonly RecordFile[];
  readonly byAddress: ReadonlyMap<string, StepChange>;
  readonly byPlace: ReadonlyMap<string, StepChange>;
}

interface StepChange {
  readonly at: string;
  /** Its address before the step; null where the step added it. */
  readonly before: string | null;
  readonly change: Change;
  readonly leeway: Leeway | null;
}

/**
 * One layer's changes, to be found by their address after the step and before it.
 * @param leewayOf how freely a passage may change in this step; null where nobody says
 */
export function stepOf(
  owner: string,
  documents: readonly ChangedDocument[],
  records: readonly RecordFile[],
  leewayOf: (subject: Subject) => Leeway | null,
): JudgedStep {
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
        leeway: subject && leewayOf(subject),
      };
    }),
  );
  return {
    owner,
    records,
    byAddress: new Map(changes.map((each) => [each.at, each])),
    byPlace: new Map(changes.map((each) => [each.before ?? `+${each.at}`, each])),
  };
}

/**
 * What all layers' rules and records say of a difference from the farthest layer's text: it is explained, or free,
 * where every step that made it is.
 */
export function judgeAlong(steps: readonly JudgedStep[], difference: Difference): Judged {
  const touched = follow(steps, difference);
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
