import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";
import { BIN } from "./trust.ts";

const AT = "y8-trade#case-study";
const PRACTICAL = "y7-cells#practical";

interface DecisionsJson {
  readonly schema: string;
  readonly operation: string;
  readonly open: number;
  readonly settled: number;
  readonly note: string | null;
  readonly byHand: readonly string[];
  readonly decisions: readonly {
    readonly number: number;
    readonly at: string;
    readonly line: number | null;
    readonly why: string | null;
    readonly ours: string | null;
    readonly theirs: string | null;
    readonly choices: readonly {
      readonly take: string;
      readonly means: string;
      readonly text: string | null;
    }[];
    readonly beside: { readonly before: string | null; readonly after: string | null } | null;
  }[];
}

let built: Trust;
beforeAll(async () => {
  built = await Trust.build();
  built.replace(`grimsby/${PATHS.cells}`, TEXTS.practical, "Look at an onion from the allotment.");
  await built.ok("grimsby", ["adapt", PRACTICAL, "--for", "place", "--why", "We have an allotment."]);
  await built.publish("spring", () => {
    built.replace(
      `north/${PATHS.unit}`,
      TEXTS.caseStudy,
      `${TEXTS.spring}\n\nAsk who kept the accounts of the market.`,
    );
    built.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at an onion skin and at a cheek cell.");
  });
});

async function stopped(): Promise<Trust> {
  const trust = built.copy();
  await trust.ok("grimsby", ["rebase"], 3);
  return trust;
}

const list = (trust: Trust): Promise<DecisionsJson> => trust.json("grimsby", ["resolve", "--list"]);

/** What a file would be with other texts in place of those that are contested, every other byte as it is. */
function withTexts(marked: string, ...texts: string[]): string {
  const queue = [...texts];
  return marked.replace(/<<<<<<< [\s\S]*?>>>>>>> .*\n/g, () => queue.shift() ?? "");
}

async function given(trust: Trust, args: readonly string[], input: string): Promise<number> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: trust.at("grimsby"),
      env: { ...process.env, HOME: trust.at("home"), XDG_CONFIG_HOME: trust.at("home") },
      stdio: ["pipe", "ignore", "ignore"],
    });
    child.stdin.end(input);
    child.on("close", (code) => done(code ?? 255));
  });
}

