import { subjectOf } from "./curriculum.ts";
import { addressOf, bringBack, type CoherenceCheck, titled } from "./material.ts";

/** An assessment that every school sets, and that this version took away or no longer marks as common. */
export const commonMissing: CoherenceCheck = {
  id: "common-missing",
  severity: "error",
  title: "A common assessment is missing",
  page: {
    what: "Upstream marks an assessment as common to all schools (`common: true`); here the file is gone, or the mark is. A subject that this version does not teach at all is left alone.",
    why: "Common assessments are how schools of a trust see whether pupils have learnt the same. One school that leaves one out has nothing to compare, and neither have the others with it.",
    fix: "Bring it back from upstream; what pupils draw on in it may be local.",
    accept: "Where a school has been let off, make an exception that names who decided so and until when.",
  },
  *find({ curriculum, base, baseCommit }) {
    const subjects = new Set(curriculum.units.map(subjectOf));
    for (const before of base.values()) {
      if (before?.type !== "assessment" || !before.common) continue;
      const here = curriculum.byId.get(before.id);
      if (here?.common || (here === undefined && !subjects.has(subjectOf(before)))) continue;
      yield here === undefined
        ? {
            path: before.path,
            line: null,
            at: addressOf(before, null),
            message: `The common assessment ${titled(before)} is not here; every school sets it.`,
            remedy: `${bringBack(before, baseCommit)}.`,
          }
        : {
            path: here.path,
            line: here.lines.common ?? 1,
            at: addressOf(here, "@common"),
            message: `${titled(here)} is a common assessment, and here it is not marked as one.`,
            remedy: `Write common: true here.`,
          };
    }
  },
};
