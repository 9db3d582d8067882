import { describe, expect, it } from "vitest";
import { pathMatcher, readHolds, stillHolds } from "../../../src/version/base/holds.ts";
import { editionsOf, nextOf } from "../../../src/version/base/published.ts";
import { resolveUrl } from "../../../src/version/base/relative-url.ts";
import { readChain } from "../../../src/version/chain.ts";
import { updateVersionText } from "../../../src/version/change/own-files.ts";
import { parseVersionFile } from "../../../src/version/version-file.ts";

const C1 = "1a".repeat(20);
const C2 = "2b".repeat(20);
const central = "id: harbour\nname: Harbour Trust\nlayer: central\n";
const below = (id: string, upstream: string): string =>
  `id: ${id}\nname: ${id}\nlayer: school\nupstream: {id: ${upstream}, url: ../${upstream}.git}\nbase: {commit: ${C1}}\n`;

describe("which version this is", () => {
  it("is the one that no other names as upstream", () => {
    const files = new Map([
      ["harbour", central],
      ["north", below("north", "harbour")],
      ["grimsby", below("grimsby", "north")],
    ]);
    const { self, above } = readChain(files, null);
    expect(self.id).toBe("grimsby");
    expect(above.map(({ id }) => id)).toEqual(["north", "harbour"]);
  });
  it("is a doubt where two could be, and a setting settles it", () => {
    const files = new Map([
      ["harbour", central],
      ["north", below("north", "harbour")],
      ["south", below("south", "harbour")],
    ]);
    expect(() => readChain(files, null)).toThrow(/north or south could be/);
    expect(readChain(files, "south").self.id).toBe("south");
    expect(() => readChain(files, "east")).toThrow(/no such version/);
  });
  it("refuses a folder that is called otherwise, and a circle", () => {
    expect(() => readChain(new Map([["harbor", central]]), null)).toThrow(/folder is called harbor/);
    const circle = new Map([
      ["a", below("a", "b")],
      ["b", below("b", "a")],
    ]);
    expect(() => readChain(circle, "a")).toThrow(/circle/);
  });
});

describe("a version's own file", () => {
  it.each([
    ["broken YAML", "id: [", /cannot be read/],
    ["a missing name", "id: x\nlayer: school\n", /name/],
    ["an id that Git could not use", "id: ../x\nname: X\nlayer: school\n", /id/],
    ["a short base", `${central}base: {commit: abc}\n`, /base\.commit/],
    ["data beyond a percentage", `${central}context: {pp: 147}\n`, /context/],
  ])("says what is wrong with %s", (_, text, message) => {
    expect(() => parseVersionFile("versions/x/version.yaml", text)).toThrow(message);
  });
  it("gets a new base with every other byte kept", () => {
    const text = `# ours\nid: grimsby\nname: "Grimsby"   # as on the sign\nlayer: school\nupstream: {id: north, url: ../north.git}\nbase: {commit: ${C1}, edition: autumn}   # last taken\nmotto: >-\n  Haven\n  of all\n`;
    const updated = updateVersionText("versions/grimsby/version.yaml", text, {
      base: { commit: C2, edition: "spring" },
    });
    expect(updated).toBe(text.replace(C1, C2).replace("autumn", "spring"));
  });
  it("gains and loses holds without touching the rest", () => {
    const path = "versions/grimsby/version.yaml";
    const text = `${below("grimsby", "north")}notes: kept\n`;
    const hold = {
      at: "subjects/science/**",
      base: C1,
      why: "Year 8 are in the middle of Forces",
      until: "2027-02-19",
    };
    const held = updateVersionText(path, text, { holds: [hold] });
    expect(parseVersionFile(path, held).holds).toEqual([hold]);
    expect(held.startsWith(text.trimEnd())).toBe(true);
    expect(updateVersionText(path, held, { holds: [] })).toBe(text);
  });
});

describe("holds", () => {
  it("cover a path, a folder and a glob, or one passage", () => {
    expect(pathMatcher("subjects/science")("subjects/science/units/a.md")).toBe(true);
    expect(pathMatcher("subjects/science/")("subjects/sciences/a.md")).toBe(false);
    expect(pathMatcher("subjects/*/subject.md")("subjects/history/subject.md")).toBe(true);
    const [paths, passage] = readHolds([
      { at: "subjects/science/**", base: C1, why: "x" },
      { at: "y8-trade#case-study", base: C1, why: "x" },
    ]);
    expect(paths?.covers("subjects/science/units/a.md")).toBe(true);
    expect(passage).toMatchObject({ passage: { document: "y8-trade", key: "#case-study" } });
    expect(passage?.covers("y8-trade")).toBe(false);
  });
  it("end when their day has passed", () => {
    const hold = { at: "a", base: C1, why: "x", until: "2027-02-19" };
    expect([
      stillHolds(hold, "2027-02-19"),
      stillHolds(hold, "2027-02-20"),
      stillHolds({ ...hold, until: undefined } as never, "2099-01-01"),
    ]).toEqual([true, false, true]);
  });
});

describe("what upstream has published", () => {
  const tag = (name: string, commit: string, date: string) => ({
    name: `refs/tags/edition/north/${name}`,
    oid: "t",
    peeled: commit,
    date,
    subject: name,
    body: "",
  });
  const editions = editionsOf("north", [
    tag("2026-27-autumn", C1, "2026-09-01T08:00:00+01:00"),
    tag("2026-27-spring", C2, "2027-01-12T08:00:00Z"),
    { ...tag("2030", C1, "2030-01-01T00:00:00Z"), name: "refs/tags/edition/harbour/2030" },
  ]);
  const published = {
    editions,
    groups: new Map([["pilot", C1]]),
    branch: C2,
    fetched: true,
    heads: [C1, C2],
  };
  const upstream = { id: "north", url: "../north.git", branch: "main" };
  it("is its own editions, newest first", () => {
    expect(editions.map(({ name }) => name)).toEqual(["2026-27-spring", "2026-27-autumn"]);
  });
  it("invites to the group's edition, else the newest, else the branch", () => {
    expect(nextOf(published, { ...upstream, group: "pilot" })?.edition?.name).toBe("2026-27-autumn");
    expect(nextOf(published, upstream)?.edition?.name).toBe("2026-27-spring");
    expect(nextOf({ ...published, editions: [] }, upstream)).toEqual({ commit: C2, edition: null });
    expect(
      nextOf({ editions: [], groups: new Map(), branch: null, fetched: true, heads: [] }, upstream),
    ).toBeNull();
  });
});

describe("a relative address of upstream", () => {
  it.each([
    ["../north.git", "https://host.example/trust/grimsby.git", "https://host.example/trust/north.git"],
    ["../north.git", "git@host.example:trust/grimsby.git", "git@host.example:trust/north.git"],
    ["../north", "/work/trust/grimsby", "/work/trust/north"],
    ["https://host.example/a.git", "/anywhere", "https://host.example/a.git"],
  ])("%s from %s is %s", (url, home, found) => expect(resolveUrl(url, home)).toBe(found));
});
