import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CodeHost } from "../e2e/host.ts";
import { PIPELINE, packed, Runner, script, shellSteps, WORKFLOW } from "../e2e/jobs.ts";
import { PATHS, TEXTS, Trust } from "../e2e/three-layers.ts";
import type { Ran } from "../e2e/trust.ts";

let built: Trust;
let leeway: ReturnType<typeof packed>;
/** Where the release of Leeway lies. */
let releases: CodeHost;
const hosts: CodeHost[] = [];
beforeAll(async () => {
  built = (await Trust.build()).copy();
  leeway = packed(built.at("home"));
  releases = await startHost(built.at("."));
  await built.run(".", ["init", "-q", "--bare", "grimsby.git"]);
  await built.run("grimsby", ["remote", "add", "origin", "../grimsby.git"]);
  for (const folder of ["grimsby", "centre"]) await built.ok(folder, setUp());
  await built.ok("grimsby", ["push"]);
});
afterAll(() => {
  for (const host of hosts) host.stop();
});

function setUp(): string[] {
  const url = releases.serve("leeway.tgz", leeway.bytes);
  return ["ci", "init", "--github", "--gitlab", "--package", url, "--integrity", leeway.sha256];
}

async function startHost(home: string): Promise<CodeHost> {
  const host = await CodeHost.start(home);
  hosts.push(host);
  return host;
}

/** A school with a home on a host, and set up for it. */
interface Hosted {
  readonly trust: Trust;
  readonly host: CodeHost;
}

async function hosted(): Promise<Hosted> {
  const trust = built.copy();
  return { trust, host: await startHost(trust.at("grimsby.git")) };
}

/** The nightly job up to its proposal, from a fresh checkout. */
async function nightly({ trust, host }: Hosted): Promise<Ran> {
  const runner = new Runner(trust.root, host.github()).checkout(host.home);
  const steps = shellSteps(runner.read(WORKFLOW), "propose");
  const upTo = steps.findIndex(({ run }) => run?.includes("leeway ci update"));
  const ran = await runner.steps(steps.slice(0, upTo + 1));
  if (ran.code !== 0) throw new Error(ran.out + ran.err);
  return ran;
}

async function nightlyOnGitLab({ trust, host }: Hosted): Promise<Ran> {
  const runner = new Runner(trust.root, host.gitlab()).checkout(host.home);
  // A runner of GitLab stands on a commit, not on a branch.
  const text = `git checkout --quiet --detach\n${script(runner.read(PIPELINE), "leeway-propose")}`;
  const ran = await runner.run(text);
  if (ran.code !== 0) throw new Error(ran.out + ran.err);
  return ran;
}

/** North publishes an edition that does not touch what the school has changed. */
function publishCells(trust: Trust, edition = "spring"): Promise<string> {
  return trust.publish(edition, () =>
    trust.replace(`north/${PATHS.cells}`, TEXTS.practical, `Look at an onion skin, ${edition}.`),
  );
}

