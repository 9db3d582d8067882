import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { SACK, School, TRADE } from "../e2e/school.ts";
import { BIN } from "../e2e/trust.ts";
import { HostileSchool } from "./raw.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const hasTrace = spawnSync("strace", ["-V"]).status === 0;

test.skipIf(!hasTrace)("no verb, nor the Git that it runs, opens a file beside the curriculum", async () => {
  const school = await HostileSchool.from(built);
  const link = { mode: "120000" } as const;
  await school.publish("north", [
    { at: TRADE.split("/"), bytes: "../../../../../outside/secret.md", ...link },
    { at: ["versions", "grimsby", "adaptations"], bytes: "../../../outside", ...link },
    { at: [".gitattributes"], bytes: "../outside/secret.md", ...link },
    { at: ["subjects", "more"], bytes: "../../outside/subjects", ...link },
  ]);
  school.edit(SACK, "Raw wool", "Raw cod");
  const trace = school.at("home", "trace");
  for (const args of [
    ["fetch"],
    ["status"],
    ["diff", "--incoming"],
    ["drift", "--why"],
    ["explain", "y8-trade#writing"],
    ["rebase", "--accept-code"],
    ["status"],
    ["diff"],
    ["adapt", "y8-trade-sack#starter", "--for", "place", "--why", "Cod is landed here."],
    ["save"],
  ]) {
    spawnSync(
      "strace",
      ["-f", "-qq", "-e", "trace=openat,open,creat,execve", "-o", trace, process.execPath, BIN, ...args],
      {
        cwd: school.at("grimsby"),
        env: { ...process.env, HOME: school.at("home") },
      },
    );
    const opened = readFileSync(trace, "utf8").split("\n");
    expect(opened.length).toBeGreaterThan(20);
    expect(opened.filter((line) => line.includes("outside"))).toEqual([]);
  }
});
