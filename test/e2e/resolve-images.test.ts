import { rmSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { Trust } from "./three-layers.ts";

const MAP = "subjects/history/units/y8-trade/images/norwich.png";
const image = (name: string): string => `\u0089PNG\r\n\u001a\n\0${name}`;

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
  await built.publish("spring", () => built.write(`north/${MAP}`, image("a market")));
  await built.ok("grimsby", ["rebase"]);
  built.write(`grimsby/${MAP}`, image("a haven"));
  await built.commit("grimsby", "Our own map");
});

test("an image that both sides changed: each choice says whose it is, no byte of it is printed, and the account tells it", async () => {
  const trust = built.copy();
  await trust.publish("summer", () => trust.write(`north/${MAP}`, image("a fair")));
  const stop = await trust.ok("grimsby", ["rebase"], 3);
  expect(stop).toContain("the whole image");
  const listed = await trust.ok("grimsby", ["resolve", "--list"]);
  expect(listed).toMatch(/--take upstream +upstream's image/);
  expect(listed).toMatch(/--take local +this version's image/);
  expect(listed).not.toContain("leave the");
  for (const [take, stands, told] of [
    ["upstream", "a fair", "upstream's text was taken"],
    ["local", "a haven", "your text was kept"],
  ] as const) {
    const taken = trust.copy();
    const said = await taken.ok("grimsby", ["resolve", MAP, "--take", take]);
    expect(said).toContain("(an image, ");
    expect(said).not.toContain("PNG");
    expect(taken.read("grimsby", MAP)).toBe(image(stands));
    await taken.ok("grimsby", ["rebase", "--continue"]);
    const account = (await taken.ok("grimsby", ["rebase", "--account"])).replace(/\s+/g, " ");
    expect(account).toContain(told);
  }
});

test("an image that upstream removed and this version changed is kept, or left out", async () => {
  const trust = built.copy();
  await trust.publish("summer", () => rmSync(trust.at("north", MAP)));
  await trust.ok("grimsby", ["rebase"], 3);
  const listed = await trust.ok("grimsby", ["resolve", "--list"]);
  expect(listed).toMatch(/--take upstream +leave the image out/);
  expect(listed).toMatch(/--take local +keep the image/);
  await trust.ok("grimsby", ["resolve", MAP, "--take", "local"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(trust.read("grimsby", MAP)).toBe(image("a haven"));
});
