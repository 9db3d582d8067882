import { existsSync, mkdirSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { Trust } from "./three-layers.ts";

let built: Trust;
beforeAll(async () => {
  built = (await Trust.build()).copy();
  await built.ok("north", ["versions", "add", "../grimsby"]);
  await built.ok("centre", ["versions", "add", "../north"]);
  await built.ok("centre", ["versions", "sync"]);
});

it("draws the same versions from the hub, from clones and from published figures", async () => {
  const trust = built.copy();
  trust.write("grimsby.json", (await trust.leeway("grimsby", ["drift", "--json"])).out);
  const before = await trust.everything("centre");
  await trust.ok("centre", ["report", "--out", "../from-hub"]);
  await trust.ok(".", ["report", "--all", ".", "--out", "from-clones"]);
  await trust.ok(".", ["report", "--from", "grimsby.json", "--out", "from-figures"]);
  for (const folder of ["from-hub", "from-clones", "from-figures"]) {
    const page = trust.read(folder, "index.html");
    expect(page, folder).toContain("Harbour Academy Grimsby");
    // Nothing is loaded from anywhere: it opens from a stick, and under a strict policy.
    expect(page, folder).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=/);
  }
  expect(trust.read("from-hub", "index.html")).toContain("North region");
  expect(await trust.everything("centre")).toBe(before);
});

it("says where it looked when there is nothing to draw, and writes no page", async () => {
  const trust = built.copy();
  mkdirSync(trust.at("empty"));
  for (const [args, words] of [
    [["report", "--all", "nowhere"], /no such folder[\s\S]*nowhere[\s\S]*leeway report --out DIR/],
    [["report", "--all", "empty"], /empty/],
    [["report", "--from", "nothing.json"], /nothing\.json/],
  ] as const) {
    const ran = await trust.leeway(".", [...args, "--out", "page"]);
    expect([ran.code, ran.err], args.join(" ")).toEqual([2, expect.stringMatching(words)]);
    expect(existsSync(trust.at("page"))).toBe(false);
  }
});

it("leaves what stands in the folder as it is unless it made it", async () => {
  const trust = built.copy();
  trust.write("site/index.html", "<h1>Our school</h1>");
  const ran = await trust.leeway("centre", ["report", "--out", "../site"]);
  expect(ran.code).toBe(2);
  expect(trust.read("site/index.html")).toBe("<h1>Our school</h1>");
});
