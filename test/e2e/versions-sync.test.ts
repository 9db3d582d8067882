import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

interface SurveyJson {
  readonly schema: string;
  readonly versions: readonly {
    readonly id: string;
    readonly upstream: string;
    readonly region: string;
    readonly depth: number;
    readonly status: string;
    readonly diverged: { passages: number | null };
    readonly behind: { passages: number | null };
    readonly seen: { state: string; on: string };
    readonly remarks: readonly string[];
    readonly why: string | null;
  }[];
  readonly without: readonly { id: string; seen: { state: string; why: string } }[];
  readonly checked: number;
  readonly unchanged: number;
  readonly unreachable: number;
  readonly skipped: number;
}

let built: Trust;
/** Somebody who takes the call and never says a word. */
let silent: Server;
beforeAll(async () => {
  built = (await Trust.build()).copy();
  await built.ok("north", ["versions", "add", "../grimsby"]);
  await built.ok("centre", ["versions", "add", "../north"]);
  silent = createServer(() => undefined);
  await new Promise<void>((ready) => silent.listen(0, "127.0.0.1", () => ready()));
});
afterAll(() => {
  silent.close();
});

const LIST = "centre/versions/centre/downstream.yaml";

async function addToList(trust: Trust, entry: string): Promise<void> {
  writeFileSync(trust.at(LIST), trust.read(LIST) + entry);
  await trust.commit("centre", "One more on the list");
}

/** What is said, wherever its lines break. */
async function said(trust: Trust, args: readonly string[], folder = "centre"): Promise<string> {
  return (await trust.ok(folder, args)).replace(/\s+/g, " ");
}

const all = (trust: Trust): Promise<SurveyJson> => trust.json<SurveyJson>("centre", ["drift", "--all"]);
const sums = ({ checked, unchanged, unreachable, skipped }: SurveyJson): number[] => [
  checked,
  unchanged,
  unreachable,
  skipped,
];

it("brings every layer into the hub, and then looks at all of them as each looks at itself", async () => {
  const trust = built.copy();
  const refused = await trust.leeway("centre", ["drift", "--all"]);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("leeway versions sync")]);
  expect(await said(trust, ["versions", "sync"])).toContain("2 versions on the lists: 2 with something new");
  const against = await trust.leeway("centre", ["drift", "--all", "--against", "centre"]);
  expect([against.code, against.err]).toEqual([2, expect.stringContaining("against its own upstream")]);
  const survey = await all(trust);
  expect(survey.schema).toBe("leeway/drift/1");
  expect(sums(survey)).toEqual([2, 0, 0, 0]);
  expect(survey.versions.map(({ id, upstream, region, depth }) => [id, upstream, region, depth])).toEqual([
    ["north", "centre", "north", 1],
    ["grimsby", "north", "north", 2],
  ]);
  for (const version of survey.versions) {
    const { versions } = await trust.json<SurveyJson>(version.id, ["drift"]);
    expect(version).toMatchObject({ ...versions[0] });
  }
  expect(await said(trust, ["versions", "sync"])).toContain("0 with something new, 2 unchanged");
  // What is kept gives the same figures as what is measured.
  expect((await all(trust)).versions.map(({ seen: _, ...figures }) => figures)).toEqual(
    survey.versions.map(({ seen: _, ...figures }) => figures),
  );
  const refs = await trust.run("centre/.git/leeway/hub", ["for-each-ref", "--format=%(refname)"]);
  expect(refs.split("\n").every((name) => name.startsWith("refs/versions/"))).toBe(true);
  expect(refs).not.toContain("refs/versions/grimsby/tags/");
  const text = await trust.ok("centre", ["drift", "--all"]);
  expect(text).toMatch(/North region {2,}0 {2,}0[\s\S]* {2}Harbour Academy Grimsby {2,}1 {2,}0/);
  for (const by of ["passage", "document", "subject", "region", "purpose"])
    expect(await trust.ok("centre", ["drift", "--all", "--by", by])).toContain("2 versions below The Centre");
  expect(await said(trust, ["drift", "y8-trade#case-study", "--all"])).toContain(
    "Why: Families here work on the docks",
  );
});

it("names a dead remote and a silent one, and shows what is old with its date", async () => {
  const trust = built.copy();
  await trust.ok("centre", ["versions", "sync"]);
  const { port } = silent.address() as { port: number };
  await addToList(
    trust,
    `- {id: mute, name: Mute School, layer: school, url: "git://127.0.0.1:${port}/x"}\n`,
  );
  await trust.run(".", ["init", "-q", "moved"]);
  writeFileSync(trust.at("grimsby", "README.md"), "Ours\n");
  trust.replace(LIST, "../north", "../nowhere");
  await trust.commit("centre", "North has moved");
  const told = await said(trust, ["versions", "sync", "--timeout", "2"], "centre");
  expect(told).toContain("2 not reached");
  expect(told).toMatch(/Mute School \(mute\) was not reached: .*timed out/s);
  expect(told).toMatch(/North region \(north\) was not reached/);
  const survey = await all(trust);
  expect(survey.unreachable).toBe(2);
  const north = survey.versions.find(({ id }) => id === "north");
  expect(north?.seen.on).toMatch(/^\d{4}-/);
  expect(survey.without).toMatchObject([{ id: "mute", seen: { state: "unreachable", on: null } }]);
  expect(await said(trust, ["drift", "--all"])).toMatch(/North region \(old\)/);
});

