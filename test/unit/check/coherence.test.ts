import { describe, expect, it } from "vitest";
import { emphasised, imagesWithoutAlt } from "../../../src/check/marked.ts";
import { coherenceOf, findAll } from "./curricula.ts";

const unit = (id: string, fields: string, body = ""): [string, string] => [
  `subjects/history/units/${id}/unit.md`,
  `---\nid: ${id}\ntype: unit\ntitle: Unit ${id}\noutcomes:\n  - {id: o1, text: "Know ${id}."}\n${fields}---\n# ${id}\n\n${body}\n`,
];
const lesson = (of: string, id: string, title: string, body: string): [string, string] => [
  `subjects/history/units/${of}/lessons/${id}.md`,
  `---\nid: ${id}\ntype: lesson\ntitle: ${title}\nunit: ${of}\noutcome: I can.\n---\n# ${title}\n\n${body}\n`,
];
const plan = (name: string, years: string, rows: string): [string, string] => [
  `subjects/history/${name}.yaml`,
  `id: ${name}\ntype: programme\ntitle: Plan ${name}\nsubject: history\nyearGroups: [${years}]\nsequence:\n${rows}`,
];
type Entries = readonly [string, string][];
const found = (here: Entries, base: Entries | null = null, timetable: unknown = null): string[] =>
  findAll(coherenceOf(new Map(here), base && new Map(base), timetable)).map(
    ({ check, at }) => `${check} ${at}`,
  );

describe("a text that still mentions what was replaced", () => {
  const about = (place: string): [string, string] =>
    unit("trade", "", `## The town\n\nThe market of ${place} is our example. It had rows.`);
  const mention = (text: string): string[] => {
    const other = lesson("trade", "l1", "One", text);
    return found([about("Louth"), other], [about("Norwich"), other]);
  };

  it("is told where the text is about it", () => {
    expect(mention("Go back to the stalls of Norwich.")).toEqual(["replaced-mentioned l1#one"]);
  });
  it("is not told of one name among others, of another name, or of a word that only begins alike", () => {
    expect(mention("The sickness came to London, Bristol and Norwich.")).toEqual([]);
    expect(mention("The fans of Norwich City sing.")).toEqual([]);
    expect(mention("Some said it in Norwichese.")).toEqual([]);
  });
  it("is not told of what this version wrote itself", () => {
    const own = lesson("trade", "l2", "Two", "Compare it with the stalls of Norwich.");
    expect(found([about("Louth"), own], [about("Norwich")])).toEqual([]);
  });
  it("is not told where the changed passage still says the name", () => {
    const both = unit(
      "trade",
      "",
      "## The town\n\nThe market of Louth is our example; other schools take Norwich.",
    );
    const other = lesson("trade", "l1", "One", "Go back to the stalls of Norwich.");
    expect(found([both, other], [about("Norwich"), other])).toEqual([]);
  });
  it("is not told of a name that another text of the unit is about", () => {
    const visit = lesson(
      "trade",
      "l1",
      "One",
      "Pupils plan a day in Norwich. Who is in Norwich on a Saturday?",
    );
    const other = lesson("trade", "l2", "Two", "Go back to the stalls of Norwich.");
    expect(found([about("Louth"), visit, other], [about("Norwich"), visit, other])).toEqual([]);
  });
  it("is not told of a name that many units share", () => {
    const others = ["a", "b", "c", "d"].map((id) => unit(id, "", "Pupils write to a friend in Norwich."));
    const other = lesson("trade", "l1", "One", "Go back to the stalls of Norwich.");
    expect(found([about("Louth"), other, ...others], [about("Norwich"), other, ...others])).toEqual([]);
  });
  it("is told of a lesson's old title", () => {
    const table = unit("trade", "", "| lesson | goods |\n|---|---|\n| The wine fleet | wine |");
    const before = [table, lesson("trade", "l1", "The wine fleet", "Ships.")] as const;
    const here = [table, lesson("trade", "l1", "The coal fleet", "Ships.")] as const;
    expect(found(here, before)).toEqual(["replaced-mentioned trade#trade"]);
  });
});

describe("what a change brings about in documents that it leaves alone", () => {
  const row = (id: string, year: string): string => `  - {unit: ${id}, yearGroup: ${year}, term: autumn-1}\n`;
  const from = (here: Entries, base: Entries): Record<string, readonly string[]> =>
    Object.fromEntries(
      findAll(coherenceOf(new Map(here), new Map(base), null)).map(({ check, path, from = [] }) => [
        check,
        [path, ...from],
      ]),
    );
  const ks3 = plan("ks3", "7, 8, 9", row("first", "7") + row("middle", "8") + row("last", "9"));
  const carrying = (id: string): [string, string] => unit(id, "threads: [trade]\n");

  it("is told for a unit that no longer carries a thread", () => {
    const others = [carrying("first"), carrying("last"), ks3];
    const told = from([...others, unit("middle", "threads: [power]\n")], [...others, carrying("middle")]);
    expect(told["thread-gap"]).toContain("subjects/history/units/middle/unit.md");
  });
  it("is told for a plan that no longer teaches a unit", () => {
    const assessment: [string, string] = [
      "subjects/history/units/last/assessments/essay.md",
      "---\nid: essay\ntype: assessment\ntitle: Essay\nassesses: [first.o1]\nwhen: {yearGroup: 9, term: spring-1}\n---\n",
    ];
    const own = [unit("first", ""), unit("last", "requires: [first]\n"), assessment];
    const ks2 = (rows: string) => plan("ks2", "6", rows + row("other", "6"));
    const rest = [plan("ks3", "9", row("last", "9"))];
    const told = from([...own, ...rest, ks2("")], [...own, ...rest, ks2(row("first", "6"))]);
    expect(told["requires-later"]).toContain("subjects/history/ks2.yaml");
    expect(told["assessed-early"]).toContain("subjects/history/ks2.yaml");
  });
  it("is told for a unit that no longer introduces a word, and for the plan", () => {
    const words = "keywords:\n  - {keyword: guild, description: A union of a trade}\n";
    const use = lesson("first", "l1", "One", "What is a *guild*?");
    const others = [use, unit("last", words), ks3];
    const told = from([...others, unit("first", "")], [...others, unit("first", words)]);
    expect(told["keyword-early"]).toContain("subjects/history/units/first/unit.md");
    expect(told["keyword-early"]).toContain("subjects/history/ks3.yaml");
  });
});

