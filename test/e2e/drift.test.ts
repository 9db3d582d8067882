import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

interface DriftJson {
  readonly schema: string;
  readonly metric: number;
  readonly versions: readonly VersionJson[];
  readonly next: readonly (readonly [string, string])[];
}

interface VersionJson {
  readonly id: string;
  readonly against: string | null;
  readonly base: { commit: string | null; edition: string | null } | null;
  readonly target: { commit: string | null; edition: string | null } | null;
  readonly status: string;
  readonly behind: Record<"passages" | "words" | "of" | "editions" | "held", number> & {
    oldest: string | null;
  };
  readonly diverged: Record<"passages" | "words" | "of" | "order" | "structure", number>;
  readonly undeclared: Record<"passages" | "words" | "of", number>;
  readonly breaches: { count: number; passages: string[] };
  readonly contested: { conflicts: number; reviews: number; passages: string[] };
  readonly worst: readonly { at: string; words: number; why: string | null }[];
  readonly passages?: readonly { at: string; figure: string; owners: string[]; why: string | null }[];
  readonly olderNext: boolean;
}

const CASE = "y8-trade#case-study";
const HOMEWORK = "y8-trade#homework";
let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
});

async function drift(trust: Trust, folder = "grimsby", ...args: string[]): Promise<VersionJson> {
  const { versions } = await trust.json<DriftJson>(folder, ["drift", ...args]);
  const [version] = versions;
  if (!version) throw new Error("drift told of no version");
  return version;
}

/** A change made and committed with plain Git. */
async function change(trust: Trust, folder: string, path: string, from: string, to: string): Promise<void> {
  trust.replace(`${folder}/${path}`, from, to);
  await trust.commit(folder, "A change");
}

/** An edition that touches only a document that the school has not changed. */
const cellsOnly = (trust: Trust) => () =>
  trust.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at an onion skin and at a cheek cell.");

it("reads commits, and says how many changed files are not saved and not in the figures", async () => {
  const trust = built.copy();
  const before = await trust.leeway("grimsby", ["drift"]);
  trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of cloth.");
  const ran = await trust.leeway("grimsby", ["drift"]);
  expect(before.err).toBe("");
  expect(ran).toEqual({ ...before, err: "1 changed file is not saved, and not in these figures.\n" });
});