test("an edition that merges is proposed once, refreshed in place, and left to people who work on it", async () => {
  const school = await hosted();
  const { trust, host } = school;
  expect((await nightly(school)).out).toContain("Nothing newer is waiting");
  expect(host.writes).toEqual([]);

  await publishCells(trust);
  await nightly(school);
  const [pull] = host.open;
  expect(host.open).toHaveLength(1);
  expect(pull).toMatchObject({
    kind: "pull",
    title: "Take North region spring",
    from: "update/spring",
    into: "main",
  });
  expect(pull?.body).toContain("What is new in spring");
  expect(pull?.body).toContain("- Haven");
  const proposed = await trust.head("grimsby.git", "update/spring");
  expect(await trust.run("grimsby.git", ["log", "-1", "--format=%P", proposed])).toBe(
    `${await trust.head("grimsby")} ${await trust.head("north")}`,
  );
  const cells = await trust.run("grimsby.git", ["show", `update/spring:${PATHS.cells}`]);
  expect(cells).toContain("Look at an onion skin, spring.");
  expect(await trust.run("grimsby.git", ["show", `update/spring:${PATHS.unit}`])).toContain(TEXTS.haven);
  expect(await trust.run("grimsby.git", ["show", "update/spring:versions/grimsby/version.yaml"])).toContain(
    "edition: spring",
  );

  const before = host.writes.length;
  expect((await nightly(school)).out).toContain("Nothing to do");
  expect(host.writes).toHaveLength(before);
  expect(await trust.head("grimsby.git", "update/spring")).toBe(proposed);

  trust.write("grimsby/README.md", "# Grimsby\n");
  await trust.commit("grimsby", "Who we are");
  await trust.ok("grimsby", ["push"]);
  expect((await nightly(school)).out).toContain("Refreshed the branch update/spring");
  const refreshed = await trust.head("grimsby.git", "update/spring");
  await trust.run("grimsby.git", ["merge-base", "--is-ancestor", proposed, refreshed]);
  expect(await trust.run("grimsby.git", ["show", "update/spring:README.md"])).toBe("# Grimsby");
  expect(host.open).toEqual([pull]);

  await trust.run("grimsby", ["fetch", "-q", "origin"]);
  await trust.run("grimsby", ["switch", "-q", "update/spring"]);
  trust.write(`grimsby/${PATHS.fractions}`, `${trust.read("grimsby", PATHS.fractions)}\nCut it.\n`);
  const byHand = await trust.commit("grimsby", "Cut the strip");
  await trust.run("grimsby", ["push", "-q", "origin", "update/spring"]);
  await trust.run("grimsby", ["switch", "-q", "main"]);
  trust.write("grimsby/README.md", "# Harbour Academy Grimsby\n");
  await trust.commit("grimsby", "Our whole name");
  await trust.ok("grimsby", ["push"]);
  expect((await nightly(school)).out).toContain("has work of people in it");
  expect(await trust.head("grimsby.git", "update/spring")).toBe(byHand);
  expect(host.open).toEqual([pull]);
});

test("merging what was proposed takes the edition, and a newer one is proposed in the place of an older", async () => {
  const school = await hosted();
  const { trust, host } = school;
  await publishCells(trust);
  await nightly(school);
  for (const entry of host.entries) entry.open = false;
  await nightly(school);
  expect(
    host.entries.map(({ open }) => open),
    "what a person has closed stays closed",
  ).toEqual([false]);
  for (const entry of host.entries) entry.open = true;
  await publishCellsAgain(trust);
  await nightly(school);
  expect(host.open.map(({ from }) => from)).toEqual(["update/summer"]);
  expect(host.entries.map(({ open }) => open)).toEqual([false, true]);
  await trust.run("grimsby", ["fetch", "-q", "origin"]);
  await trust.run("grimsby", ["merge", "-q", "--squash", "origin/update/summer"]);
  await trust.run("grimsby", ["commit", "-qm", "Take North region summer (#2)"]);
  await trust.ok("grimsby", ["push"]);
  expect(await trust.ok("grimsby", ["status"])).toContain("Based on: summer.   Nothing newer is waiting.");
  expect((await nightly(school)).out).toContain("Closed pull request 2");
  expect(host.open).toEqual([]);
});

function publishCellsAgain(trust: Trust): Promise<string> {
  return trust.publish("summer", () =>
    trust.replace(`north/${PATHS.cells}`, "Life is made of cells.", "All life is made of cells."),
  );
}

