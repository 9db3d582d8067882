import { PURPOSES, type Purpose } from "../../../adaptation/words.ts";

/** What an adaptation for a purpose makes room for, for readers who do not know the word. */
const MEANINGS: Readonly<Record<Purpose, string>> = {
  place: "the place around the school, and who lives there",
  eal: "pupils who learn English as they learn the subject",
  send: "special educational needs and disabilities",
  "prior-attainment": "what pupils know already",
  timetable: "the weeks and lessons that there are",
  staffing: "who is there to teach it",
  facilities: "rooms, equipment, visits within reach",
  "agreed-syllabus": "the locally agreed syllabus for religious education",
  "exam-board": "the specification that pupils sit",
  representation: "whose lives and voices are seen",
  sensitivity: "what is close to home for somebody",
  accuracy: "what was wrong, or is no longer so",
};

/** A purpose as it is written in a sentence: `prior attainment`, `EAL`. */
export function purposeName(purpose: string): string {
  return purpose === "eal" || purpose === "send" ? purpose.toUpperCase() : purpose.replaceAll("-", " ");
}

/** Empty for a purpose that this Leeway does not know. */
export function purposeMeaning(purpose: string): string {
  const known = PURPOSES.find((each) => each === purpose);
  return known === undefined ? "" : MEANINGS[known];
}
