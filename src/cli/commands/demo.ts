import { resolve } from "node:path";
import { Writable } from "node:stream";
import { quoteAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { packageRoot } from "../../files/package-root.ts";
import { listFolder } from "../../files/read.ts";
import { copyFolder } from "../../files/walk.ts";
import { setConfig, userName } from "../../git/config.ts";
import { initRepository } from "../../git/remotes.ts";
import { openRepository } from "../../git/repository.ts";
import { applyEdits, readStory, type Story, type StoryVersion } from "../../trust/story.ts";
import type { Drift } from "../../version/drift/drift.ts";
import { measureDrift } from "../../version/drift/drift.ts";
import { openVersion } from "../../version/open.ts";
import { commitEverything } from "../../version/start/init.ts";
import type { Context, Outcome } from "../context.ts";

/** `demo`: a small trust built on the spot out of real repositories, from fork to drift. */
export async function run(context: Context, args: readonly string[]): Promise<Outcome> {
  const started = Date.now();
  const shown = args[0] ?? "leeway-demo";
  const root = resolve(context.cwd, shown);
  if (((await listFolder(root)) ?? []).length > 0) {
    throw new Failure("usage", "This folder is not empty, and nothing in it was touched.", {
      where: root,
      next: ["leeway demo ANOTHER-FOLDER   builds it elsewhere", `Or remove ${shown} and run it again.`],
    });
  }
  const story = await readStory(`${await packageRoot()}/fixtures/trust`);
  const stage = new Stage(context, root);
  await openCentre(stage, story);
  for (const version of story.versions) await openVersionOf(stage, story, version);
  await publishNext(stage, story);
  const versions = await Promise.all(
    story.versions.map((version) => measured(context, stage, story, version)),
  );
  const turn = versions.find(({ drift }) => drift.status === "decision-needed") ?? versions[0];
  context.progress("");
  return {
    exit: 0,
    report: {
      kind: "trust",
      heading: `A small trust in ${shown}: 1 centre, ${count(story, "region")}, ${count(story, "school")}. Nothing else is touched.`,
      steps: stage.steps,
      versions,
      turn: turn ? `Your turn: ${turn.drift.name} has ${story.next.edition} waiting.` : null,
      seconds: Math.round((Date.now() - started) / 1000),
      next: turn ? [[`cd ${shown}/${turn.drift.id} && leeway status`, "start where it stands"]] : [],
    },
  };
}

function count({ versions }: Story, layer: string): string {
  const many = versions.filter((version) => version.layer === layer).length;
  return `${many} ${layer}${many === 1 ? "" : "s"}`;
}

/** Runs real command lines in the folders of the trust, and notes the ones worth telling. */
class Stage {
  readonly steps: (readonly [string, string])[] = [];
  readonly #context: Context;
  readonly root: string;

  constructor(context: Context, root: string) {
    this.#context = context;
    this.root = root;
  }

  folder(id: string): string {
    return `${this.root}/${id}`;
  }

  async leeway(folder: string, argv: readonly string[], tell?: string): Promise<void> {
    this.#context.progress(
      `${folder.slice(this.root.length + 1) || "."}: leeway ${argv.slice(0, 2).join(" ")} …`,
    );
    let said = "";
    const sink = new Writable({
      write(chunk, _encoding, done) {
        said += chunk;
        done();
      },
    });
    const { env, stdin } = this.#context.io;
    const code = await this.#context.run(argv, {
      cwd: folder,
      env: { ...env, CI: "1" },
      stdin,
      stdout: sink,
      stderr: sink,
    });
    if (code !== 0)
      throw new Failure("environment", `A step of the demo did not go through; it ended with ${code}.`, {
        where: `leeway ${argv.join(" ")}\n${said.trim()}`,
      });
    if (tell) this.steps.push([tell, commandLine(argv)]);
  }

  /** A commit by plain Git, as somebody makes it who does not use Leeway. */
  async plainCommit(id: string, message: string): Promise<void> {
    const repo = await openRepository(this.folder(id));
    await repo.run(["add", "--all"]);
    await repo.run(["commit", "--quiet", "--no-verify", "-m", message]);
  }
}

