import { beforeAll, describe, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "../e2e/three-layers.ts";

/** A version may not choose what it is judged by; whoever looks at it names such an edit. */

let built: Trust;
/** The autumn edition, which the school builds on, and the spring one, which it has taken. */
let autumn: string;
let spring: string;
beforeAll(async () => {
  built = (await Trust.build()).copy();
  await built.run(".", ["init", "-q", "--bare", "home.git"]);
  await built.run("grimsby", ["remote", "add", "origin", "../home.git"]);
  await built.ok("north", ["versions", "add", "../grimsby"]);
  await built.ok("centre", ["versions", "add", "../north"]);
  built.write(
    "grimsby/versions/grimsby/rules.yaml",
    'rules:\n  - {passages: "unit#practice", leeway: none, because: "Ours are taught alike"}\n',
  );
  await built.commit("grimsby", "What holds at this school");
  autumn = await built.head("north");
  spring = await built.publish("spring", () =>
    built.replace(`north/${PATHS.cells}`, TEXTS.practical, "Look at a cheek cell."),
  );
});

const FILE = "versions/grimsby/version.yaml";

const practise = (trust: Trust): void =>
  trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sail cloth.");

/** Each edit, and how it is named. */
const EDITS: readonly (readonly [name: string, edit: (trust: Trust) => void, path: string, says: string])[] =
  [
    [
      "its base, on to an edition that it does not take",
      (trust) => {
        trust.write(
          `grimsby/${FILE}`,
          trust.read(`grimsby/${FILE}`).replace(/commit: \w+/, `commit: ${spring}`),
        );
      },
      FILE,
      "nothing of that update was taken",
    ],
    [
      "its upstream's url",
      (trust) =>
        trust.write(
          `grimsby/${FILE}`,
          trust.read(`grimsby/${FILE}`).replace(/url: [^,}\n]+/, "url: ../mine"),
        ),
      FILE,
      "names north (../mine, main) as upstream, not north (../north, main) as before",
    ],
    [
      "its rules, and a passage that they locked",
      (trust) => {
        trust.write(
          "grimsby/versions/grimsby/rules.yaml",
          'rules:\n  - {passages: "unit#practice", leeway: free}\n',
        );
        practise(trust);
      },
      "versions/grimsby/rules.yaml",
      "was loosened for",
    ],
    [
      "an inherited folder",
      (trust) => trust.write("grimsby/versions/centre/rules.yaml", "default: free\n"),
      "versions/centre/rules.yaml",
      "belongs to centre, and was edited here",
    ],
  ];

interface StatusJson {
  readonly edits: readonly { path: string; message: string; since: string }[];
}

interface SurveyJson {
  readonly versions: readonly { id: string; remarks: readonly string[] }[];
}

const edits = async (trust: Trust): Promise<StatusJson["edits"]> =>
  (await trust.json<StatusJson>("grimsby", ["status"])).edits;

async function remarks(trust: Trust): Promise<readonly string[]> {
  await trust.ok("centre", ["versions", "sync"]);
  const { versions } = await trust.json<SurveyJson>("centre", ["drift", "--all"]);
  return versions.find(({ id }) => id === "grimsby")?.remarks ?? [];
}

describe.each(EDITS)("a version that edits %s", (_, edit, path, says) => {
  test("is named by status, check and drift --all", async () => {
    const trust = built.copy();
    await trust.run("grimsby", ["push", "-q", "origin", "main"]);
    expect(await edits(trust)).toEqual([]);
    expect(await remarks(trust)).toEqual([]);
    edit(trust);
    // Unsaved, and saved as long as it has not been sent home.
    for (const save of [false, true]) {
      if (save) await trust.commit("grimsby", "A change");
      const [named, ...more] = await edits(trust);
      expect([named?.path, named?.message, more]).toEqual([path, expect.stringContaining(says), []]);
      const status = (await trust.ok("grimsby", ["status"])).replace(/\s+/g, " ");
      expect(status).toContain("EDITED HERE: what this version is judged by");
      expect(status).toMatch(/Next: git diff \S+ -- /);
      expect(status).not.toContain("Nothing to do.");
    }
    const checked = await trust.leeway("grimsby", ["check", "--since", "origin/main", "--json"]);
    expect(checked.code).toBe(1);
    const { findings } = JSON.parse(checked.out) as { findings: { check: string; path: string }[] };
    expect(findings.filter(({ check }) => /judge-changed|foreign-folder/.test(check))).toEqual([
      expect.objectContaining({ path }),
    ]);
    expect(await remarks(trust)).toEqual([expect.stringContaining(says)]);
    expect((await trust.ok("centre", ["drift", "--all"])).replace(/\s+/g, " ")).toContain(says);
  });
});

