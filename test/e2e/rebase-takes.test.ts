import { expect, test } from "vitest";
import { Joined, lesson, rulesOf } from "./joined.ts";

const WHY = ["--for", "place", "--why", "The docks are next door."];

/** Both sides have changed the same passages; the version says whose they are. */
async function contested(takes: string, rules = ""): Promise<Joined> {
  const trust = await Joined.of({
    "wool.md": lesson("wool", "wool"),
    "salt.md": lesson("salt", "salt"),
    "_layouts/page.html": "<p>one</p>\n<p>two</p>\n<p>three</p>\n<p>four</p>\n",
    ...(rules === "" ? {} : { "versions/up/version.yaml": "id: up\nname: The Centre\nlayer: central\n" }),
    ...(rules === "" ? {} : { "versions/up/rules.yaml": rules }),
  });
  const file = "own/versions/own/version.yaml";
  trust.write(file, `${trust.read(file)}takes:\n${takes}`);
  for (const name of ["wool", "salt"]) {
    trust.replace(`own/${name}.md`, "Recall what you know", "Go to the docks and recall what you know");
    trust.replace(`up/${name}.md`, "Recall what you know", "Say aloud what you know");
    trust.replace(`up/${name}.md`, "Ask at home", "Ask your family");
  }
  trust.replace("own/_layouts/page.html", "four", "vier");
  trust.replace("up/_layouts/page.html", "one", "un");
  return trust;
}

test("takes.ours: this version's passage stays, its reason is to be looked at, and upstream's words are told", async () => {
  const trust = await contested(`  ours: ["wool#starter"]\n`);
  await trust.ok("own", ["adapt", "wool#starter", ...WHY]);
  await trust.ready();
  const { conflicts, dropped } = await trust.json(["rebase"], 3);
  expect(conflicts.map(({ at }) => at)).toEqual(["salt#starter"]);
  expect(dropped).toEqual([{ at: "wool#starter", reason: expect.stringContaining("takes.ours") }]);
  await trust.settle(["salt", "--take", "upstream"]);
  expect(trust.read("own/wool.md")).toContain("Go to the docks");
  expect(trust.read("own/wool.md")).toContain("Ask your family");
  expect(trust.read("own/versions/own/adaptations/wool-starter.yaml")).toContain("review:");
  expect(await trust.ok("own", ["status"])).toContain("1 reason to look over");
  const told = await trust.account();
  const entry = told.documents.find(({ path }) => path === "wool.md")?.entries[0];
  expect(entry).toMatchObject({ at: "wool#starter", rule: "takes-ours" });
  expect(entry?.text).toContain("Say aloud what you know of wool.");
});

test("takes.ours for a whole document, and never for a locked passage", async () => {
  const rules =
    'default: reason\nrules:\n  - {passages: "wool#starter", leeway: none, because: "Common in every school"}\n';
  const trust = await contested('  ours: ["*.md"]\n', rules);
  await trust.ready();
  const { conflicts } = await trust.json(["rebase"], 3);
  expect(conflicts.map(({ at }) => at)).toEqual(["wool#starter"]);
  expect(trust.read("own/salt.md")).toContain("Go to the docks");
  expect(trust.read("own/salt.md")).toContain("Ask your family");
});

test("takes.upstream: the file is upstream's, and what stood here is in the account", async () => {
  const trust = await contested('  upstream: ["_layouts/**"]\n  ours: ["*.md"]\n');
  await trust.ready();
  const { outcome, dropped } = await trust.json(["rebase"]);
  expect(outcome).toBe("clean");
  expect(dropped).toContainEqual({
    at: "_layouts/page.html",
    reason: expect.stringContaining("takes.upstream"),
  });
  expect(trust.read("own/_layouts/page.html")).toBe(trust.read("up/_layouts/page.html"));
  const entry = (await trust.account()).documents.find(({ path }) => path.startsWith("_layouts"))?.entries[0];
  expect(entry?.text).toContain("<p>vier</p>");
});

test.each([
  {
    what: "both sides changed",
    stops: [false, true],
    theirs: (trust: Joined) => trust.replace("up/wool.md", "Recall", "Then recall"),
  },
  {
    what: "upstream moved",
    stops: [false],
    theirs: async (trust: Joined) => {
      await trust.run("up", ["mv", "wool.md", "fleece.md"]);
      trust.replace("up/fleece.md", "Recall what", "Then recall what");
    },
  },
  {
    what: "upstream removed",
    stops: [false],
    theirs: (trust: Joined) => trust.run("up", ["rm", "-q", "wool.md"]),
  },
  {
    what: "upstream changed elsewhere and this version moved",
    stops: [true],
    ours: (trust: Joined) => trust.run("own", ["mv", "wool.md", "fleece.md"]),
    theirs: (trust: Joined) => trust.replace("up/wool.md", "Ask at home", "Ask your family"),
  },
])(
  "takes.upstream: the record of a text $what is retired as not kept, never as taken upstream",
  async (each) => {
    for (const stops of each.stops) {
      const trust = await Joined.of({ "wool.md": lesson("wool", "wool"), "salt.md": lesson("salt", "salt") });
      const file = "own/versions/own/version.yaml";
      trust.write(file, `${trust.read(file)}takes: {upstream: ["wool.md", "fleece.md"]}\n`);
      trust.replace("own/wool.md", "Recall what you know", "Go to the docks and recall what you know");
      await trust.ok("own", ["adapt", "wool#starter", ...WHY]);
      await each.ours?.(trust);
      await each.theirs(trust);
      for (const side of stops ? ["own", "up"] : [])
        trust.replace(`${side}/salt.md`, "Recall what", `Recall, ${side}, what`);
      await trust.ready();
      const { dropped } = await trust.json(["rebase"], stops ? 3 : 0);
      if (stops) await trust.settle(["salt", "--take", "local"]);
      else
        expect(dropped).toContainEqual(
          expect.objectContaining({ reason: expect.stringContaining("takes.upstream") }),
        );
      const record = trust.read("own/versions/own/adaptations/wool-starter.yaml");
      expect(record).toContain("status: retired");
      expect(record).not.toMatch(/taken|review/);
      const status = await trust.ok("own", ["status"]);
      expect(status).not.toMatch(/reason to (renew|look over)/);
    }
  },
);

