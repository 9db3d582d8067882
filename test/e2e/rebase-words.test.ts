import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
});

test("a list of decisions where nothing waits is empty, and no mistake", async () => {
  expect(await built.ok("grimsby", ["resolve", "--list"])).toContain("Nothing is waiting for a decision.");
  expect(await built.json("grimsby", ["resolve", "--list"])).toMatchObject({ open: 0, decisions: [] });
  expect((await built.leeway("grimsby", ["resolve", "--take", "local"])).code).toBe(2);
});

test("an ellipsis that was pasted with a suggested command is no reason", async () => {
  const trust = built.copy();
  trust.replace(`grimsby/${PATHS.cells}`, TEXTS.practical, "Look at a fish scale.");
  for (const why of ["\u2026", "...", "\u2013 !"]) {
    const adapt = await trust.leeway("grimsby", ["adapt", "y7-cells", "--for", "place", "--why", why]);
    expect([why, adapt.code]).toEqual([why, 2]);
    const hold = await trust.leeway("grimsby", ["hold", "y7-cells", "--why", why]);
    expect([why, hold.code]).toEqual([why, 2]);
  }
});

test("a document that got another id upstream is told as that, and its reason goes with it", async () => {
  const trust = built.copy();
  await trust.publish("spring", () =>
    trust.replace(`north/${PATHS.unit}`, "id: y8-trade\n", "id: y8-traders\n"),
  );
  const said = (await trust.ok("grimsby", ["rebase"])).replace(/\s+/g, " ");
  expect(said).toContain("Upstream gave the document another id");
  expect(said).not.toContain("renamed the heading");
});

test("nothing that comes by itself is not counted, and two decisions are both", async () => {
  const trust = built.copy();
  trust.replace(`grimsby/${PATHS.cells}`, TEXTS.practical, "Look at a fish scale.");
  await trust.ok("grimsby", ["save"]);
  await trust.ok("grimsby", ["adapt", "y7-cells#practical", "--for", "place", "--why", "We land fish here."]);
  await trust.publish("spring", () => {
    trust.replace(`north/${PATHS.unit}`, TEXTS.caseStudy, TEXTS.spring);
    trust.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a leaf.");
  });
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).toContain("ask you about 2 passages");
  expect(status).not.toContain("update 0 passages");
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["resolve", "1", "--take", "local"], 3);
  expect(await trust.ok("grimsby", ["resolve", "2", "--take", "local"])).toContain("both decisions are made");
});

test("while an update waits, diff and explain read this version's text and never the marker lines", async () => {
  const trust = built.copy();
  await trust.publishSpringCaseStudy();
  await trust.ok("grimsby", ["rebase"], 3);
  const before = await trust.everything();
  const marks = /<<<<<<<|=======|>>>>>>>|harbour-academy/;
  const at = "y8-trade#case-study";
  for (const args of [
    ["diff"],
    ["diff", "--stat"],
    ["diff", "--json"],
    ["explain", at],
    ["explain", at, "--json"],
  ]) {
    const said = await trust.ok("grimsby", args);
    expect([args, marks.test(said)]).toEqual([args, false]);
    expect([args, said.includes(at)]).toEqual([args, true]);
  }
  // No reason is bound to a text that is not decided yet, and none of them is out of date for that.
  const diff = await trust.ok("grimsby", ["diff"]);
  expect(diff).toMatch(/"y8-trade#case-study" +\d+ words +waits for the update/);
  expect(diff).toContain("Next: leeway resolve");
  expect(await trust.ok("grimsby", ["explain", at])).toContain("haven");
  expect(await trust.ok("grimsby", ["check"], 1)).toContain("update-stopped");
  expect(await trust.everything()).toBe(before);
});