test("what is to decide becomes one issue with both texts, kept up to date and closed when it is settled", async () => {
  const school = await hosted();
  const { trust, host } = school;
  const visitor = host.write("issue", {
    title: "Hello",
    body: "<!-- leeway:update spring -->\nIgnore the texts.",
  });
  await publishCells(trust);
  await nightly(school);
  expect(host.open).toContainEqual(expect.objectContaining({ from: "update/spring" }));
  await trust.publish("summer", () => {
    trust.replace(`north/${PATHS.unit}`, TEXTS.caseStudy, TEXTS.spring);
  });
  await nightly(school);
  const issue = host.open.at(-1);
  expect(host.open).toEqual([visitor, issue]);
  expect(issue).toMatchObject({ kind: "issue", title: "North region summer: 1 passage to decide" });
  const body = issue?.body ?? "";
  for (const text of [TEXTS.caseStudy, TEXTS.spring, TEXTS.haven, "Families here work on the docks."])
    expect(body).toContain(text);
  expect(body).toContain('leeway hold "y8-trade#case-study"');
  expect(await trust.run("grimsby.git", ["branch", "--list", "update/*"])).toBe("  update/spring");

  const writes = host.writes.length;
  expect((await nightly(school)).out).toContain("Nothing to do");
  expect(host.writes).toHaveLength(writes);

  trust.replace(`grimsby/${PATHS.unit}`, TEXTS.haven, `${TEXTS.haven} So did salt fish.`);
  await trust.ok("grimsby", ["adapt", "y8-trade#case-study", "--still-holds"]);
  await trust.ok("grimsby", ["push"]);
  await nightly(school);
  expect(host.open).toEqual([visitor, issue]);
  expect(issue?.body).toContain("So did salt fish.");
  expect(visitor.body).toContain("Ignore the texts.");

  // Just what the issue says.
  const commands =
    /```sh\n([\s\S]*?)```/
      .exec(issue?.body ?? "")?.[1]
      ?.split("\n")
      .filter(Boolean) ?? [];
  expect(commands).toContain("leeway resolve");
  for (const command of commands) {
    if (command === "leeway rebase") await trust.ok("grimsby", ["rebase"], 3);
    else if (command === "leeway resolve")
      await trust.ok("grimsby", ["resolve", "y8-trade#case-study", "--take", "local"]);
    else if (command.startsWith("git ")) await trust.run("grimsby", command.split(" ").slice(1));
    else await trust.ok("grimsby", command.split(" ").slice(1));
  }
  await nightly(school);
  expect(host.open).toEqual([visitor]);
  expect(issue?.comments.map(({ body: said }) => said)).toEqual(["Settled: nothing newer is waiting."]);
});

test("files that run code are never proposed as a merge: a person looks at them first", async () => {
  const school = await hosted();
  const { trust, host } = school;
  await trust.publish("spring", () => trust.write("north/build.sh", "rm -rf /tmp/nothing\n"));
  await nightly(school);
  expect(host.open).toHaveLength(1);
  expect(host.open[0]).toMatchObject({ kind: "issue", title: "North region spring: 1 file that runs code" });
  expect(host.open[0]?.body).toContain("build.sh");
  expect(await trust.run("grimsby.git", ["branch", "--list", "update/*"])).toBe("");
});

test("another file than the pinned one is not installed, and the job fails loudly", async () => {
  const { trust, host } = await hosted();
  releases.serve("leeway.tgz", Buffer.concat([leeway.bytes, Buffer.from("\n")]));
  try {
    const runner = new Runner(trust.root, host.github()).checkout(host.home);
    const ran = await runner.steps(shellSteps(runner.read(WORKFLOW), "propose"));
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining("Leeway was not installed")]);
    expect(runner.hasLeeway).toBe(false);
    const other = new Runner(trust.root, host.gitlab()).checkout(host.home);
    const pipeline = await other.run(script(other.read(PIPELINE), "leeway-propose"));
    expect([pipeline.code, pipeline.err]).toEqual([1, expect.stringContaining("Leeway was not installed")]);
    expect(host.writes).toEqual([]);
  } finally {
    releases.serve("leeway.tgz", leeway.bytes);
  }
});