describe("status, each with its figures", () => {
  it("adapted: every change is explained", async () => {
    const version = await drift(built);
    expect(version).toMatchObject({
      id: "grimsby",
      against: "north",
      base: { edition: "autumn" },
      target: { edition: "autumn" },
      status: "adapted",
      behind: { passages: 0, words: 0, editions: 0, oldest: null, held: 0 },
      // "Norwich market" became "The landing at Grimsby haven".
      diverged: { passages: 1, words: 5, order: 0, structure: 0 },
      undeclared: { passages: 0, words: 0 },
      breaches: { count: 0, passages: [] },
      contested: { conflicts: 0, reviews: 0, passages: [] },
    });
    expect(version.worst).toEqual([{ at: CASE, words: 5, why: "Haven" }]);
    expect((await built.leeway("grimsby", ["drift", "--exit-code"])).code).toBe(0);
    expect(await built.ok("grimsby", ["drift"])).toContain("Status: ADAPTED");
  });

  it("same and source: nothing to tell", async () => {
    const trust = built.copy();
    await trust.fork("north", "solent", "school");
    expect(await drift(trust, "solent")).toMatchObject({
      status: "same",
      diverged: { passages: 0, words: 0 },
    });
    expect(await trust.ok("solent", ["drift", "--exit-code"])).toContain("SAME AS UPSTREAM");
    expect(await drift(trust, "centre")).toMatchObject({ status: "source", against: null });
    expect((await trust.leeway("centre", ["drift", "--exit-code"])).code).toBe(0);
  });

  it("update-waiting: an edition nobody has looked at", async () => {
    const trust = built.copy();
    await trust.publish("spring", cellsOnly(trust));
    expect(await drift(trust)).toMatchObject({
      status: "update-waiting",
      target: { edition: "spring" },
      behind: { passages: 1, words: 5, editions: 1, oldest: expect.stringMatching(/^\d{4}-\d\d-\d\d/) },
      diverged: { passages: 1 },
    });
    expect((await trust.leeway("grimsby", ["drift", "--exit-code"])).code).toBe(1);
    await trust.publish("summer", () =>
      trust.replace(`north/${PATHS.wool}`, "Weigh a sack.", "Weigh two sacks."),
    );
    expect((await drift(trust)).behind).toMatchObject({ passages: 2, editions: 2 });
    await trust.ok("grimsby", ["rebase"]);
    expect(await drift(trust)).toMatchObject({ status: "adapted", behind: { passages: 0, editions: 0 } });
  });

  it("reason-missing: what is committed counts, what is only in the files does not", async () => {
    const trust = built.copy();
    trust.replace(`grimsby/${PATHS.unit}`, TEXTS.homework, "Ask at home who has worked at sea.");
    expect(await drift(trust)).toMatchObject({ status: "adapted" });
    await trust.commit("grimsby", "No reason given");
    const version = await drift(trust);
    expect(version).toMatchObject({ status: "reason-missing", undeclared: { passages: 1, words: 3 } });
    expect(version.undeclared.of).toBe(version.diverged.of);
    expect((await trust.leeway("grimsby", ["drift", "--exit-code"])).code).toBe(1);
    const text = await trust.ok("grimsby", ["drift"]);
    expect(text).toMatch(/reason missing +1 passage, +3 of \d+ words/);
    expect(text).toContain("These figures say how much changed, not how good it is.");
  });

  it("decision-needed: where rebase would stop, and nowhere else", async () => {
    const trust = built.copy();
    await trust.publishSpring();
    const version = await drift(trust);
    const { conflicts } = await trust.json("grimsby", ["rebase", "--dry-run"], 1);
    expect(version.status).toBe("decision-needed");
    expect(version.contested.passages).toEqual([...new Set(conflicts.map(({ at }) => at))]);
    expect(version.contested).toMatchObject({ conflicts: 1, reviews: 0 });
    expect(version.behind.passages).toBe(3);
  });

  it("a change on both sides that merges is to look over", async () => {
    const trust = built.copy();
    const overview = "Pupils follow goods.\n\nThey draw a map of the roads and rivers of England.";
    await trust.publish("spring", () =>
      trust.replace(`north/${PATHS.unit}`, TEXTS.overview, `${overview}\n\nThey talk.`),
    );
    await trust.ok("grimsby", ["rebase"]);
    await change(trust, "grimsby", PATHS.unit, "Pupils follow goods.", "Pupils follow herring.");
    await trust.publish("summer", () =>
      trust.replace(`north/${PATHS.unit}`, "They talk.", "They talk of it."),
    );
    const { contested } = await drift(trust);
    expect(contested).toEqual({ conflicts: 0, reviews: 1, passages: ["y8-trade#overview"] });
    await trust.json("grimsby", ["rebase", "--dry-run"], 0);
  });

  it("a conflict in a file that is no document is a decision too", async () => {
    const trust = built.copy();
    writeFileSync(trust.at("grimsby", "map.bin"), Buffer.from([0, 1]));
    await trust.commit("grimsby", "Ours");
    await trust.publish("spring", () => {
      writeFileSync(trust.at("north", "map.bin"), Buffer.from([0, 2]));
      cellsOnly(trust)();
    });
    expect(await drift(trust)).toMatchObject({
      status: "decision-needed",
      contested: { passages: ["map.bin"] },
    });
  });

  it("locked-changed before all else, also under a new heading and in a file with a space in its name", async () => {
    const trust = built.copy();
    const notes = "notes/wet room.md";
    await trust.publish("locks", () => {
      trust.write(
        "north/versions/north/rules.yaml",
        'rules:\n  - {passages: "unit@outcomes", leeway: none, because: "Common assessments"}\n  - {passages: "y8-trade#homework", leeway: none, because: "Agreed"}\n  - {passages: "notes/**#*", leeway: none, because: "Safety"}\n',
      );
      trust.write(`north/${notes}`, "# Wet room\n\nKeep the floor dry.\n");
    });
    await trust.ok("grimsby", ["rebase"]);
    expect(await drift(trust)).toMatchObject({ status: "adapted", breaches: { count: 0 } });
    trust.replace(`grimsby/${PATHS.unit}`, "Explain one cause", "Explain a cause");
    trust.replace(`grimsby/${PATHS.unit}`, "## Homework", "## Home work");
    trust.replace(`grimsby/${notes}`, "dry", "wet");
    trust.replace(`grimsby/${PATHS.unit}`, TEXTS.haven, `${TEXTS.haven} Twice.`);
    await trust.commit("grimsby", "Locked text");
    await trust.publishSpring();
    const { status, breaches, contested } = await drift(trust);
    expect(status).toBe("locked-changed");
    expect(contested.conflicts).toBeGreaterThan(0);
    expect([...breaches.passages].sort()).toEqual([
      "notes/wet%20room.md#wet-room",
      "y8-trade#home-work",
      "y8-trade@outcomes.o1",
    ]);
    expect(await trust.ok("grimsby", ["drift"])).toContain("Status: LOCKED TEXT CHANGED   3 locked passages");
  });

  it("no-starting-point: every figure null, said loudly, with the way out", async () => {
    const trust = built.copy();
    const path = "grimsby/versions/grimsby/version.yaml";
    trust.write(path, trust.read(path).replace(/commit: \w+/, `commit: ${"f".repeat(40)}`));
    await trust.commit("grimsby", "A base that is nowhere");
    const version = await drift(trust);
    expect(version).toMatchObject({ status: "no-starting-point", base: null, target: null, worst: [] });
    const { behind, diverged, undeclared, breaches, contested } = version;
    const numbers = [behind, diverged, undeclared, breaches, contested].flatMap((figure) =>
      Object.entries(figure),
    );
    for (const [name, value] of numbers)
      expect(value, name).toEqual(name === "passages" && Array.isArray(value) ? [] : null);
    const text = await trust.ok("grimsby", ["drift", "--exit-code"], 1);
    expect(text).toContain("NO STARTING POINT");
    expect(text).toContain("leeway fetch");
  });
});

