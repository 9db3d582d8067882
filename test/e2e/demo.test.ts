import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { Workshop } from "./trust.ts";

test("the demo builds a trust of sound repositories in under a minute, on a machine that Git does not know", async () => {
  const shop = new Workshop();
  const started = Date.now();
  const ran = await shop.leeway(".", ["demo", "trust"], { HOME: shop.root, XDG_CONFIG_HOME: shop.root });
  expect(ran.code, ran.err).toBe(0);
  expect(Date.now() - started).toBeLessThan(60_000);
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
  const again = await shop.leeway(".", ["demo", "trust"]);
  expect([again.code, again.err]).toEqual([2, expect.stringContaining("This folder is not empty")]);
});
