import type { Document } from "../curriculum/document.ts";
import type { Check } from "./check.ts";
import type { Found } from "./finding.ts";
import { encoding } from "./integrity/encoding.ts";
import { fields } from "./integrity/fields.ts";
import { fileSize } from "./integrity/file-size.ts";
import { frontMatter } from "./integrity/front-matter.ts";
import { idChanged } from "./integrity/id-changed.ts";
import { idMalformed } from "./integrity/id-malformed.ts";
import { idRepeated } from "./integrity/id-repeated.ts";
import { licenceLost } from "./integrity/licence-lost.ts";
import { mergeMarkers } from "./integrity/merge-markers.ts";
import { noDerivatives } from "./integrity/no-derivatives.ts";
import { nonCommercial } from "./integrity/non-commercial.ts";
import { referenceBroken } from "./integrity/reference-broken.ts";
import { approvalMissing } from "./leeway/approval-missing.ts";
import { baseUnpublished } from "./leeway/base-unpublished.ts";
import { foreignFolder } from "./leeway/foreign-folder.ts";
import { judgeChanged } from "./leeway/judge-changed.ts";
import { kindContradicted } from "./leeway/kind-contradicted.ts";
import { lockBudget } from "./leeway/lock-budget.ts";
import { lockedChanged } from "./leeway/locked-changed.ts";
import { ownFileUnreadable } from "./leeway/own-file-unreadable.ts";
import { reasonMissing } from "./leeway/reason-missing.ts";
import { reasonOutdated } from "./leeway/reason-outdated.ts";
import { reasonPending } from "./leeway/reason-pending.ts";
import { reasonReview } from "./leeway/reason-review.ts";
import { recordWithoutChange } from "./leeway/record-without-change.ts";
import { ruleOverruled } from "./leeway/rule-overruled.ts";
import { ruleUnmatched } from "./leeway/rule-unmatched.ts";
import { sharedWordsLost } from "./leeway/shared-words-lost.ts";
import { twoSelves } from "./leeway/two-selves.ts";
import type { Material } from "./material.ts";
import type { FamilyName } from "./settings.ts";

/** Checks of one kind. */
export interface Family {
  readonly name: FamilyName;
  /** Checks of one document by itself, whose findings can be kept with its text. */
  readonly alone: readonly Check<Document>[];
  readonly checks: readonly Check<Material>[];
}

/** Every check, by family. A new one is written in a file of its own and listed here. */
export const FAMILIES: readonly Family[] = [
  {
    name: "integrity",
    alone: [frontMatter, fields, idMalformed],
    checks: [
      encoding,
      fileSize,
      idChanged,
      idRepeated,
      licenceLost,
      mergeMarkers,
      noDerivatives,
      nonCommercial,
      referenceBroken,
    ],
  },
  {
    name: "leeway",
    alone: [],
    checks: [
      twoSelves,
      judgeChanged,
      baseUnpublished,
      foreignFolder,
      ownFileUnreadable,
      lockedChanged,
      sharedWordsLost,
      reasonMissing,
      reasonOutdated,
      reasonPending,
      reasonReview,
      recordWithoutChange,
      kindContradicted,
      approvalMissing,
      ruleUnmatched,
      ruleOverruled,
      lockBudget,
    ],
  },
];

/** A check with the family that it belongs to. */
export interface Listed {
  readonly check: Pick<Check<never>, "id" | "severity" | "title" | "page">;
  readonly family: FamilyName;
}

/** Every check with its page, by family. */
export function everyCheck(): Listed[] {
  return FAMILIES.flatMap(({ name, alone, checks }) =>
    [...alone, ...checks].map((check) => ({ check, family: name })),
  );
}

/** A finding of a check that looks at one document alone. */
export interface FoundAlone {
  readonly check: string;
  readonly found: Found;
}

/** What a document alone tells. */
export function findAlone(document: Document): FoundAlone[] {
  return FAMILIES.flatMap(({ alone }) =>
    alone.flatMap((check) => [...check.find(document)].map((found) => ({ check: check.id, found }))),
  );
}
