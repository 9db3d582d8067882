import { groupBy } from "../../curriculum/groups.ts";
import type { DocumentFacts } from "../facts.ts";
import { type Curriculum, subjectOf } from "./curriculum.ts";
import { addressOf, type CoherenceCheck, type CoherenceMaterial, pathsThat } from "./material.ts";
import { compareTeaching, compareText } from "./teaching-order.ts";

/** A thread that a subject drops for a year and then takes up again. */
export const threadGap: CoherenceCheck = {
  id: "thread-gap",
  severity: "warning",
  title: "A thread with a gap",
  page: {
    what: "Units of a subject carry a thread in one year and again in a later one, and in a planned year between them no unit does. Years without units in the plan do not count.",
    why: "A thread is what pupils are to meet again and again. After a year without it most of them begin anew, and the later unit has planned for pupils who remember.",
    fix: "Name the thread in the unit between that carries it already, or let one carry it.",
    accept: "If the thread is meant to rest, make an exception; or give the later thread a name of its own.",
  },
  *find(material) {
    for (const [subject, units] of groupBy(material.curriculum.units, (unit) => subjectOf(unit) ?? "")) {
      if (subject !== "") yield* gapsIn(material, subject, units);
    }
  },
};

function* gapsIn(material: CoherenceMaterial, subject: string, units: readonly DocumentFacts[]) {
  const { curriculum } = material;
  const years = yearsOf(
    curriculum,
    units.filter(({ threads }) => threads.length > 0),
  );
  const planned = [...new Set([...years.values()].flat())].sort((a, b) => a - b);
  const carried = groupBy(
    [...years.keys()].flatMap((unit) => unit.threads.map((thread) => ({ unit, thread }))),
    ({ thread }) => thread.value.toLowerCase(),
  );
  for (const carriers of carried.values()) {
    const has = new Set(carriers.flatMap(({ unit }) => years.get(unit) ?? []));
    const ordered = [...has].sort((a, b) => a - b);
    for (const [at, next] of ordered.entries()) {
      const last = ordered[at - 1];
      const missing = planned.filter((year) => last !== undefined && year > last && year < next);
      const again = carriers.find(({ unit }) => years.get(unit)?.includes(next));
      if (last === undefined || missing.length === 0 || again === undefined) continue;
      const { unit, thread } = again;
      const gap = missing.map((year) => `Year ${year}`).join(" and ");
      yield {
        path: unit.path,
        line: thread.line,
        at: addressOf(unit, thread.key),
        // A unit that is taught in two years may stand behind a gap each time.
        about: `${thread.value} in Year ${next}`,
        // The unit that no longer carries it, and the plan that moved one.
        from: pathsThat(
          material,
          (each) => subjectOf(each) === subject && (each.type === "programme" || carries(each, thread.value)),
        ),
        message: `The thread "${thread.value}" is in Year ${last} and here in Year ${next}; no unit of ${gap} carries it.`,
        remedy: `Add ${thread.value} to threads in a unit of ${missing.length === 1 ? gap : `each of ${gap}`}.`,
      };
    }
  }
}

function carries({ type, threads }: DocumentFacts, thread: string): boolean {
  return type === "unit" && threads.some(({ value }) => value.toLowerCase() === thread.toLowerCase());
}

/** The years in which each unit is taught, units in the order of teaching; those that no plan has are left out. */
function yearsOf(curriculum: Curriculum, units: readonly DocumentFacts[]): Map<DocumentFacts, number[]> {
  const planned = units.flatMap((unit) => {
    const placements = curriculum.placementsOf(unit.id);
    const [first] = placements;
    const years = placements.flatMap(({ years: span }) =>
      span === null ? [] : Array.from({ length: span.to - span.from + 1 }, (_, at) => span.from + at),
    );
    return first === undefined || years.length === 0 ? [] : [{ unit, first, years: [...new Set(years)] }];
  });
  planned.sort((a, b) => compareTeaching(a.first, b.first) || compareText(a.unit.path, b.unit.path));
  return new Map(planned.map(({ unit, years }) => [unit, years]));
}
