/** One file of a curriculum. */
export interface CurriculumFile {
  readonly path: string;
  readonly text: string;
}

const UNITS_OF_A_SUBJECT = 50;
const LESSONS_OF_A_UNIT = 8;
const TERMS = ["autumn-1", "autumn-2", "spring-1", "spring-2", "summer-1", "summer-2"];

const who = ["Pupils", "Pairs", "Groups of four", "Two volunteers", "The class", "Table by table, pupils"];
const does = ["compare", "describe", "sort", "redraw", "question", "label", "order", "measure", "summarise"];
const what = [
  "map",
  "source",
  "diagram",
  "graph",
  "letter",
  "model",
  "ledger",
  "photograph",
  "recipe",
  "table",
];
const kind = ["older", "local", "printed", "unfinished", "larger", "disputed", "simpler", "worked", "shared"];
const place = [
  "harbour",
  "market",
  "river",
  "mill",
  "orchard",
  "quarry",
  "railway",
  "abbey",
  "canal",
  "moor",
];
const then = [
  "and say which they trust",
  "before anybody is told the date",
  "and keep it for the last lesson",
];
const why = [
  "because the next unit leans on it",
  "so that the word is used aloud",
  "since last year few could",
];
/** The sections of a lesson, and how many paragraphs each has. */
const sections: Readonly<Record<string, number>> = {
  Starter: 1,
  "Teaching input": 4,
  Practice: 0,
  Discussion: 2,
  Homework: 1,
  Plenary: 2,
  Adaptations: 1,
};

/** The heading whose passage upstream changes in the bench, and the one that schools change. */
export const UPSTREAM_HEADING = "Plenary";
export const LOCAL_HEADING = "Teaching input";

/**
 * Makes up a curriculum: subjects with a programme and units, units with lessons and an assessment. The same count
 * gives the same bytes; lessons come to about 5.5 kB, as those of published curricula do.
 * @param count how many documents
 */
export function* makeCurriculum(count: number): Generator<CurriculumFile> {
  let left = count;
  for (let unit = 0; left > 0; unit++) {
    const subject = Math.floor(unit / UNITS_OF_A_SUBJECT);
    const files = unit % UNITS_OF_A_SUBJECT === 0 ? subjectFiles(subject) : [];
    for (const file of [...files, ...unitFiles(subject, unit)].slice(0, left)) {
      yield file;
      left--;
    }
  }
}

/** Changes the first sentence beneath a heading: a change of words in one passage, on lines of its own. */
export function rewrite(text: string, heading: string, seed: number): string {
  const start = text.indexOf(`\n## ${heading}\n\n`);
  if (start < 0) throw new Error(`no section ${heading}`);
  const from = start + heading.length + 6;
  const to = text.indexOf(".\n", from);
  return `${text.slice(0, from)}${sentence(chance(seed)).slice(0, -1)}${text.slice(to)}`;
}

/** The id that a made-up document states. */
export function idOf({ text }: CurriculumFile): string {
  return /^id: (.+)$/m.exec(text)?.[1] ?? "";
}

function subjectFiles(subject: number): CurriculumFile[] {
  const name = `subject-${subject}`;
  const random = chance(7_000_000 + subject);
  const sequence = Array.from({ length: UNITS_OF_A_SUBJECT }, (_, index) => {
    const year = 7 + (index % 5);
    return `  - {unit: ${unitId(subject * UNITS_OF_A_SUBJECT + index)}, yearGroup: ${year}, term: ${TERMS[index % 6]}, weeks: 3, lessons: 8}`;
  });
  return [
    {
      path: `subjects/${name}/subject.md`,
      text: `---\nid: ${name}\ntype: subject\ntitle: Subject ${subject}\n---\n# Subject ${subject}\n\n## Intent\n\n${paragraphs(random, 6)}`,
    },
    {
      path: `subjects/${name}/programme.yaml`,
      text: `id: ${name}-programme\ntype: programme\ntitle: Programme of subject ${subject}\nsubject: ${name}\nkeyStage: 3\nyearGroups: [7, 8, 9, 10, 11]\nsequence:\n${sequence.join("\n")}\n`,
    },
  ];
}

const unitId = (unit: number): string => `u${String(unit).padStart(4, "0")}`;

