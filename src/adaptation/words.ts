/** What was done (design §3). */
export const KINDS = [
  "replace",
  "add",
  "remove",
  "correct",
  "scaffold",
  "stretch",
  "preteach",
  "reorder",
  "retime",
  "present",
] as const;
export type Kind = (typeof KINDS)[number];

/** What it is for (design §3). */
export const PURPOSES = [
  "place",
  "eal",
  "send",
  "prior-attainment",
  "timetable",
  "staffing",
  "facilities",
  "agreed-syllabus",
  "exam-board",
  "representation",
  "sensitivity",
  "accuracy",
] as const;
export type Purpose = (typeof PURPOSES)[number];
