import { groupBy } from "../../curriculum/groups.ts";
import type { DocumentFacts, SequenceRow } from "../facts.ts";
import { type Curriculum, idsOf, subjectOf } from "./curriculum.ts";
import { addressOf, type CoherenceCheck, type Timetable, titled } from "./material.ts";

/** A long-term plan with fewer lessons than its units have, or with more than the weeks have room for. */
export const timeShort: CoherenceCheck = {
  id: "time-short",
  severity: "warning",
  title: "The lessons do not fit the time",
  page: {
    what: "A row of a long-term plan gives fewer lessons than the unit lists; or its lessons, or their minutes, are more than its weeks have periods (`timetable` in version.yaml: weeks, periods by subject, minutes of a period); or the lessons of a year are more than the year has.",
    why: "The last lesson is the one that falls off, and that is where the unit comes to its answer.",
    fix: "Give the unit more weeks, or fewer lessons; or correct the timetable in version.yaml.",
    accept: "If two lessons are taught as one here, say so in the unit and count them as one.",
  },
  *find({ curriculum, timetable }) {
    for (const programme of curriculum.programmes) {
      const subject = subjectOf(programme);
      const periods = (subject === null ? undefined : timetable.periods.get(subject)) ?? null;
      for (const rows of groupBy(programme.sequence, ({ unit }) => unit).values()) {
        const fault = fewerThanUnit(curriculum, programme, rows);
        if (fault !== null) yield fault;
      }
      if (periods === null) continue;
      for (const row of programme.sequence) {
        const fault = moreThanWeeks(curriculum, programme, row, { ...timetable, periods });
        if (fault !== null) yield fault;
      }
      for (const rows of groupBy(programme.sequence, (row) => `${row.yearGroup} ${row.cycle}`).values()) {
        const fault = moreThanYear(programme, rows, { ...timetable, periods });
        if (fault !== null) yield { ...fault, from: timetable.path === null ? [] : [timetable.path] };
      }
    }
  },
};

/** The timetable of one subject. */
type Time = Omit<Timetable, "periods"> & { readonly periods: number };

const count = (number: number, one: string) => `${number} ${number === 1 ? one : `${one}s`}`;

function fewerThanUnit(curriculum: Curriculum, programme: DocumentFacts, rows: readonly SequenceRow[]) {
  const last = rows.at(-1);
  const unit = curriculum.byId.get(last?.unit ?? "");
  if (last === undefined || unit === undefined || rows.some(({ lessons }) => lessons === null)) return null;
  const planned = rows.reduce((sum, { lessons }) => sum + (lessons ?? 0), 0);
  const listed = idsOf(unit, "lessons").length;
  if (planned >= listed) return null;
  return {
    ...placeOf(programme, last),
    from: [unit.path],
    message: `The plan gives ${titled(unit)} ${count(planned, "lesson")}; the unit has ${listed}.`,
    remedy: `Write lessons: ${(last.lessons ?? 0) + listed - planned} in this row, or take ${count(listed - planned, "lesson")} out of lessons in ${unit.path}.`,
  };
}

function moreThanWeeks(curriculum: Curriculum, programme: DocumentFacts, row: SequenceRow, time: Time) {
  const unit = curriculum.byId.get(row.unit);
  if (row.weeks === null || unit === undefined) return null;
  const lessons = row.lessons ?? idsOf(unit, "lessons").length;
  const room = row.weeks * time.periods;
  const all = curriculum.lessonsOf(unit.id);
  const from = [unit.path, ...all.map(({ path }) => path), ...(time.path === null ? [] : [time.path])];
  const place = { ...placeOf(programme, row), from };
  const inWeeks = `${count(row.weeks, "week")} of ${count(time.periods, "period")}`;
  if (lessons > room) {
    return {
      ...place,
      message: `${titled(unit)} has ${count(lessons, "lesson")} in ${inWeeks}.`,
      remedy: `Write weeks: ${Math.ceil(lessons / time.periods)} in this row, or plan ${count(room, "lesson")}.`,
    };
  }
  const minutes = all.reduce((sum, lesson) => sum + (lesson.minutes ?? 0), 0);
  // A unit in several rows has a part of its lessons in each.
  const isWhole = lessons >= idsOf(unit, "lessons").length;
  if (time.minutes === null || !isWhole || minutes <= room * time.minutes) return null;
  return {
    ...place,
    message: `The lessons of ${titled(unit)} come to ${minutes} minutes; ${inWeeks} of ${time.minutes} minutes have ${room * time.minutes}.`,
    remedy: `Write weeks: ${Math.ceil(minutes / time.minutes / time.periods)} in this row, or shorten the lessons by ${minutes - room * time.minutes} minutes.`,
  };
}

function moreThanYear(programme: DocumentFacts, rows: readonly SequenceRow[], { weeks, periods }: Time) {
  const last = rows.at(-1);
  const lessons = rows.reduce((sum, row) => sum + (row.lessons ?? 0), 0);
  if (last === undefined || weeks === null || lessons <= weeks * periods) return null;
  return {
    ...placeOf(programme, last),
    about: `year ${last.yearGroup}`,
    message: `Year ${last.yearGroup} has ${lessons} lessons in ${titled(programme)}; ${weeks} weeks of ${count(periods, "period")} have room for ${weeks * periods}.`,
    remedy: `Take ${count(lessons - weeks * periods, "lesson")} out of Year ${last.yearGroup} here, or move a unit to another year.`,
  };
}

function placeOf(programme: DocumentFacts, row: SequenceRow) {
  return { path: programme.path, line: row.line, at: addressOf(programme, row.key) };
}