test("takes.upstream: what upstream says too is taken, and a text that it left alone keeps its record", async () => {
  const trust = await Joined.of({ "wool.md": lesson("wool", "wool"), "salt.md": lesson("salt", "salt") });
  const file = "own/versions/own/version.yaml";
  trust.write(file, `${trust.read(file)}takes: {upstream: ["*.md"]}\n`);
  for (const name of ["wool", "salt"]) {
    trust.replace(`own/${name}.md`, "Recall what you know", "Go to the docks and recall what you know");
    await trust.ok("own", ["adapt", `${name}#starter`, ...WHY]);
  }
  trust.write("up/wool.md", trust.read("own/wool.md"));
  await trust.ready();
  await trust.json(["rebase"]);
  expect(trust.read("own/versions/own/adaptations/wool-starter.yaml")).toMatch(/upstream: "?taken: /);
  expect(trust.read("own/versions/own/adaptations/salt-starter.yaml")).toContain("status: active");
  expect(trust.read("own/salt.md")).toContain("Go to the docks");
});

test("files that run code are not taken before somebody has looked at them", async () => {
  const trust = await Joined.of({
    "wool.md": lesson("wool", "wool"),
    "package.json": "{}\n",
    "page.html": "<p>x</p>\n",
  });
  trust.write("up/.github/workflows/build.yml", "on: push\n");
  trust.write("up/tools/run", "#!/bin/sh\necho hello\n");
  trust.write("up/package.json", '{"scripts": {"postinstall": "echo hello"}}\n');
  trust.write("up/page.html", "<p>x</p>\n<script>alert(1)</script>\n");
  trust.write("up/plain.html", "<p>no script</p>\n");
  trust.replace("up/wool.md", "Ask at home", "Ask your family");
  await trust.ready();
  const before = await trust.run("own", ["rev-parse", "HEAD"]);
  const code = [".github/workflows/build.yml", "package.json", "page.html", "tools/run"];
  expect((await trust.json(["rebase", "--dry-run"])).code).toEqual(code);
  const refused = await trust.leeway("own", ["rebase"]);
  expect(refused.code).toBe(2);
  for (const path of code) expect(refused.err).toContain(path);
  expect(refused.err).toContain("leeway rebase --accept-code");
  expect(refused.err).not.toContain("plain.html");
  expect(await trust.run("own", ["rev-parse", "HEAD"])).toBe(before);
  expect(await trust.run("own", ["status", "--porcelain"])).toBe("");
  for (const [index, path] of [".github", "package.json", "page.html"].entries()) {
    await trust.ok("own", ["hold", path, "--why", `Not looked at yet, ${index}`]);
  }
  expect((await trust.json(["rebase", "--dry-run"])).code).toEqual(["tools/run"]);
  expect((await trust.json(["rebase", "--accept-code"])).code).toEqual(["tools/run"]);
  expect(trust.read("own/package.json")).toBe("{}\n");
});

test("the account: tried, stopped, taken with what was chosen, and none before the first update", async () => {
  const trust = await contested("  ours: []\n");
  await trust.commit("own", "Ours");
  expect((await trust.leeway("own", ["rebase", "--account"])).code).toBe(2);
  await trust.ready();
  const asked = { "wool#starter": "asked", "salt#starter": "asked" };
  expect(rulesOf(await trust.account(["--dry-run"], 1))).toEqual(asked);
  await trust.json(["rebase"], 3);
  expect(await trust.account()).toMatchObject({ state: "stopped" });
  expect(rulesOf(await trust.account())).toEqual(asked);
  await trust.ok("own", ["resolve", "wool", "--take", "local"], 3);
  await trust.settle(["salt", "--take", "upstream"]);
  const taken = await trust.account();
  expect(taken.state).toBe("taken");
  const chosen = taken.documents.map(({ path, entries }) => [path, entries[0]?.chosen]);
  expect(chosen).toEqual([
    ["salt.md", "upstream"],
    ["wool.md", "local"],
  ]);
  const said = await trust.ok("own", ["rebase", "--account"]);
  expect(said).toContain("you were asked; your text was kept");
  await trust.commit("own", "Something else since");
  expect(rulesOf(await trust.account())).toEqual(asked);
});