function commandLine(argv: readonly string[]): string {
  const words = argv.map((word) =>
    /^[\w./=-]+$/.test(word)
      ? word
      : /[#@!]/.test(word) && !word.includes(" ")
        ? quoteAddress(word)
        : `"${word}"`,
  );
  const line = `leeway ${words.join(" ")}`;
  return line.length > 48 ? `${line.slice(0, 46).replace(/\s+\S*$/, "")} …` : line;
}

async function openCentre(stage: Stage, { curriculum, centre }: Story): Promise<void> {
  const folder = stage.folder(centre.id);
  const repo = await initRepository(folder, "main");
  await nameIfNameless(folder);
  await copyFolder(curriculum, folder);
  await commitEverything(repo, `Start ${centre.name}`, new Date());
  await stage.leeway(
    folder,
    ["release", centre.edition, "--notes", centre.notes, "--group", "all"],
    `${centre.name} publishes its autumn edition`,
  );
}

async function openVersionOf(stage: Stage, story: Story, version: StoryVersion): Promise<void> {
  const folder = stage.folder(version.id);
  const first = story.versions.find(({ layer }) => layer === version.layer) === version;
  const fork = [
    "fork",
    `../${version.upstream}`,
    `../${version.id}`,
    "--id",
    version.id,
    "--name",
    version.name,
    "--layer",
    version.layer,
  ];
  await stage.leeway(
    stage.folder(story.centre.id),
    fork,
    first ? `${version.name} takes its own copy` : undefined,
  );
  await nameIfNameless(folder);
  await stage.leeway(stage.folder(version.upstream), ["versions", "add", `../${version.id}`]);
  for (const [index, { title, at, kind, for: purposes, why, by, edits }] of version.adaptations.entries()) {
    await applyEdits(folder, edits);
    const adapt = [
      "adapt",
      ...at,
      "--for",
      ...purposes,
      "--why",
      why,
      "--kind",
      kind,
      "--title",
      title,
      "--by",
      by.role,
    ];
    await stage.leeway(folder, adapt, first && index === 0 ? `${version.name} adapts: ${title}` : undefined);
  }
  if (version.unexplained.length > 0) {
    await applyEdits(folder, version.unexplained);
    await stage.plainCommit(version.id, "Update files");
  }
  if (hasBelow(story, version)) {
    await stage.leeway(folder, [
      "release",
      story.centre.edition,
      "--notes",
      story.centre.notes,
      "--group",
      "all",
    ]);
  }
}

/** Spring: the centre publishes, regions take it and publish, and some of the schools have taken theirs. */
async function publishNext(stage: Stage, story: Story): Promise<void> {
  const { centre, next, versions } = story;
  const folder = stage.folder(centre.id);
  await applyEdits(folder, next.edits);
  await stage.leeway(folder, ["save", "-m", `Edition ${next.edition}`]);
  await stage.leeway(
    folder,
    ["release", next.edition, "--notes", next.notes, "--group", "all"],
    `${centre.name} publishes spring`,
  );
  const regions = versions.filter((version) => hasBelow(story, version));
  for (const [index, region] of regions.entries()) {
    const home = stage.folder(region.id);
    await stage.leeway(home, ["fetch"]);
    await stage.leeway(
      home,
      ["rebase"],
      index === 0 ? `${regions.length === 2 ? "Both regions take" : "The regions take"} it` : undefined,
    );
    await stage.leeway(home, ["release", next.edition, "--notes", next.notes, "--group", "all"]);
  }
  const last = regions.at(-1);
  for (const school of versions.filter((version) => !hasBelow(story, version))) {
    await stage.leeway(stage.folder(school.id), ["fetch"]);
    if (school.upstream === last?.id) await stage.leeway(stage.folder(school.id), ["rebase"]);
  }
}

function hasBelow({ versions }: Story, { id }: StoryVersion): boolean {
  return versions.some(({ upstream }) => upstream === id);
}

async function measured(
  context: Context,
  stage: Stage,
  story: Story,
  version: StoryVersion,
): Promise<{ depth: number; drift: Drift }> {
  const opened = await openVersion(stage.folder(version.id), { from: "head" });
  return {
    depth: version.upstream === story.centre.id ? 0 : 1,
    drift: await measureDrift(opened, context.today),
  };
}

/**
 * A fresh machine has told Git no name yet; the demo's own repositories get one, and only they. A fork commits before
 * it can be given a setting, so that this process is named as well.
 */
async function nameIfNameless(folder: string): Promise<void> {
  const repo = await openRepository(folder);
  const { env } = process;
  const isNamedHere = env.GIT_AUTHOR_NAME === DEMO.name;
  if (!isNamedHere && (await userName(repo)) !== null) return;
  await setConfig(repo, "user.name", DEMO.name);
  await setConfig(repo, "user.email", DEMO.email);
  for (const role of ["AUTHOR", "COMMITTER"]) {
    env[`GIT_${role}_NAME`] = DEMO.name;
    env[`GIT_${role}_EMAIL`] = DEMO.email;
  }
}

const DEMO = { name: "Leeway demo", email: "demo@leeway.invalid" } as const;