describe("by flags", () => {
  test("the list is data: place, both texts, the reason, the note, what can be taken, what came beside it", async () => {
    const trust = await stopped();
    const found = await list(trust);
    expect(found).toMatchObject({
      schema: "leeway/decisions/1",
      operation: "update",
      open: 2,
      note: "What is new in spring",
    });
    expect(found.decisions.map(({ number, at }) => [number, at])).toEqual([
      [1, AT],
      [2, PRACTICAL],
    ]);
    const [first] = found.decisions;
    const lines = trust.read("grimsby", PATHS.unit).split("\n");
    expect(lines[(first?.line ?? 0) - 1]).toContain("<<<<<<< ");
    expect(first?.why).toBe("Families here work on the docks.");
    expect(first?.choices.map(({ take }) => take)).toEqual(
      expect.arrayContaining(["upstream", "local", "both", "both-upstream-first"]),
    );
    expect(first?.beside?.after).toContain("accounts of the market");
    expect(first?.beside?.before).not.toContain("accounts of the market");
  });

  test.each([
    ["upstream", `${TEXTS.spring}\n`],
    ["local", `${TEXTS.haven}\n`],
    ["both", `${TEXTS.haven}\n\n${TEXTS.spring}\n`],
    ["both-upstream-first", `${TEXTS.spring}\n\n${TEXTS.haven}\n`],
  ])(
    "--take %s: nothing beyond the passage changes by a byte, and --undo brings every byte back",
    async (take, text) => {
      const trust = await stopped();
      const marked = trust.read("grimsby", PATHS.unit);
      const before = await trust.everything();
      const said = await trust.ok("grimsby", ["resolve", AT, "--take", take], 3);
      expect(said).toContain("| ");
      expect(trust.read("grimsby", PATHS.unit)).toBe(withTexts(marked, text));
      await trust.ok("grimsby", ["resolve", AT, "--undo"], 3);
      expect(await trust.everything()).toBe(before);
    },
  );

  test("a dry run shows the result and changes nothing", async () => {
    const trust = await stopped();
    const before = await trust.everything();
    const said = await trust.ok("grimsby", ["resolve", "2", "--take", "local", "--dry-run"], 3);
    expect(said).toContain("| Look at an onion from the allotment.");
    expect(said).toContain("Nothing was changed.");
    expect(await trust.everything()).toBe(before);
  });

  test("a text of one's own, from standard input; one with a marker line left is refused, and nothing changes", async () => {
    const trust = await stopped();
    const marked = trust.read("grimsby", PATHS.unit);
    expect(await given(trust, ["resolve", "1", "--edit", "-"], marked)).toBe(2);
    expect(trust.read("grimsby", PATHS.unit)).toBe(marked);
    expect(await given(trust, ["resolve", "1", "--edit", "-"], "The haven, as in 1348.")).toBe(3);
    expect(trust.read("grimsby", PATHS.unit)).toBe(withTexts(marked, "The haven, as in 1348.\n"));
  });

  test("by subject, hold with a day, one choice taken back while a later one stays", async () => {
    const trust = await stopped();
    const version = trust.read("grimsby", "versions/grimsby/version.yaml");
    const hold = ["--hold", "--why", "Mid-topic here", "--until", "2099-02-19"];
    await trust.ok("grimsby", ["resolve", "--subject", "science", ...hold], 3);
    expect(trust.read("grimsby", "versions/grimsby/version.yaml")).toContain("until: 2099-02-19");
    await trust.ok("grimsby", ["resolve", "--subject", "history", "--take", "upstream"]);
    await trust.ok("grimsby", ["resolve", PRACTICAL, "--undo"], 3);
    expect(trust.read("grimsby", "versions/grimsby/version.yaml")).toBe(version);
    expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.spring);
    expect((await list(trust)).decisions.map(({ at }) => at)).toEqual([PRACTICAL]);
  });

  test("edited by hand since a choice was made: it is not taken back over that", async () => {
    const trust = await stopped();
    await trust.ok("grimsby", ["resolve", AT, "--take", "local"], 3);
    trust.replace(`grimsby/${PATHS.unit}`, TEXTS.writing, "Pupils write two answers.");
    const undone = await trust.leeway("grimsby", ["resolve", "--undo"]);
    expect([undone.code, undone.err]).toEqual([2, expect.stringContaining("edited since")]);
    expect(trust.read("grimsby", PATHS.unit)).toContain("Pupils write two answers.");
  });

  test("words that do not go together, or name nothing, are refused", async () => {
    const trust = await stopped();
    for (const args of [
      ["--take", "mine"],
      ["--take", "suggestion:9"],
      ["--take", "local", "--hold", "--why", "x"],
      ["--why", "x"],
      ["--hold"],
      ["--edit", "no-such-file"],
      ["y9-nothing", "--take", "local"],
      ["--undo"],
    ]) {
      const ran = await trust.leeway("grimsby", ["resolve", ...args]);
      expect([args.join(" "), ran.code]).toEqual([args.join(" "), 2]);
    }
  });
});

test("what upstream added beside a contested place is taken, and the reason asks for a second look", async () => {
  const trust = await stopped();
  await trust.ok("grimsby", ["resolve", "--take", "local"]);
  const said = await trust.json("grimsby", ["rebase", "--continue"]);
  expect(trust.read("grimsby", PATHS.unit)).toContain("Ask who kept the accounts of the market.");
  expect(Object.fromEntries(said.adaptations.map(({ id, outcome }) => [id, outcome]))).toMatchObject({
    "grimsby/haven": "review",
  });
  expect(trust.read("grimsby", "versions/grimsby/adaptations/haven.yaml")).toContain("since: spring");
});

test("two decisions in one passage are two: the second stays open when the first is made", async () => {
  const trust = built.copy();
  const text = `${TEXTS.overview}\n\nThey carried wool.\n\nThey sold wine.`;
  await trust.publish("summer", () => trust.replace(`north/${PATHS.unit}`, TEXTS.overview, text));
  await trust.ok("grimsby", ["rebase"], 3);
  await trust.ok("grimsby", ["resolve", "--take", "local"]);
  await trust.ok("grimsby", ["rebase", "--continue"]);
  trust.replace(`grimsby/${PATHS.unit}`, "They carried wool.", "They carried herring.");
  trust.replace(`grimsby/${PATHS.unit}`, "They sold wine.", "They sold salt.");
  await trust.ok("grimsby", ["adapt", "y8-trade#overview", "--for", "place", "--why", "A fishing town."]);
  await trust.publish("later", () => {
    trust.replace(`north/${PATHS.unit}`, "They carried wool.", "They carried raw wool.");
    trust.replace(`north/${PATHS.unit}`, "They sold wine.", "They sold red wine.");
  });
  await trust.ok("grimsby", ["rebase"], 3);
  expect((await list(trust)).open).toBe(2);
  await trust.ok("grimsby", ["resolve", "1", "--take", "local"], 3);
  expect((await list(trust)).decisions.map(({ number }) => number)).toEqual([2]);
  await trust.ok("grimsby", ["resolve", "2", "--take", "upstream"]);
  await trust.ok("grimsby", ["resolve", "1", "--undo"], 3);
  expect((await list(trust)).decisions.map(({ number }) => number)).toEqual([1]);
  expect(trust.read("grimsby", PATHS.unit)).toContain("They sold red wine.");
});

