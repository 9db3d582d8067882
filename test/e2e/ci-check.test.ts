import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CodeHost } from "./host.ts";
import { PIPELINE, packed, Runner, script, shellSteps, WORKFLOW } from "./jobs.ts";
import { PATHS, TEXTS, Trust } from "./three-layers.ts";

const CAN_CHECK = existsSync("src/cli/commands/check.ts");

// The gate that these jobs call is a verb of its own.
describe.skipIf(!CAN_CHECK)("what the templates check", () => {
  let trust: Trust;
  let host: CodeHost;
  let pin: string[];
  beforeAll(async () => {
    trust = (await Trust.build()).copy();
    await trust.run(".", ["init", "-q", "--bare", "grimsby.git"]);
    await trust.run("grimsby", ["remote", "add", "origin", "../grimsby.git"]);
    host = await CodeHost.start(trust.at("grimsby.git"));
    const { bytes, sha256 } = packed(trust.at("home"));
    pin = ["--package", host.serve("leeway.tgz", bytes), "--integrity", sha256];
    await trust.ok("grimsby", ["ci", "init", "--github", "--gitlab", "--pre-commit", ...pin]);
    await trust.ok("grimsby", ["push"]);
    await trust.run("grimsby", ["switch", "-qc", "fractions"]);
    trust.replace(`grimsby/${PATHS.fractions}`, "Fold a strip of paper.", "Fold a strip of sailcloth.");
    await trust.commit("grimsby", "Sailcloth");
    await trust.run("grimsby", ["push", "-q", "origin", "fractions"]);
  });
  afterAll(() => host.stop());

  /** A checkout of what merging the pull request would give, as hosts make it. */
  async function requested(env: Record<string, string>): Promise<Runner> {
    const runner = new Runner(trust.root, env).checkout(host.home);
    const made = await runner.run(
      "git -c user.name=x -c user.email=x@example.invalid merge -q --no-ff --no-edit origin/fractions\ngit checkout -q --detach",
    );
    if (made.code !== 0) throw new Error(made.err);
    return runner;
  }

  test("a pull request on GitHub: beside the lines, in one comment that is edited in place, and red", async () => {
    const pull = host.write("pull", { title: "Sailcloth", body: "" });
    const env = {
      ...host.github(`refs/pull/${pull.number}/merge`),
      GITHUB_ACTIONS: "true",
      GITHUB_EVENT_NAME: "pull_request",
      GITHUB_BASE_REF: "main",
    };
    for (const times of [1, 2]) {
      const runner = await requested(env);
      const steps = shellSteps(runner.read(WORKFLOW), "check");
      const ended = [];
      for (const step of steps) ended.push({ ...(await runner.steps([step])), name: step.name });
      expect(
        ended.map(({ code }) => code),
        JSON.stringify(ended),
      ).toEqual([0, 0, 1, 0]);
      expect(ended[2]?.out).toMatch(/::error [^\n]*file=subjects\/maths\//);
      expect(pull.comments, `after ${times}`).toHaveLength(1);
    }
    expect(pull.comments[0]?.body).toContain("y7-fractions#practice");
  });

  test("a merge request on GitLab: in the log, in one comment, and red", async () => {
    const pull = host.write("pull", { title: "Sailcloth", body: "" });
    const runner = await requested({
      ...host.gitlab(),
      GITLAB_CI: "true",
      CI_PIPELINE_SOURCE: "merge_request_event",
      CI_MERGE_REQUEST_IID: String(pull.number),
      CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
      CI_MERGE_REQUEST_DIFF_BASE_SHA: await trust.head("grimsby.git", "main"),
    });
    const ran = await runner.run(script(runner.read(PIPELINE), "leeway-check"));
    expect([ran.code, ran.out + ran.err]).toEqual([1, expect.stringContaining("y7-fractions#practice")]);
    expect(pull.comments).toHaveLength(1);
  });

  test("the calendar and the figures are written as JSON on both hosts", async () => {
    const runner = new Runner(trust.root, host.github()).checkout(host.home);
    const steps = shellSteps(runner.read(WORKFLOW), "propose").filter(
      ({ run }) => !run?.includes("ci update"),
    );
    const ran = await runner.steps(steps);
    expect([ran.code, ran.err]).toEqual([0, ""]);
    const other = new Runner(trust.root, host.gitlab()).checkout(host.home);
    const pipeline = await other.run(script(other.read(PIPELINE), "leeway-report"));
    expect([pipeline.code, pipeline.err]).toEqual([0, ""]);
    for (const folder of [join(dirname(runner.work), "temp/report"), join(other.work, "leeway-report")]) {
      for (const name of ["drift", "check"]) {
        const { schema } = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as {
          schema: string;
        };
        expect(schema).toBe(`leeway/${name}/1`);
      }
      expect(existsSync(join(folder, "drift-all.json"))).toBe(false);
    }
  });

  test("a version with others below it writes the figures of them all as well", async () => {
    await trust.ok("north", ["versions", "add", "../grimsby"]);
    await trust.ok("north", ["ci", "init", "--github", "--gitlab", ...pin]);
    for (const [host, job] of [
      ["github", "propose"],
      ["gitlab", "leeway-report"],
    ] as const) {
      const runner = new Runner(trust.root, {}).checkout(trust.at("north"));
      const ran =
        host === "github"
          ? await runner.steps(
              shellSteps(runner.read(WORKFLOW), job).filter(({ run }) => !run?.includes("ci update")),
            )
          : await runner.run(script(runner.read(PIPELINE), job));
      expect([ran.code, ran.err]).toEqual([0, ""]);
      const folder = host === "github" ? join(dirname(runner.work), "temp/report") : "leeway-report";
      const path =
        host === "github" ? join(folder, "drift-all.json") : join(runner.work, folder, "drift-all.json");
      const { versions } = JSON.parse(readFileSync(path, "utf8")) as { versions: { id: string }[] };
      expect(versions.map(({ id }) => id)).toContain("grimsby");
    }
  });

  test("the hook stops a commit that the host would turn away", async () => {
    const runner = new Runner(trust.root, host.github()).checkout(host.home);
    await runner.steps(shellSteps(runner.read(WORKFLOW), "propose").slice(0, 2));
    await trust.run("grimsby", ["switch", "-q", "main"]);
    await trust.run("grimsby", ["config", "core.hooksPath", ".githooks"]);
    trust.replace(`grimsby/${PATHS.cells}`, TEXTS.practical, "Look at a fish scale.");
    const path = [join(dirname(runner.work), "temp/leeway/bin"), process.env.PATH].join(delimiter);
    const ran = await trust.git("grimsby", ["commit", "-qam", "Fish"], { PATH: path });
    expect([ran.code, ran.out + ran.err]).toEqual([1, expect.stringContaining("y7-cells#practical")]);
  });
});