describe("taken by any road is not behind", () => {
  const roads: Record<string, (trust: Trust, commit: string) => Promise<unknown>> = {
    "a squash merge": async (trust) => {
      await trust.run("grimsby", ["merge", "--squash", "upstream/main"]);
      await trust.run("grimsby", ["commit", "-qm", "Squashed"]);
    },
    "a cherry-pick": (trust, commit) => trust.run("grimsby", ["cherry-pick", commit]),
    "copied files": async (trust) => {
      await trust.run("grimsby", ["checkout", "upstream/main", "--", PATHS.cells]);
      await trust.run("grimsby", ["commit", "-qm", "Copied"]);
    },
    "a plain merge": (trust) => trust.run("grimsby", ["merge", "-q", "--no-edit", "upstream/main"]),
  };
  for (const [name, road] of Object.entries(roads)) {
    it(name, async () => {
      const trust = built.copy();
      const commit = await trust.publish("spring", () => {
        cellsOnly(trust)();
        trust.replace(`north/${PATHS.cells}`, "\n## Homework\n\nDraw a cell.\n", "");
      });
      await road(trust, commit);
      expect(await drift(trust)).toMatchObject({
        status: "adapted",
        behind: { passages: 0, words: 0, editions: 0 },
        diverged: { passages: 1, words: 5 },
        contested: { conflicts: 0, reviews: 0 },
      });
      expect(await trust.ok("grimsby", ["diff", "--stat"])).not.toContain("y7-cells");
    });
  }

  it("and what came after it is counted from there", async () => {
    const trust = built.copy();
    await trust.publish("spring", cellsOnly(trust));
    await roads["copied files"]?.(trust, "");
    await trust.publish("summer", () => trust.replace(`north/${PATHS.cells}`, "cheek cell.", "leaf cell."));
    expect(await drift(trust)).toMatchObject({
      status: "update-waiting",
      behind: { passages: 1, words: 1 },
      diverged: { passages: 1, words: 5 },
    });
  });
});

