import { rmSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

const AT = "y8-trade#case-study";
const HAVEN = "versions/grimsby/adaptations/haven.yaml";

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
});

test("upstream's other text is told and recorded as taken in place of one's own, not as having it too", async () => {
  const trust = built.copy();
  await trust.publishSpringCaseStudy();
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["resolve", AT, "--take", "upstream"]);
  const said = (await trust.ok("grimsby", ["rebase", "--continue"])).replace(/\s+/g, " ");
  expect(said).not.toContain("redundant");
  expect(said).toContain("upstream's text was taken");
  const [, id = ""] = /git show ([0-9a-f]+)/.exec(said) ?? [];
  expect(await trust.run("grimsby", ["show", id])).toContain(TEXTS.haven);
  expect(trust.read("grimsby", HAVEN)).toContain("status: retired");
  expect(trust.read("grimsby", HAVEN)).toContain("upstream: not-needed");
  expect(trust.read("grimsby", HAVEN)).toContain("Families here work on the docks.");
  await trust.ok("grimsby", ["check"]);
});

test("upstream removed the passage and so does this version: it is not upstream's too", async () => {
  const trust = built.copy();
  await trust.publish("spring", () =>
    trust.replace(`north/${PATHS.unit}`, `## Case study\n\n${TEXTS.caseStudy}\n\n`, ""),
  );
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["resolve", AT, "--take", "upstream"]);
  const said = await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(said).not.toContain("has it too");
  expect(trust.read("grimsby", PATHS.unit)).not.toContain(TEXTS.haven);
  expect(trust.read("grimsby", HAVEN)).not.toContain("taken:");
});

const NEW = "subjects/history/units/y8-trade/lessons/02-ships.md";

function ships(title: string, task: string): string {
  return `---\nid: y8-trade-ships\ntype: lesson\ntitle: ${title}\nunit: y8-trade\noutcome: o1\n---\n\n# ${title}\n\n## Starter\n\n${task}\n`;
}

test("one new id on both sides: the kept lesson's reason is bound to what differs, and two lessons never share a file", async () => {
  const trust = built.copy();
  trust.write(`grimsby/${NEW}`, ships("Trawlers", "Draw a trawler in the haven."));
  await trust.ok("grimsby", ["adapt", "y8-trade-ships", "--for", "place", "--why", "Ours are trawlers."]);
  await trust.publish("spring", () => trust.write(`north/${NEW}`, ships("Cogs", "Draw a cog at sea.")));
  await trust.ok("grimsby", ["rebase"], 3);
  const before = await trust.everything();
  for (const take of ["both", "both-upstream-first", "suggestion:1"]) {
    const ran = await trust.leeway("grimsby", ["resolve", "y8-trade-ships", "--take", take]);
    expect([take, ran.code]).toEqual([take, 2]);
  }
  expect(await trust.everything()).toBe(before);
  await trust.ok("grimsby", ["resolve", "y8-trade-ships", "--take", "local"]);
  const report = await trust.json("grimsby", ["rebase", "--continue"]);
  expect(report.dropped).toEqual([]);
  expect(report.adaptations.map(({ outcome }) => outcome)).toEqual(["carried", "carried"]);
  expect(trust.read("grimsby", NEW)).toContain("Draw a trawler");
  const record = trust.read("grimsby", "versions/grimsby/adaptations/trawlers.yaml");
  expect(record).toContain("status: active");
  expect(record).toContain("y8-trade-ships#starter");
  expect(record).not.toContain("taken:");
  const status = await trust.ok("grimsby", ["status"]);
  expect(status).not.toContain("no reason yet");
  await trust.ok("grimsby", ["check"]);
});

test("kept where upstream removed it: the document wants a reason of its own, no reason is lost, and that ends it", async () => {
  const trust = built.copy();
  const practice = "y8-trade-wool#practice";
  trust.replace(`grimsby/${PATHS.wool}`, "Sort the sources.", "Sort the sacks at the dock.");
  await trust.ok("grimsby", ["adapt", practice, "--for", "place", "--why", "We have sacks at the dock."]);
  await trust.publish("spring", () => rmSync(trust.at("north", PATHS.wool)));
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["resolve", "y8-trade-wool", "--take", "local"]);
  const said = await trust.ok("grimsby", ["rebase", "--continue"]);
  expect(said).not.toContain("--still-holds");
  expect(said).toContain("leeway adapt y8-trade-wool ");
  expect(await trust.ok("grimsby", ["check"], 1)).toContain("reason-missing");
  await trust.ok("grimsby", ["adapt", "y8-trade-wool", "--for", "place", "--why", "Wool was landed here."]);
  const whys = await trust.run("grimsby", ["grep", "-h", "^why:", "--", "versions/grimsby/adaptations"]);
  expect(whys.split("\n").sort()).toEqual([
    "why: Families here work on the docks.",
    "why: We have sacks at the dock.",
    "why: Wool was landed here.",
  ]);
  expect(await trust.ok("grimsby", ["check"])).toContain("Nothing was found.");
  expect(await trust.ok("grimsby", ["status"])).not.toContain("no reason yet");
});
