import { rmSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { PLAN, SACK, School, TRADE } from "./school.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

interface DiffJson {
  readonly from: { commit: string | null; edition: string | null };
  readonly to: { commit: string | null; edition: string | null };
  readonly documents: readonly {
    id: string;
    path: string;
    change: string;
    passages: readonly {
      at: string;
      change: string;
      words: { added: number; removed: number };
      adaptation: string | null;
    }[];
  }[];
}

test("what this version changed: words, reasons, addresses, --stat, --json, --exit-code", async () => {
  const school = built.copy();
  expect(await school.ok("grimsby", ["diff", "--exit-code"])).toContain("changed since autumn: nothing");
  school.edit(TRADE, "Norwich market", "Grimsby haven");
  await school.ok("grimsby", [
    "adapt",
    "y8-trade#case-study",
    "--for",
    "place",
    "--why",
    "Docks here.",
    "--title",
    "Haven",
  ]);
  school.edit(TRADE, "one long answer", "one short answer");
  school.edit(SACK, "Raw wool", "A fleece");
  const said = await school.ok("grimsby", ["diff", "--exit-code"], 1);
  expect(said).toContain("Harbour Academy Grimsby, changed since autumn: 3 passages, 5 words");
  expect(said).toContain("[-Norwich market-] {+Grimsby haven+} shows how wool");
  expect(said).toContain("Why: Docks here.");
  expect(said).toContain("no reason yet");
  expect(said).toContain("free to change");
  expect(said).toContain('Next: leeway adapt "y8-trade#writing"');
  expect(await school.ok("grimsby", ["diff", "--stat"])).not.toContain("{+");
  const one = await school.in(["diff", "unit.md#Writing", "--stat"], "subjects/history/units/y8-trade");
  expect(one.out).toContain("1 passage, 1 word");
  expect((await school.in(["diff", "../units", "--stat"], "subjects/history/units")).out).toContain(
    "3 passages",
  );
  expect(await school.ok("grimsby", ["diff", "history-ks3"])).toContain(": nothing");
  expect(await school.refused(["diff", "history-ks4"])).toMatch(
    /no document called history-ks4[\s\S]*history-ks3 {3,}is perhaps/,
  );
  const json = await school.json<DiffJson>(["diff"]);
  expect(json).toMatchObject({
    schema: "leeway/diff/1",
    from: { edition: "autumn" },
    to: { commit: null, edition: null },
  });
  expect(json.documents.map(({ id, path, change }) => [id, path, change])).toEqual([
    ["y8-trade-sack", SACK, "edited"],
    ["y8-trade", TRADE, "edited"],
  ]);
  expect(
    json.documents[1]?.passages.map(({ at, change, words, adaptation }) => [
      at,
      change,
      words.added,
      words.removed,
      adaptation,
    ]),
  ).toEqual([
    ["y8-trade#case-study", "edited", 2, 2, "grimsby/haven"],
    ["y8-trade#writing", "edited", 1, 1, null],
  ]);
  expect(await school.ok("grimsby", ["diff", "--markdown"])).toMatch(/^#+ /m);
});

test("form alone is nothing; a move, a renamed heading and an order are what they are", async () => {
  const school = built.copy();
  school.write(`grimsby/${PLAN}`, school.read("grimsby", PLAN).replaceAll("\n", "\r\n"));
  school.edit(
    TRADE,
    "A sack of wool is the thread of the unit.",
    "A sack of wool\nis the thread   of the unit.",
  );
  expect(await school.ok("grimsby", ["diff"])).toContain(": nothing");
  await school.run("grimsby", ["mv", SACK, SACK.replace("01-sack", "02-wool")]);
  school.edit(TRADE, "## Writing", "## Long answer");
  school.edit("subjects/history/subject.md", "Stories first.", "Stories last.");
  const json = await school.json<DiffJson>(["diff"]);
  expect(
    json.documents.map(({ id, change, passages }) => [id, change, passages.map(({ at }) => at)]),
  ).toEqual([
    ["history", "edited", ["history#intent"]],
    ["y8-trade-sack", "moved", []],
    ["y8-trade", "edited", ["y8-trade#long-answer"]],
  ]);
  expect(await school.ok("grimsby", ["diff", "y8-trade-sack"])).toContain(`moved from ${SACK}`);
});

test("documents that are new or gone", async () => {
  const school = built.copy();
  rmSync(school.at("grimsby", SACK));
  school.write("grimsby/subjects/history/docks.md", "---\nid: docks\ntitle: Docks\n---\n# Docks\n\nShips.\n");
  const json = await school.json<DiffJson>(["diff"]);
  expect(json.documents.map(({ id, change }) => [id, change])).toEqual([
    ["docks", "added"],
    ["y8-trade-sack", "removed"],
  ]);
});

test("--incoming and A..B by the names of editions, commits and branches", async () => {
  const school = built.copy();
  school.edit(TRADE, "one long answer", "one short answer");
  school.replace(`north/${TRADE}`, "Norwich market", "Lynn market");
  await school.run("north", ["commit", "-qam", "Lynn"]);
  await school.ok("north", ["release", "spring", "--notes", "Lynn", "--group", "all"]);
  await school.ok("grimsby", ["fetch"]);
  const incoming = await school.ok("grimsby", ["diff", "--incoming"]);
  expect(incoming).toContain("North region, changed from autumn to spring: 1 passage, 1 word");
  expect(incoming).not.toContain("no reason yet");
  expect(
    await school.ok(
      "grimsby",
      ["diff", "--incoming", "unit.md#Writing"].map((arg) => arg.replace("unit.md", TRADE)),
    ),
  ).toContain(": nothing");
  const json = await school.json<DiffJson>(["diff", "autumn..spring"]);
  expect([json.from.edition, json.to.edition]).toEqual(["autumn", "spring"]);
  expect(json.documents[0]?.passages.map(({ at, adaptation }) => [at, adaptation])).toEqual([
    ["y8-trade#case-study", null],
  ]);
  expect(await school.ok("north", ["diff", "autumn..HEAD", "--exit-code"], 1)).toContain("Lynn");
  expect(await school.refused(["diff", "autumn..winter"])).toContain(
    "There is no edition, commit, branch or tag called winter.",
  );
  expect(await school.ok("centre", ["diff"])).toContain("The Centre, changed and not committed yet: nothing");
});