describe("a conflict that Git's own command left", () => {
  test("git merge: found by the stages, settled passage by passage, taken back, finished by git commit", async () => {
    const trust = built.copy();
    expect((await trust.git("grimsby", ["merge", "upstream/main"])).code).toBe(1);
    const left = await trust.everything();
    const status = await trust.ok("grimsby", ["status"]);
    expect(status).toContain("git merge, which Leeway did not start");
    expect(status).toMatch(/Next: leeway resolve .*\n\s+git merge --abort/);
    const found = await list(trust);
    expect(found).toMatchObject({ operation: "merge", open: 2 });
    expect(found.decisions[0]).toMatchObject({ ours: `${TEXTS.haven}\n`, theirs: `${TEXTS.spring}\n` });
    expect(await trust.everything()).toBe(left);
    const git = trust.read("grimsby", PATHS.unit);
    await trust.ok("grimsby", ["resolve", AT, "--take", "local"], 3);
    await trust.ok("grimsby", ["undo"]);
    expect(trust.read("grimsby", PATHS.unit)).toBe(git);
    await trust.ok("grimsby", ["resolve", AT, "--take", "local"], 3);
    expect(await trust.ok("grimsby", ["resolve", "--take", "upstream"])).toContain("Next: git commit");
    expect(await trust.ok("grimsby", ["status"])).toMatch(/everything is settled[\s\S]*Next: git commit/);
    await trust.run("grimsby", ["commit", "-q", "--no-edit"]);
    expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.haven);
    expect(trust.read("grimsby", PATHS.cells)).toContain("cheek cell");
    expect((await trust.leeway("grimsby", ["resolve"])).err).toContain("Nothing is waiting");
    await trust.leeway("grimsby", ["save"]);
    expect(existsSync(trust.at("grimsby/.git/leeway/conflict.json"))).toBe(false);
  });

  test("git rebase swaps the sides: local is still this version", async () => {
    const trust = built.copy();
    expect((await trust.git("grimsby", ["rebase", "upstream/main"])).code).toBe(1);
    const found = await list(trust);
    expect(found.operation).toBe("rebase");
    expect(found.decisions[0]).toMatchObject({ ours: `${TEXTS.haven}\n`, theirs: `${TEXTS.spring}\n` });
    expect(await trust.ok("grimsby", ["resolve", "--take", "local"])).toContain(
      "Next: git -c core.editor=true rebase --continue",
    );
    expect(trust.read("grimsby", PATHS.unit)).toContain(TEXTS.haven);
    expect(trust.read("grimsby", PATHS.unit)).not.toContain(TEXTS.spring);
  });

  test("a file that somebody settles in an editor is left alone; one that is put back is asked about again", async () => {
    const trust = built.copy();
    await trust.git("grimsby", ["merge", "upstream/main"]);
    const git = trust.read("grimsby", PATHS.unit);
    trust.write(`grimsby/${PATHS.unit}`, git.replace("<<<<<<<", "Mine.\n<<<<<<<"));
    expect(await list(trust)).toMatchObject({ open: 1, byHand: [PATHS.unit] });
    await trust.run("grimsby", ["checkout", "--merge", "--", PATHS.unit]);
    expect(await list(trust)).toMatchObject({ open: 2, byHand: [] });
  });

  test("removed against edited, whole files: each side's own words, and no sum of the two", async () => {
    const trust = built.copy();
    await trust.run("north", ["rm", "-q", PATHS.cells]);
    await trust.commit("north", "Cells are left out");
    await trust.run("grimsby", ["fetch", "-q", "upstream"]);
    await trust.git("grimsby", ["merge", "upstream/main"]);
    const found = await list(trust);
    const cells = found.decisions.find(({ at }) => at === "y7-cells");
    expect(cells?.choices.map(({ take, means }) => [take, means])).toEqual([
      ["upstream", "leave the document out"],
      ["local", "keep the document: this version's text"],
    ]);
    await trust.ok("grimsby", ["resolve", "y7-cells", "--take", "upstream"], 3);
    expect(existsSync(trust.at("grimsby", PATHS.cells))).toBe(false);
    await trust.ok("grimsby", ["resolve", "y7-cells", "--undo"], 3);
    expect(trust.read("grimsby", PATHS.cells)).toContain("allotment");
  });
});
