import type { Document } from "../curriculum/document.ts";
import { lazily } from "../curriculum/lazily.ts";
import { CALENDAR_CHECKS } from "./calendar/index.ts";
import type { Check, CheckWords } from "./check.ts";
import { COHERENCE_CHECKS, coherenceMaterial, readTimetable } from "./coherence/index.ts";
import { outcomeLost } from "./coherence/outcome-lost.ts";
import type { DocumentFacts } from "./facts.ts";
import { type Found, identityOf } from "./finding.ts";
import { encoding } from "./integrity/encoding.ts";
import { exceptionUnused } from "./integrity/exception-unused.ts";
import { fields } from "./integrity/fields.ts";
import { fileMissing } from "./integrity/file-missing.ts";
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
import { holdDeleted } from "./leeway/hold-deleted.ts";
import { judgeChanged } from "./leeway/judge-changed.ts";
import { kindContradicted } from "./leeway/kind-contradicted.ts";
import { lockBudget } from "./leeway/lock-budget.ts";
import { lockedChanged } from "./leeway/locked-changed.ts";
import { ownFileUnreadable } from "./leeway/own-file-unreadable.ts";
import { reasonMissing } from "./leeway/reason-missing.ts";
import { reasonOutdated } from "./leeway/reason-outdated.ts";
import { reasonPending } from "./leeway/reason-pending.ts";
import { reasonReview } from "./leeway/reason-review.ts";
import { isLockedChange } from "./leeway/reasons.ts";
import { recordWithoutChange } from "./leeway/record-without-change.ts";
import { ruleOverruled } from "./leeway/rule-overruled.ts";
import { ruleUnmatched } from "./leeway/rule-unmatched.ts";
import { sharedWordsLost } from "./leeway/shared-words-lost.ts";
import { twoSelves } from "./leeway/two-selves.ts";
import { updateStopped } from "./leeway/update-stopped.ts";
import type { Material } from "./material.ts";
import type { FamilyName } from "./settings.ts";

/** A finding as a check states it, with the check. */
export type FoundBy = readonly [check: CheckWords, found: Found];

/** Checks of one kind. */
export interface Family {
  readonly name: FamilyName;
  readonly checks: readonly CheckWords[];
  /** @param alone what documents tell alone */
  find(material: Material, alone: readonly FoundAlone[]): Iterable<FoundBy>;
}

/** Checks of one document by itself, whose findings can be kept with its text. */
const ALONE: readonly Check<Document>[] = [frontMatter, fields, idMalformed];

const INTEGRITY: readonly Check<Material>[] = [
  encoding,
  fileMissing,
  fileSize,
  idChanged,
  idRepeated,
  licenceLost,
  mergeMarkers,
  noDerivatives,
  nonCommercial,
  referenceBroken,
];

const LEEWAY: readonly Check<Material>[] = [
  updateStopped,
  twoSelves,
  judgeChanged,
  baseUnpublished,
  holdDeleted,
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
];

/** Every check, by family. A new one is written in a file of its own and listed here or in its family's index. */
export const FAMILIES: readonly Family[] = [
  {
    name: "integrity",
    // The last is found by the runner, which knows what was excepted.
    checks: [...ALONE, ...INTEGRITY, exceptionUnused],
    *find(material, alone) {
      const found = [...findWith(INTEGRITY, material)];
      const pathsOf = (by: Check<Material>): Set<string> =>
        new Set(found.flatMap(([check, { path }]) => (check === by ? [path] : [])));
      // Fields between marker lines can be read once those are gone; an id that was changed is to be put back.
      const told = new Map([
        [frontMatter.id, pathsOf(mergeMarkers)],
        [idMalformed.id, pathsOf(idChanged)],
      ]);
      for (const check of ALONE) {
        for (const each of alone)
          if (each.check === check.id && !told.get(each.check)?.has(each.found.path))
            yield [check, each.found];
      }
      yield* found;
    },
  },
  { name: "leeway", checks: LEEWAY, find: (material) => findWith(LEEWAY, material) },
  {
    name: "coherence",
    checks: COHERENCE_CHECKS,
    *find({ curriculum, self, base, timetable, scope, isCentre, changes }) {
      if (curriculum === null) return;
      const before = self?.upstream == null ? null : curriculum.before;
      const coherence = coherenceMaterial({ here: curriculum.here, before, baseCommit: base, timetable });
      const upstreams = lazily(() => new Set(isCentre ? [] : faultsOf(curriculum.before).map(said)));
      const locked = lazily(() => changes.filter(isLockedChange).map(({ at }) => at));
      for (const [check, found] of findWith(COHERENCE_CHECKS, coherence)) {
        if (!scope.has(found.path) && !found.from?.some((path) => scope.has(path))) continue;
        // A locked outcome that is gone is told as locked text, with the same remedy.
        if (check === outcomeLost && locked().some((at) => isWithin(at, found.at))) continue;
        if (!upstreams().has(said([check, found]))) yield [check, found];
      }
    },
  },
  {
    name: "calendar",
    checks: CALENDAR_CHECKS,
    find: ({ calendar }) => (calendar === null ? [] : findWith(CALENDAR_CHECKS, calendar)),
  },
];

/** Whether a passage is what an address names, or an outcome of the unit that it names. */
function isWithin(passage: string, address: string | null): boolean {
  return address !== null && (passage === address || passage.startsWith(`${address}@outcomes.`));
}

/** What a curriculum tells by itself, whoever's timetable it has to fit. */
function faultsOf(documents: readonly DocumentFacts[]): FoundBy[] {
  const timetable = readTimetable(null);
  return [
    ...findWith(
      COHERENCE_CHECKS,
      coherenceMaterial({ here: documents, before: null, baseCommit: null, timetable }),
    ),
  ];
}

/** A fault that stands here as it stood upstream says the same. */
function said([{ id }, found]: FoundBy): string {
  return `${identityOf(id, found)}\n${found.message}`;
}

function* findWith<M>(checks: readonly Check<M>[], material: M): Iterable<FoundBy> {
  for (const check of checks) for (const found of check.find(material)) yield [check, found];
}

/** A check with the family that it belongs to. */
export interface Listed {
  readonly check: CheckWords;
  readonly family: FamilyName;
}

/** Every check with its page, by family. */
export function everyCheck(): Listed[] {
  return FAMILIES.flatMap(({ name, checks }) => checks.map((check) => ({ check, family: name })));
}

/** A finding of a check that looks at one document alone. */
export interface FoundAlone {
  readonly check: string;
  readonly found: Found;
}

/** What a document alone tells. */
export function findAlone(document: Document): FoundAlone[] {
  return [...findWith(ALONE, document)].map(([{ id }, found]) => ({ check: id, found }));
}

/** What a document alone tells, without what its text at the base told already. */
export function findAdded(before: Document, here: Document): FoundAlone[] {
  if (saysTheSameAlone(before, here)) return [];
  const found = findAlone(here);
  if (found.length === 0) return found;
  const key = ({ check, found: { about, message } }: FoundAlone): string => `${check}\n${about ?? message}`;
  const known = new Set(findAlone(before).map(key));
  return found.filter((each) => !known.has(key(each)));
}

/** The fields tell all of it, but for a subject, which needs a section. */
function saysTheSameAlone(before: Document, here: Document): boolean {
  const { frontMatter, path, type } = here;
  return (
    frontMatter !== "" && frontMatter === before.frontMatter && path === before.path && type !== "subject"
  );
}
