import { documentOf, isHeld, speaksOf } from "../../adaptation/explain.ts";
import { formatAddress } from "../../curriculum/address.ts";
import { lineWith } from "../../curriculum/lines.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** A record of a change that is not there. */
export const recordWithoutChange: Check<Pick<Material, "records" | "every" | "scope" | "documents">> = {
  id: "record-without-change",
  severity: "warning",
  title: "A record explains a change that is not there",
  page: {
    what: "An active adaptation record names a passage that is as upstream has it.",
    why: "The trust counts an adaptation that no pupil meets, and the list of what this version changed is not to be trusted.",
    fix: "Retire the record with `status: retired`, or take the address out of its passages.",
    accept: "Give it `status: draft` where the change is still to come.",
  },
  *find({ records, every, scope, documents }) {
    for (const { path, text, record } of records.filter(isHeld)) {
      for (const passage of record.passages) {
        if (!scope.has(path) && !scope.hasDocument(documentOf(passage.at))) continue;
        const stands = every.some((change) => {
          const { at, document, passage: changed } = change;
          const whole = document.base === null || document.local === null;
          if (whole && documentOf(passage.at) === documentOf(at)) return true;
          const from = changed.base === null ? undefined : at.replace(changed.key, changed.base.key);
          return speaksOf(passage, { at, from, baseHash: changed.baseHash });
        });
        if (stands) continue;
        const others = record.passages.length > 1;
        yield {
          path,
          line: lineWith(text, passage.at) ?? 1,
          at: passage.at,
          about: record.id,
          ...(isNowhere(documents, passage.at)
            ? {
                message: `The record "${record.title}" explains a change of ${passage.at}, and there is no such passage.`,
                remedy: `Correct the address in ${path}: \`leeway diff\` prints those of what was changed.`,
              }
            : {
                message: `The record "${record.title}" explains a change of ${passage.at}, and the passage is as upstream has it.`,
                remedy: others
                  ? `Take this address out of the passages of ${path}.`
                  : `Write \`status: retired\` in ${path}.`,
              }),
        };
      }
    }
  },
};

/** Whether a changed document has no passage of this address, here or at the base. */
function isNowhere(documents: Material["documents"], at: string): boolean {
  const named = documents.filter(({ base, local }) => [base?.id, local?.id].includes(documentOf(at)));
  const keys = named.flatMap(({ base, local }) =>
    [base, local].flatMap((each) => each?.passages.map(({ key }) => formatAddress(each.id, key)) ?? []),
  );
  return named.length > 0 && at !== documentOf(at) && !keys.includes(at) && !/@[^.!]+$/.test(at);
}