describe("holds and what lies behind", () => {
  it("counts what is held beside the rest, until its day has passed", async () => {
    const trust = built.copy();
    await trust.publish("spring", cellsOnly(trust));
    await trust.ok("grimsby", [
      "hold",
      "y7-cells#practical",
      "--why",
      "No microscopes yet",
      "--until",
      "2099-07-31",
    ]);
    expect(await drift(trust)).toMatchObject({
      status: "adapted",
      behind: { passages: 0, words: 0, held: 1 },
    });
    await trust.ok("grimsby", ["rebase"]);
    expect(await drift(trust)).toMatchObject({ behind: { passages: 0, editions: 0, held: 1 } });
    const file = "grimsby/versions/grimsby/version.yaml";
    trust.write(file, trust.read(file).replace("2099-07-31", "2020-07-31"));
    await trust.commit("grimsby", "The hold has passed");
    // What waits came with an edition that this version builds on otherwise.
    expect(await drift(trust)).toMatchObject({
      status: "update-waiting",
      behind: { passages: 1, editions: 1, oldest: expect.any(String), held: 0 },
    });
  });

  it("does not say that nothing differs where something is held", async () => {
    const trust = built.copy();
    await trust.publish("spring", cellsOnly(trust));
    await trust.ok("grimsby", ["hold", "y7-cells#practical", "--why", "No microscopes yet"]);
    trust.replace(`grimsby/${PATHS.unit}`, TEXTS.haven, TEXTS.caseStudy);
    await trust.commit("grimsby", "The market after all");
    const told = (await trust.ok("grimsby", ["drift"])).replace(/\s+/g, " ");
    expect(told).toContain("Status: SAME AS UPSTREAM nothing changed here; 1 passage held back");
  });

  it("next older than the base leaves nothing behind, and is said", async () => {
    const trust = built.copy();
    await trust.publish("spring", cellsOnly(trust));
    await trust.ok("grimsby", ["rebase"]);
    await trust.run("north", ["branch", "-f", "group/all", "edition/north/autumn"]);
    await trust.ok("grimsby", ["fetch"]);
    expect(await drift(trust)).toMatchObject({
      status: "adapted",
      olderNext: true,
      base: { edition: "spring" },
      target: { edition: "autumn" },
      behind: { passages: 0, words: 0, editions: 0 },
      diverged: { passages: 1, words: 5 },
    });
    expect((await trust.ok("grimsby", ["drift"])).replace(/\s+/g, " ")).toContain(
      "autumn is older than what this version builds on",
    );
  });
});

describe("against a farther layer", () => {
  const why = ["--for", "place", "--why", "The ports of the north matter most here."];
  const against = (trust: Trust) => drift(trust, "grimsby", "--against", "centre", "--why");
  const owners = async (trust: Trust, at: string) =>
    (await against(trust)).passages?.find((passage) => passage.at === at);

  it("names who owns each difference, explained only where every step is", async () => {
    const trust = built.copy();
    // The region explains its change of the writing task, and leaves its homework without a reason.
    trust.replace(`north/${PATHS.unit}`, TEXTS.writing, "Pupils write one long answer about ports.");
    await trust.ok("north", ["adapt", "y8-trade#writing", ...why]);
    await trust.publish("spring", () =>
      trust.replace(`north/${PATHS.unit}`, TEXTS.homework, "Ask at home who has worked in a port."),
    );
    await trust.ok("grimsby", ["rebase"]);
    expect(await drift(trust)).toMatchObject({
      against: "north",
      status: "adapted",
      diverged: { passages: 1 },
    });

    const far = await against(trust);
    expect(far).toMatchObject({
      against: "centre",
      base: { edition: "autumn" },
      diverged: { passages: 3 },
      undeclared: { passages: 1 },
    });
    expect(await owners(trust, CASE)).toMatchObject({ owners: ["grimsby"], figure: "diverged" });
    expect(await owners(trust, "y8-trade#writing")).toMatchObject({ owners: ["north"], figure: "diverged" });
    expect(await owners(trust, HOMEWORK)).toMatchObject({ owners: ["north"], figure: "undeclared" });

    // The school changes the region's writing task as well: both own it, and it is explained when both explain it.
    await change(trust, "grimsby", PATHS.unit, "about ports", "about docks");
    expect(await owners(trust, "y8-trade#writing")).toMatchObject({
      owners: ["north", "grimsby"],
      figure: "undeclared",
    });
    await trust.ok("grimsby", [
      "adapt",
      "y8-trade#writing",
      "--for",
      "place",
      "--why",
      "Families here work on the docks.",
    ]);
    expect(await owners(trust, "y8-trade#writing")).toMatchObject({
      owners: ["north", "grimsby"],
      figure: "diverged",
    });
    // A reason of the school does not stand in for the region's.
    await change(trust, "grimsby", PATHS.unit, "worked in a port", "worked in a haven");
    await trust.ok("grimsby", [
      "adapt",
      HOMEWORK,
      "--for",
      "place",
      "--why",
      "Families here work on the docks.",
    ]);
    expect(await owners(trust, HOMEWORK)).toMatchObject({
      owners: ["north", "grimsby"],
      figure: "undeclared",
    });
  });

  it("counts a passage that the centre locked once, whoever changed it", async () => {
    const trust = built.copy();
    trust.write(
      "centre/versions/centre/rules.yaml",
      'default: reason\nrules:\n  - {passages: "unit@outcomes", leeway: none, because: "Common assessments"}\n',
    );
    await trust.commit("centre", "Lock the outcomes");
    await trust.release("centre", "locks");
    await trust.ok("north", ["fetch"]);
    await trust.ok("north", ["rebase"]);
    await trust.publish("spring", () =>
      trust.replace(`north/${PATHS.unit}`, "Explain one cause", "Explain a cause"),
    );
    await trust.ok("grimsby", ["rebase"]);
    expect(await drift(trust)).toMatchObject({ breaches: { count: 0 }, status: "adapted" });
    expect(await against(trust)).toMatchObject({
      status: "locked-changed",
      breaches: { count: 1, passages: ["y8-trade@outcomes.o1"] },
    });
    expect(await owners(trust, "y8-trade@outcomes.o1")).toMatchObject({ owners: ["north"] });
  });

  it("measures what is held from where it was held, through all layers", async () => {
    const trust = built.copy();
    const explained = await against(trust);
    // The region does not take the centre's writing task, the school not the region's overview and homework.
    await change(trust, "centre", PATHS.unit, TEXTS.writing, "Pupils write two long answers about causes.");
    await change(trust, "centre", PATHS.unit, TEXTS.overview, "Pupils follow goods along all the roads.");
    await change(trust, "centre", PATHS.wool, "Weigh a sack.", "Weigh two sacks.");
    await trust.release("centre", "spring");
    await trust.ok("north", ["fetch"]);
    await trust.ok("north", ["hold", "y8-trade#writing", "--why", "One answer is enough this year."]);
    await trust.ok("north", ["rebase"]);
    await trust.publish("spring", () =>
      trust.replace(`north/${PATHS.unit}`, TEXTS.homework, "Ask at home who has worked in a port."),
    );
    await trust.ok("grimsby", ["hold", "y8-trade", "--why", "Year 8 are in the middle of it."]);
    await trust.ok("grimsby", ["rebase"]);
    expect(await drift(trust)).toMatchObject({ status: "adapted", behind: { passages: 0, held: 2 } });

    const far = await against(trust);
    expect(far).toMatchObject({
      status: "adapted",
      base: { edition: "spring" },
      behind: { passages: 0, held: 2 },
      diverged: explained.diverged,
      undeclared: { passages: 0 },
    });
    expect(await owners(trust, CASE)).toMatchObject({ owners: ["grimsby"], figure: "diverged" });

    // What the school changes of it is the school's alone: the region's own change has not come here.
    await change(trust, "grimsby", PATHS.unit, TEXTS.homework, "Ask at home who has worked on a boat.");
    expect(await owners(trust, HOMEWORK)).toMatchObject({ owners: ["grimsby"], figure: "undeclared" });
  });

  it("knows only the layers above", async () => {
    const ran = await built.leeway("grimsby", ["drift", "--against", "solent"]);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain("leeway drift --against north");
    expect(ran.err).toContain("leeway drift --against centre");
  });
});