it("forgets nobody while a list cannot be read: who is on it is still known, as old", async () => {
  const trust = built.copy();
  await trust.ok("centre", ["versions", "sync"]);
  const list = "north/versions/north/downstream.yaml";
  const text = trust.read(list);
  trust.write(list, "- {id: [\n");
  await trust.commit("north", "A slip of the pen");
  expect(await said(trust, ["versions", "sync"])).toContain("its own list cannot be read");
  trust.write(list, text.replace("../grimsby", "../gone"));
  await trust.commit("north", "The list again; Grimsby has moved");
  await trust.ok("centre", ["versions", "sync"]);
  expect(await said(trust, ["drift", "--all"])).toContain("Harbour Academy Grimsby (old) 1 0");
  // Whoever is on no list any more goes.
  trust.write(list, "[]\n");
  await trust.commit("north", "Grimsby has left");
  await trust.ok("centre", ["versions", "sync"]);
  const refs = await trust.run("centre/.git/leeway/hub", ["for-each-ref", "--format=%(refname)"]);
  expect(refs).not.toContain("refs/versions/grimsby/");
});

it("counts what is old in no total, and says so", async () => {
  const trust = built.copy();
  for (const folder of ["north", "grimsby"]) {
    trust.replace(`${folder}/${PATHS.unit}`, TEXTS.homework, `Ask at home about ${folder}.`);
    await trust.commit(folder, "Our homework");
  }
  await trust.ok("centre", ["versions", "sync"]);
  const by = async (what: string) =>
    trust.json<{ rows?: object[]; hotspots?: object[]; untouched?: { passages: number } }>("centre", [
      ...["drift", "--all", "--by", what],
    ]);
  expect(await by("region")).toMatchObject({ rows: [{ versions: 2, measured: 2, passages: 3 }] });
  expect((await by("passage")).hotspots).toHaveLength(1);
  const { untouched } = await by("passage");

  trust.replace("north/versions/north/downstream.yaml", "../grimsby", "../gone");
  await trust.commit("north", "Grimsby has moved");
  await trust.leeway("centre", ["versions", "sync"]);
  const old = "Harbour Academy Grimsby (grimsby) was not reached, and is in none of these figures: what is";
  expect(await by("region")).toMatchObject({ rows: [{ versions: 2, measured: 1, passages: 1 }] });
  expect((await by("passage")).hotspots).toEqual([]);
  // The school alone changed the case study.
  expect((await by("passage")).untouched?.passages).toBe((untouched?.passages ?? 0) + 1);
  expect(await by("document")).toMatchObject({ rows: [{ versions: 1, passages: 1 }] });
  expect(await by("purpose")).toMatchObject({ rows: [] });
  for (const what of ["region", "passage", "document", "subject", "purpose"])
    expect(await said(trust, ["drift", "--all", "--by", what])).toContain(old);
  expect(await said(trust, ["drift", "--all"])).toContain("in all that were reached");
});

it("counts apart what the list cannot mean: an id twice, a circle, another upstream, an id that is none", async () => {
  const trust = built.copy();
  await addToList(
    trust,
    [
      "- {id: north, name: North again, layer: region, url: ../north}\n",
      "- {id: centre, name: The Centre, layer: central, url: ../centre}\n",
      "- {id: ../etc, name: Outside, layer: school, url: ../north}\n",
      "- {id: hull, name: Hull, layer: school, url: ../grimsby}\n",
    ].join(""),
  );
  const told = await said(trust, ["versions", "sync"], "centre");
  expect(told).toContain(
    "6 versions on the lists: 2 with something new, 0 unchanged, 0 not reached and 4 left out",
  );
  expect(told).toMatch(/North again \(north\) is left out: the id north is taken by North region/);
  expect(told).toMatch(/The Centre \(centre\) is left out: centre lists itself/);
  expect(told).toMatch(/"\.\.\/etc" cannot be the id of a version/);
  expect(told).toMatch(/the repository there is grimsby, not hull/);
  const survey = await all(trust);
  expect(sums(survey)).toEqual([2, 0, 0, 4]);
  expect(survey.versions.map(({ id }) => id)).toEqual(["north", "grimsby"]);
});