describe.each(EDITS)("a version without a home that edits %s", (_, edit, path, says) => {
  test("is named by status until it is put right", async () => {
    const trust = built.copy();
    await trust.run("grimsby", ["remote", "remove", "origin"]);
    expect(await edits(trust)).toEqual([]);
    const before = await trust.head("grimsby");
    edit(trust);
    await trust.commit("grimsby", "A change");
    await trust.run("grimsby", ["commit", "-q", "--allow-empty", "-m", "Another"]);
    const [named, ...more] = await edits(trust);
    expect([named?.path, named?.message, more]).toEqual([path, expect.stringContaining(says), []]);
    expect(await trust.run("grimsby", ["diff", String(named?.since), "--", path])).not.toBe("");
    await trust.run("grimsby", ["checkout", "-q", before, "--", path]);
    expect(await edits(trust)).toEqual([]);
    await trust.commit("grimsby", "As it was");
    expect(await edits(trust)).toEqual([]);
  });
});

test("a base that goes back is named where ancestry does not contradict it", async () => {
  const trust = built.copy();
  await trust.ok("grimsby", ["rebase"]);
  // As a host squashes an update: its content, and no second parent.
  const tree = await trust.run("grimsby", ["rev-parse", "HEAD^{tree}"]);
  const squashed = await trust.run("grimsby", [
    "commit-tree",
    tree,
    "-p",
    "HEAD^1",
    "-m",
    "Spring, squashed",
  ]);
  await trust.run("grimsby", ["reset", "-q", "--hard", squashed]);
  await trust.run("grimsby", ["push", "-q", "origin", "main"]);
  expect(await remarks(trust)).toEqual([]);
  const text = trust.read(`grimsby/${FILE}`);
  trust.write(`grimsby/${FILE}`, text.replace(/commit: \w+/, `commit: ${autumn}`));
  expect(await edits(trust)).toEqual([
    expect.objectContaining({ message: expect.stringContaining("takes the base back") }),
  ]);
  await trust.commit("grimsby", "Back");
  expect(await edits(trust)).toHaveLength(1);
  expect((await trust.leeway("grimsby", ["check", "--since", "origin/main"])).out).toContain(
    "takes the base back",
  );
  expect(await remarks(trust)).toEqual([expect.stringContaining("takes the base back")]);
  // Put right, it is not told any more.
  trust.write(`grimsby/${FILE}`, text);
  await trust.commit("grimsby", "As it was");
  expect([await edits(trust), await remarks(trust)]).toEqual([[], []]);
});

test("what rebase, undo after a push, save and an honest merge do is named by nobody", async () => {
  const trust = built.copy();
  const quiet = async (since: string): Promise<void> => {
    expect(await edits(trust)).toEqual([]);
    expect(await remarks(trust)).toEqual([]);
    const checked = await trust.leeway("grimsby", ["check", "--since", since]);
    expect(checked.out).not.toMatch(/judge-changed|foreign-folder/);
  };
  await trust.run("grimsby", ["push", "-q", "origin", "main"]);
  await trust.ok("grimsby", ["rebase"]);
  await quiet("origin/main");
  await trust.run("grimsby", ["push", "-q", "origin", "main"]);
  await quiet("HEAD~1");
  await trust.ok("grimsby", ["undo"]);
  await quiet("origin/main");
  await trust.run("grimsby", ["push", "-q", "origin", "main"]);
  await trust.ok("grimsby", ["rebase"]);
  await quiet("origin/main");
  const merged = built.copy();
  await merged.run("grimsby", ["push", "-q", "origin", "main"]);
  await merged.run("grimsby", ["merge", "-q", "--no-edit", spring]);
  expect([await edits(merged), await remarks(merged)]).toEqual([[], []]);
});