describe("a required unit", () => {
  const later = unit("later", "requires: [first]\n");
  const first = unit("first", "");
  const row = (id: string, year: string, term: string, more = ""): string =>
    `  - {unit: ${id}, yearGroup: ${year}, term: ${term}${more}}\n`;

  it("may come from an earlier key stage", () => {
    const plans = [
      plan("ks2", "6", row("first", "6", "summer-2")),
      plan("ks3", "7", row("later", "7", "autumn-1")),
    ];
    expect(found([later, first, ...plans])).toEqual([]);
  });
  it("may not come in a later year of the same plan", () => {
    const rows = row("first", "9", "autumn-1") + row("later", "8", "summer-2");
    expect(found([later, first, plan("ks3", "8, 9", rows)])).toEqual(["requires-later later@requires"]);
  });
  it("is needed before the first of several times only", () => {
    const rows =
      row("first", "7", "spring-1") + row("later", "7", "summer-1") + row("first", "9", "autumn-1");
    expect(found([later, first, plan("ks3", "7, 9", rows)])).toEqual([]);
  });
  it("is looked for in the pupils' own entry tier", () => {
    const higher = plan("higher", "10, 11", row("first", "10", "autumn-1") + row("later", "11", "autumn-1"));
    const foundation = plan(
      "foundation",
      "10, 11",
      row("later", "10", "autumn-1") + row("first", "11", "autumn-1"),
    );
    expect(found([later, first, higher, foundation])).toEqual(["requires-later later@requires"]);
  });
  it("is not judged in mixed-age cycles, whose order depends on the child", () => {
    const rows =
      row("later", "3/4", "autumn-1", ", cycle: A") + row("first", "3/4", "autumn-1", ", cycle: B");
    expect(found([later, first, plan("ks2", "3, 4", rows)])).toEqual([]);
  });
  it("is to be in a plan, where the subject has one", () => {
    expect(found([later, first])).toEqual([]);
    expect(found([later, first, plan("ks3", "8", row("later", "8", "autumn-1"))])).toEqual([
      "requires-later later@requires",
    ]);
  });
});

describe("the time of a plan", () => {
  const own = unit("a", "lessons: [l1, l2]\n");
  const lessons = ["l1", "l2"].map((id): [string, string] => [
    `subjects/history/units/a/lessons/${id}.md`,
    `---\nid: ${id}\ntype: lesson\ntitle: ${id}\nunit: a\noutcome: I can.\nminutes: 60\n---\n# ${id}\n`,
  ]);
  const planned = (row: string): Entries => [
    own,
    ...lessons,
    plan("ks3", "7", `  - {unit: a, yearGroup: 7, ${row}}\n`),
  ];
  const place = ["time-short ks3@sequence.a/7"];

  it("is short where the plan has fewer lessons than the unit", () => {
    expect(found(planned("weeks: 2, lessons: 1"))).toEqual(place);
    expect(found(planned("weeks: 2, lessons: 2"))).toEqual([]);
  });
  it("is short where the minutes of the lessons are more than those of the periods", () => {
    const timetable = (minutes: number) => ({ periods: { history: 1 }, minutes });
    expect(found(planned("weeks: 2, lessons: 2"), null, timetable(50))).toEqual(place);
    expect(found(planned("weeks: 2, lessons: 2"), null, timetable(60))).toEqual([]);
  });
  it("is short where a year has fewer periods than lessons", () => {
    expect(found(planned("lessons: 9"), null, { weeks: 4, periods: { history: 2 } })).toEqual(place);
  });
  it("is not judged where nobody said how much there is", () => {
    expect(found(planned("weeks: 1, lessons: 40"))).toEqual([]);
  });
});

describe("marks in Markdown", () => {
  it("tell images without a text that stands for them", () => {
    const text = [
      "![](a.png)",
      '![](b.png){alt="A map"}',
      "```",
      "![](c.png)",
      "```",
      "Write `![](d.png)` here. <!-- ![](e.png) -->",
      '<img src="f.png" alt="">',
      '<img src="g.png">',
      "![A map](h.png)",
    ].join("\n");
    expect(imagesWithoutAlt(text)).toEqual([
      { value: "a.png", line: 0 },
      { value: "g.png", line: 7 },
    ]);
  });
  it("tell words in italics and bold", () => {
    expect(
      emphasised("Teach *toll* and\n**tithe map**, 2 * 3 * 4, ***.").map(({ value, line }) => [value, line]),
    ).toEqual([
      ["toll", 0],
      ["tithe map", 1],
    ]);
  });
});
