import { beforeAll, describe, expect, test } from "vitest";
import { School, TRADE } from "../e2e/school.ts";
import { HostileSchool } from "./raw.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const ALIASES = `a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join("")}`;
const YAML: Record<string, string> = {
  "an alias bomb": ALIASES,
  "a field twice": "id: x\nid: y\n",
  "20,000 deep": `a: ${"[".repeat(20_000)}`,
  "2,000 deep in blocks": Array.from({ length: 2_000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
  prototypes: "__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}\nid: x\n",
  "10,000 fields": Array.from({ length: 10_000 }, (_, i) => `f${i}: 1\n`).join(""),
  "a merge of itself": "a: &a\n  <<: *a\n",
  "a value where a list should be": "holds: 5\nrules: x\npassages: {at: 1}\n",
  "a NUL": "id: \0\n",
  "bytes that are no UTF-8": "id: \ud800\n",
  "a custom tag": "id: !!js/function 'function(){}'\nx: !<tag:yaml.org,2002:python/object> {}\n",
};

describe("YAML made to do harm is refused in a line that names its file, in every place where it is read", () => {
  test.each(Object.entries(YAML))("%s", async (_, text) => {
    const school = await HostileSchool.from(built);
    const save = async (): Promise<void> => {
      await school.run("grimsby", ["add", "-A"]);
      await school.run("grimsby", ["commit", "-qm", "As it is"]);
    };
    for (const [path, verb, good] of [
      ["version.yaml", ["log"], school.read("grimsby/versions/grimsby/version.yaml")],
      ["adaptations/x.yaml", ["log"], GOOD],
      ["downstream.yaml", ["versions", "list"], "[]\n"],
    ] as const) {
      const file = `grimsby/versions/grimsby/${path}`;
      school.write(file, text);
      // The list alone is read as it is saved.
      if (path === "downstream.yaml") await save();
      const ran = await school.tried("grimsby", verb);
      expect(ran.code).toBe(2);
      expect(ran.err).toContain(`versions/grimsby/${path}`);
      school.write(file, good);
    }
    await save();
    await school.publish("north", [
      { at: TRADE.split("/"), bytes: `---\n${text}\n---\n# Trade\n` },
      { at: ["frameworks", "x.yaml"], bytes: text },
      { at: ["versions", "north", "rules.yaml"], bytes: text },
    ]);
    school.edit(TRADE, "one long answer", "one short answer");
    await school.ok("grimsby", ["fetch"]);
    for (const args of [["diff", "--incoming"], ["rebase"]]) await school.tried("grimsby", args);
  });
});

const GOOD = `id: grimsby/x
title: X
kind: replace
for: [place]
why: Docks.
passages: [{at: "y8-trade#writing"}]
`;