function unitFiles(subject: number, unit: number): CurriculumFile[] {
  const id = unitId(unit);
  const folder = `subjects/subject-${subject}/units/${id}`;
  const lessons = Array.from({ length: LESSONS_OF_A_UNIT }, (_, index) => index + 1);
  return [
    { path: `${folder}/unit.md`, text: unitText(id, unit, lessons) },
    ...lessons.map((number) => ({
      path: `${folder}/lessons/0${number}-lesson.md`,
      text: lessonText(id, number, 100 * unit + number),
    })),
    { path: `${folder}/assessments/check.md`, text: assessmentText(id, 100 * unit + 99) },
  ];
}

function unitText(id: string, unit: number, lessons: readonly number[]): string {
  const random = chance(9_000_000 + unit);
  const front = [
    "---",
    `id: ${id}`,
    "type: unit",
    `title: ${title(random)}`,
    "outcomes:",
    ...[1, 2, 3].map((number) => `  - {id: o${number}, text: "${sentence(random)}"}`),
    `enquiryQuestion: What can one ${pick(random, what)} tell about a ${pick(random, place)}?`,
    "keywords:",
    ...[0, 1, 2, 3].map((n) => `  - {keyword: ${pick(random, what)} ${n}, description: ${title(random)}}`),
    "lessons:",
    ...lessons.map((number) => `  - ${id}-l${number}`),
    "---",
  ];
  const parts = ["Teaching input", "Sequence", "Homework", "Plenary"].map(
    (name) => `## ${name}\n\n${paragraphs(random, 2)}`,
  );
  return `${front.join("\n")}\n# ${title(random)}\n\n${paragraphs(random, 1)}\n${parts.join("\n")}`;
}

function lessonText(unit: string, number: number, seed: number): string {
  const random = chance(seed);
  const front = [
    "---",
    `id: ${unit}-l${number}`,
    "type: lesson",
    `title: ${title(random)}`,
    `unit: ${unit}`,
    `outcome: ${sentence(random)}`,
    "keyLearningPoints:",
    ...[1, 2, 3].map((point) => `  - {id: k${point}, text: "${sentence(random)}"}`),
    `keywords: [${pick(random, what)}, ${pick(random, place)}]`,
    "misconceptions:",
    `  - misconception: ${sentence(random)}`,
    `    response: ${sentence(random)}`,
    "minutes: 60",
    "---",
  ];
  const parts = Object.entries(sections).map(
    ([name, count]) => `## ${name}\n\n${count === 0 ? list(random, 6) : paragraphs(random, count)}`,
  );
  return `${front.join("\n")}\n# ${title(random)}\n\n${parts.join("\n")}`;
}

function assessmentText(unit: string, seed: number): string {
  const random = chance(seed);
  return `---\nid: ${unit}-check\ntype: assessment\ntitle: ${title(random)}\nassesses: [o1, o2, o3]\n---\n# ${title(random)}\n\n## Teaching input\n\n${paragraphs(random, 2)}\n## Questions\n\n${list(random, 20)}\n## Plenary\n\n${paragraphs(random, 2)}`;
}

type Random = () => number;

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function chance(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick(random: Random, words: readonly string[]): string {
  return words[Math.floor(random() * words.length)] ?? "";
}

function title(random: Random): string {
  return `The ${pick(random, kind)} ${pick(random, what)} of the ${pick(random, place)}`;
}

function sentence(random: Random): string {
  const thing = `the ${pick(random, kind)} ${pick(random, what)} of the ${pick(random, place)}`;
  const other = `a ${pick(random, kind)} ${pick(random, what)} from ${Math.floor(1100 + random() * 900)}`;
  return `${pick(random, who)} ${pick(random, does)} ${thing} with ${other} ${pick(random, random() < 0.5 ? then : why)}.`;
}

/** Paragraphs of three sentences, a sentence on a line: as authors who keep text under Git often write. */
function paragraphs(random: Random, count: number): string {
  const made = Array.from({ length: count }, () => [1, 2, 3].map(() => `${sentence(random)}\n`).join(""));
  return made.join("\n");
}

function list(random: Random, count: number): string {
  return Array.from({ length: count }, (_, index) => `${index + 1}. ${sentence(random)}\n`).join("");
}