it("keeps what was published before where history was rewritten, and names a base that never was", async () => {
  const trust = built.copy();
  await trust.ok("centre", ["versions", "sync"]);
  trust.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a leaf.");
  await trust.run("north", ["commit", "-qa", "--amend", "-m", "Another history"]);
  const told = await said(trust, ["versions", "sync"], "centre");
  expect(told).toMatch(/North region \(north\): its history was rewritten/);
  expect((await all(trust)).versions[1]).toMatchObject({ id: "grimsby", diverged: { passages: 1 } });

  const own = await trust.head("grimsby");
  const file = "grimsby/versions/grimsby/version.yaml";
  writeFileSync(trust.at(file), trust.read(file).replace(/commit: [0-9a-f]{40}/, `commit: ${own}`));
  await trust.commit("grimsby", "A base of our own");
  await trust.ok("centre", ["versions", "sync"]);
  const grimsby = (await all(trust)).versions[1];
  expect(grimsby).toMatchObject({ status: "no-starting-point", diverged: { passages: null } });
  expect(await said(trust, ["drift", "--all"])).toContain("is not among what upstream published");
});

it("takes a version off the list, and undo puts it back", async () => {
  const trust = built.copy();
  const before = trust.read(LIST);
  const unknown = await trust.leeway("centre", ["versions", "remove", "hull"]);
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("leeway versions remove north")]);
  await addToList(trust, "# what stands here stays\n- {id: hull, name: Hull, layer: school, url: ../hull}\n");
  await trust.ok("centre", ["versions", "remove", "north"]);
  expect(trust.read(LIST)).toBe(
    "# what stands here stays\n- {id: hull, name: Hull, layer: school, url: ../hull}\n",
  );
  await trust.ok("centre", ["undo"]);
  expect(trust.read(LIST).startsWith(before)).toBe(true);
});

it("looks at clones in a folder, and at figures that were published", async () => {
  const trust = built.copy();
  const folder = await trust.json<SurveyJson>(".", ["drift", "--all", "."]);
  expect(folder.versions.map(({ id, depth }) => [id, depth])).toEqual([
    ["north", 1],
    ["grimsby", 2],
  ]);
  const figures = (await trust.leeway("grimsby", ["drift", "--json"])).out;
  const published = JSON.parse(figures) as { versions: [Record<string, object>] };
  const [version] = published.versions;
  const file = (name: string, change: object, outer: object = {}): string => {
    const changed = { ...published, ...outer, versions: [{ ...version, id: name, ...change }] };
    writeFileSync(trust.at(`${name}.json`), JSON.stringify(changed));
    return `${name}.json`;
  };
  writeFileSync(trust.at("good.json"), figures);
  const more = { ...version?.diverged, words: 10 ** 9 };
  const files = [
    "good.json",
    file("twice", {}),
    file("other", { id: "twice" }),
    file("impossible", { diverged: more }),
    file("later", {}, { metric: 2 }),
    "folder.json",
  ];
  mkdirSync(trust.at("folder.json"));
  const survey = await trust.json<SurveyJson>(".", ["drift", "--all", "--from", ...files]);
  expect(survey.versions.map(({ id }) => id)).toEqual(["grimsby"]);
  expect(sums(survey)).toEqual([1, 0, 0, 5]);
  const told = await said(trust, ["drift", "--all", "--from", ...files], ".");
  expect(told).toContain("stands in more than one file: twice.json, other.json");
  expect(told).toContain("more words changed than there are");
  expect(told).toContain("it counts by measure 2");
  expect(told).toContain("folder.json: Could not read a file: it is a folder");
});

it("two at once: one goes through, the others say who is at work, and nothing is broken", async () => {
  const trust = built.copy();
  const ran = await Promise.all([1, 2, 3].map(() => trust.leeway("centre", ["versions", "sync"])));
  expect(ran.filter(({ code }) => code === 0).length).toBeGreaterThan(0);
  for (const { code, err } of ran)
    if (code !== 0)
      expect([code, err]).toEqual([4, expect.stringContaining("Another Leeway is at work here: versions")]);
  expect(await trust.run("centre/.git/leeway/hub", ["fsck", "--full", "--no-dangling"])).toBe("");
  expect((await all(trust)).versions.map(({ id }) => id)).toEqual(["north", "grimsby"]);
});

it("says the same from what is kept, without it, and where somebody has written to that", async () => {
  const trust = built.copy();
  await trust.ok("centre", ["versions", "sync"]);
  const figures = async (): Promise<SurveyJson> => ({ ...(await all(trust)), on: null }) as SurveyJson;
  const first = await figures();
  expect(await figures()).toEqual(first);
  const cache = trust.at("centre", ".git", "leeway", "hub", "leeway", "cache");
  const kept = readdirSync(cache).filter((name) => name.startsWith("commits-"));
  expect(kept).toHaveLength(1);
  const file = join(cache, kept[0] ?? "");
  const [commit = ""] = Object.keys(JSON.parse(readFileSync(file, "utf8")) as object);
  for (const text of ["", "[", "[]", `{"${commit}":5}`, `{"${commit}":{"words":-0.5,"inviting":[]}}`]) {
    writeFileSync(file, text);
    expect([text, await figures()]).toEqual([text, first]);
  }
});