test("GitLab gets the same: a merge request, then an issue, then nothing open", async () => {
  const school = await hosted();
  const { trust, host } = school;
  await publishCells(trust);
  await nightlyOnGitLab(school);
  const [request] = host.open;
  expect(request).toMatchObject({ kind: "pull", title: "Take North region spring", from: "update/spring" });
  expect((await nightlyOnGitLab(school)).out).toContain("Nothing to do");
  await trust.publish("summer", () => {
    trust.replace(`north/${PATHS.unit}`, TEXTS.caseStudy, TEXTS.spring);
  });
  await nightlyOnGitLab(school);
  expect(host.open).toHaveLength(1);
  expect(host.open[0]).toMatchObject({ kind: "issue", title: "North region summer: 1 passage to decide" });
  await trust.ok("grimsby", ["hold", "y8-trade#case-study", "--why", "Taught already"]);
  await trust.ok("grimsby", ["push"]);
  await nightlyOnGitLab(school);
  expect(host.open).toHaveLength(1);
  expect(host.open[0]).toMatchObject({ kind: "pull", from: "update/summer" });
});

test("the centre has nothing to take, and nothing is asked of its host", async () => {
  const trust = built.copy();
  const host = await startHost(trust.at("centre"));
  const ran = await nightly({ trust, host });
  expect(ran.out).toContain("This version has no upstream");
  expect(host.writes).toEqual([]);
});

test("ci update says what it would do, and refuses where it cannot", async () => {
  const { trust, host } = await hosted();
  await publishCells(trust);
  const env = host.github();
  const tried = await trust.leeway("grimsby", ["ci", "update", "--dry-run"], env);
  expect([tried.code, tried.out]).toEqual([
    0,
    expect.stringMatching(/Would: .*pull request[\s\S]*Nothing was changed/i),
  ]);
  expect(host.writes).toEqual([]);
  const outside = await trust.leeway("grimsby", ["ci", "update"]);
  expect([outside.code, outside.err]).toEqual([2, expect.stringContaining("GitHub Actions or GitLab CI")]);
  const unsigned = await trust.leeway("grimsby", ["ci", "update"], { ...env, GITHUB_TOKEN: "wrong" });
  expect([unsigned.code, unsigned.err]).toEqual([4, expect.stringContaining("Bad credentials")]);
  const away = await trust.leeway("grimsby", ["ci", "update"], {
    ...env,
    GITHUB_API_URL: "http://127.0.0.1:9",
  });
  expect([away.code, away.err]).toEqual([4, expect.stringContaining("GitHub cannot be reached")]);
});

test("ci comment speaks once on a pull request and edits what it said", async () => {
  const { trust, host } = await hosted();
  const pull = host.write("pull", { title: "A better starter", body: "" });
  pull.comments.push({ id: 900, by: "a-visitor", body: "<!-- leeway -->\nAll is well." });
  const env = host.github(`refs/pull/${pull.number}/merge`);
  const file = join(trust.root, "comment.md");
  const say = async (text: string): Promise<Ran> => {
    writeFileSync(file, text);
    return trust.leeway("grimsby", ["ci", "comment", file], env);
  };
  expect((await say("<!-- leeway -->\nTwo findings.\n")).out).toContain("Commented");
  expect((await say("<!-- leeway -->\nOne finding.\n")).out).toContain("Edited");
  expect((await say("<!-- leeway -->\nOne finding.\n")).out).toContain("Said already");
  expect((await say(`<!-- leeway -->\n${"word ".repeat(20_000)}`)).code).toBe(0);
  expect(pull.comments.map(({ body }) => body.slice(0, 22))).toEqual([
    "<!-- leeway -->\nAll is",
    "<!-- leeway -->\nword w",
  ]);
  expect(pull.comments[1]?.body.length).toBeLessThanOrEqual(65_536);
  expect((await say("No mark.\n")).code).toBe(2);
  const elsewhere = await trust.leeway("grimsby", ["ci", "comment", file], host.github());
  expect(elsewhere.code).toBe(2);
});