describe("what programs read", () => {
  it("has the fields of the contract", async () => {
    const json = await built.json<DriftJson>("grimsby", ["drift"]);
    const reference = { commit: expect.stringMatching(/^[0-9a-f]{40}$/), edition: "autumn" };
    const number = expect.any(Number);
    expect(json).toMatchObject({
      schema: "leeway/drift/1",
      metric: 1,
      checked: 1,
      unchanged: 0,
      unreachable: 0,
      skipped: 0,
    });
    expect(json.versions[0]).toMatchObject({
      id: "grimsby",
      name: "Harbour Academy Grimsby",
      layer: "school",
      against: "north",
      base: reference,
      target: reference,
      status: "adapted",
      behind: { passages: number, words: number, of: number, editions: number, oldest: null, held: number },
      diverged: { passages: number, words: number, of: number, order: number, structure: number },
      undeclared: { passages: number, words: number, of: number },
      breaches: { count: number, passages: [] },
      contested: { conflicts: number, reviews: number, passages: [] },
      worst: [{ at: CASE, words: number, why: "Haven" }],
    });
  });

  it("is the same with the cache, without it, and where there can be none", async () => {
    const trust = built.copy();
    await trust.publishSpring();
    const cache = trust.at("grimsby", ".git", "leeway", "cache");
    rmSync(cache, { recursive: true, force: true });
    const first = await trust.json("grimsby", ["drift"]);
    expect(await trust.json("grimsby", ["drift"])).toEqual(first);
    rmSync(cache, { recursive: true });
    writeFileSync(cache, "not a folder");
    expect(await trust.json("grimsby", ["drift"])).toEqual(first);
    rmSync(cache);
    mkdirSync(cache);
    writeFileSync(trust.at("grimsby", ".git", "leeway", "cache", "documents-1"), "broken\n\0 1 2\n");
    expect(await trust.json("grimsby", ["drift"])).toEqual(first);
  });
});
