import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { applyEdits, readStory } from "../../src/trust/story.ts";
import { Workshop } from "./trust.ts";

test("the demo builds a trust of sound repositories on a machine that Git does not know", async () => {
  const shop = new Workshop();
  const ran = await shop.leeway(".", ["demo", "trust"], { HOME: shop.root, XDG_CONFIG_HOME: shop.root });
  expect(ran.code, ran.err).toBe(0);
  expect(ran.out).toContain("Nothing else is touched.");
  expect(ran.out).toMatch(/Next: cd trust\/\w+ && leeway status/);
  const folders = readdirSync(shop.at("trust"));
  expect(folders.length).toBeGreaterThan(4);
  for (const folder of folders) {
    const { code, out, err } = await shop.git(`trust/${folder}`, [
      "fsck",
      "--full",
      "--strict",
      "--no-dangling",
    ]);
    expect([folder, code, out + err]).toEqual([folder, 0, ""]);
    expect([folder, await shop.run(`trust/${folder}`, ["status", "--porcelain"])]).toEqual([folder, ""]);
  }
  // Two schools of the story changed something by plain Git and gave no reason: that is all that is found, and without it nothing.
  const { versions } = await readStory("fixtures/trust");
  const check = (folder: string) => shop.leeway(`trust/${folder}`, ["check", "--all"]);
  for (const { id, unexplained } of versions.filter((version) => version.unexplained.length > 0)) {
    expect((await check(id)).out).toMatch(/\n1 error\.\n/);
    const back = unexplained.flatMap((edit) =>
      "find" in edit ? [{ path: edit.path, find: edit.replace, replace: edit.find }] : [],
    );
    await applyEdits(shop.at("trust", id), back);
  }
  for (const folder of folders) {
    const { code, out, err: said } = await check(folder);
    expect([folder, code, said, out]).toEqual([folder, 0, "", expect.stringContaining("Nothing was found.")]);
  }
  const again = await shop.leeway(".", ["demo", "trust"]);
  expect([again.code, again.err]).toEqual([2, expect.stringContaining("This folder is not empty")]);
}, 180_000);
