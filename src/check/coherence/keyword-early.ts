import { groupBy } from "../../curriculum/groups.ts";
import type { DocumentFacts, Mention } from "../facts.ts";
import { type Curriculum, subjectOf } from "./curriculum.ts";
import { addressOf, type CoherenceCheck, pathsThat, plansWith, titled } from "./material.ts";
import { isBefore, wordsForTime } from "./teaching-order.ts";

/** A lesson that uses a keyword which its subject introduces only later. */
export const keywordEarly: CoherenceCheck = {
  id: "keyword-early",
  severity: "warning",
  title: "A keyword is used before it is introduced",
  page: {
    what: "A lesson lists a keyword, or sets it in italics or bold, and only a later unit of the subject, or a later lesson of the unit, introduces it. A unit introduces the words in its `keywords`; a lesson those that it describes. Everyday use of the word in plain text is not looked at.",
    why: "Pupils meet the word without its meaning and make one up, which the later unit then has to undo.",
    fix: "Introduce the word here, with its description; or use another one until then.",
    accept:
      "If pupils have the word from elsewhere, list it in the `keywords` of this unit: that says where it is looked after.",
  },
  *find(material) {
    const { curriculum } = material;
    for (const [subject, units] of groupBy(curriculum.units, (unit) => subjectOf(unit) ?? "")) {
      if (subject === "") continue;
      const introductions = introductionsIn(curriculum, units);
      for (const unit of units) {
        for (const [at, lesson] of curriculum.lessonsOf(unit.id).entries()) {
          for (const [word, mention] of usesIn(lesson)) {
            const all = introductions.get(word);
            if (all === undefined) continue;
            const late = all.map((each) => laterThan(curriculum, each, unit, at));
            const first = late[0];
            if (first === undefined || first === null || late.includes(null)) continue;
            yield {
              path: lesson.path,
              line: mention.line,
              at: addressOf(lesson, mention.key),
              about: word,
              from: [
                unit.path,
                ...plansWith(material, [unit.id, ...all.map((each) => each.unit.id)]),
                ...pathsThat(material, (each) => subjectOf(each) === subject && introduces(each, word)),
              ],
              message: `"${mention.value}" is used here and introduced later, in ${first}.`,
              remedy: `Add it with a description to keywords in ${unit.path}, or use another word here.`,
            };
          }
        }
      }
    }
  },
};

/** Where a word is introduced: in a unit, or by the lesson of it with this number. */
interface Introduction {
  readonly unit: DocumentFacts;
  readonly document: DocumentFacts;
  readonly lesson: number | null;
}

function introductionsIn(
  curriculum: Curriculum,
  units: readonly DocumentFacts[],
): ReadonlyMap<string, readonly Introduction[]> {
  const all = units.flatMap((unit) => [
    ...unit.keywords.map(({ value }) => ({ word: wordOf(value), unit, document: unit, lesson: null })),
    ...curriculum
      .lessonsOf(unit.id)
      .flatMap((document, lesson) =>
        document.keywords
          .filter(({ described }) => described)
          .map(({ value }) => ({ word: wordOf(value), unit, document, lesson })),
      ),
  ]);
  return groupBy(all, ({ word }) => word);
}

/** The first use of each word in a lesson that does not itself say what it means. */
function usesIn(lesson: DocumentFacts): Map<string, Mention> {
  const own = new Set(lesson.keywords.filter(({ described }) => described).map(({ value }) => wordOf(value)));
  const uses = new Map<string, Mention>();
  for (const mention of [...lesson.keywords, ...lesson.emphasised]) {
    const word = wordOf(mention.value);
    if (!own.has(word) && !uses.has(word)) uses.set(word, mention);
  }
  return uses;
}

function introduces({ type, keywords }: DocumentFacts, word: string): boolean {
  return keywords.some(({ value, described }) => (type === "unit" || described) && wordOf(value) === word);
}

function wordOf(text: string): string {
  return text.trim().replace(/\s+/g, " ").toLowerCase();
}

/** Where a word is introduced after a lesson of a unit, in words; null where that is before, or not to be told. */
function laterThan(
  curriculum: Curriculum,
  { unit, document, lesson }: Introduction,
  user: DocumentFacts,
  at: number,
): string | null {
  if (unit === user) return lesson !== null && lesson > at ? `the lesson ${titled(document)}` : null;
  const [first] = curriculum.placementsOf(user.id);
  const theirs = curriculum.placementsOf(unit.id);
  const [start] = theirs;
  if (first === undefined || start === undefined) return null;
  return theirs.every((each) => isBefore(each, first) === false)
    ? `${titled(unit)} (${wordsForTime(start.row)})`
    : null;
}
