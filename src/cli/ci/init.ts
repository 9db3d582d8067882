import { Failure } from "../../failure.ts";
import { readText } from "../../files/read.ts";
import type { NextStep } from "../../report/next-step.ts";
import { commitPassages } from "../../version/change/commit-passages.ts";
import { readRecords } from "../../version/change/records.ts";
import { unsavedPaths } from "../../version/change/unsaved.ts";
import { type Furnished, furnish, INSTALLER, needsPin, type Part } from "../../version/ci/furnish.ts";
import { openVersion } from "../../version/open.ts";
import { requireEquipped, requireReady } from "../../version/ready.ts";
import { versionFolder } from "../../version/version-file.ts";
import type { Context, Outcome } from "../context.ts";
import { homeward } from "../homeward.ts";
import { schemaFiles, schemaHeading } from "../json-schemas.ts";
import { writing } from "../writing.ts";
import { missingPin, type PinFlags, pinFrom } from "./pin.ts";

export interface InitFlags extends PinFlags {
  readonly github?: boolean;
  readonly gitlab?: boolean;
  readonly preCommit?: boolean;
  readonly mergeDriver?: boolean;
  readonly editors?: boolean;
  readonly replace?: boolean;
  readonly dryRun?: boolean;
}

/** The files of a version's own folder that people write by hand, besides its records. */
const BY_HAND = ["version", "rules", "downstream"] as const;

/** `ci init`: writes what a host, Git or an editor needs to know of Leeway into the version, as one commit. */
export async function init(context: Context, flags: InitFlags): Promise<Outcome> {
  const parts = partsOf(flags);
  const pin = pinFrom(flags);
  const { repo } = await context.look.checkout;
  return writing(context, repo, "ci", async () => {
    const version = requireEquipped(await requireReady(await openVersion(context.cwd, { from: "worktree" })));
    const read = (path: string): Promise<string | null> => readText(`${repo.root}/${path}`);
    if (needsPin(parts) && pin === null && (await read(INSTALLER)) === null) throw missingPin();
    const files = await furnish(repo, version.head, {
      parts,
      pin,
      replace: flags.replace ?? false,
      schemas: schemaFiles(),
      headings: [
        ...BY_HAND.map((type) => ({ path: `${versionFolder(version.self.id)}/${type}.yaml`, type })),
        ...(await readRecords(repo, version.self.id, { kind: "worktree" })).map(
          ({ path }) => ({ path, type: "adaptation" }) as const,
        ),
      ].map(({ path, type }) => ({ path, line: schemaHeading(path, type) })),
      read,
    });
    const changed = files.filter(({ did }) => did === "written" || did === "added-to" || did === "replaced");
    const said = files.flatMap((file) => wordsFor(file, flags.dryRun ?? false));
    const data = { files: files.map(({ path, did }) => ({ path, did })), dryRun: Boolean(flags.dryRun) };
    const done = (did: string[], undo: string | null, next: NextStep[], more: object = {}): Outcome => ({
      exit: 0,
      report: { kind: "done", verb: "ci", did, undo, next, data: { ...data, ...more } },
    });
    if (changed.length === 0) return done([...said, "Nothing to write: all of it is here."], null, []);
    await refuseUnsaved(await unsavedPaths(repo), changed);
    if (flags.dryRun) return done([...said, "Nothing was changed."], null, []);
    const commit = await commitPassages(repo, version, {
      verb: "ci",
      did: `Set up ${[...parts].join(", ")}`,
      message: `Set up Leeway for ${[...parts].map((part) => NAMES[part]).join(", ")}\n`,
      picks: [],
      files: [],
      own: changed.map(({ path, text, executable }) => ({ path, text, executable })),
      now: context.now,
    });
    return done(said, "leeway undo", [...stepsAfter(parts), await homeward(repo)], { commit });
  });
}

const NAMES: Readonly<Record<Part, string>> = {
  github: "GitHub",
  gitlab: "GitLab",
  "pre-commit": "Git's pre-commit hook",
  "merge-driver": "Git's own merges",
  editors: "editors",
};

function partsOf(flags: InitFlags): ReadonlySet<Part> {
  const parts = new Set<Part>();
  if (flags.github) parts.add("github");
  if (flags.gitlab) parts.add("gitlab");
  if (flags.preCommit) parts.add("pre-commit");
  if (flags.mergeDriver) parts.add("merge-driver");
  if (flags.editors) parts.add("editors");
  if (parts.size > 0) return parts;
  throw new Failure("usage", "Say what for; several can be given at once.", {
    next: [
      "--github         checks on pull requests, and the next edition as a proposal",
      "--gitlab         the same on GitLab",
      "--pre-commit     the same checks before every commit",
      "--merge-driver   git merge and git pull join documents passage by passage",
      "--editors        help in editors while YAML files are written",
    ],
  });
}

/** What each file comes to, in a line; files that are as they should be are not worth one. */
function wordsFor({ path, did }: Furnished, dryRun: boolean): string[] {
  const would = (past: string, infinitive: string): string => (dryRun ? `Would ${infinitive}` : past);
  switch (did) {
    case "written":
      return [`${would("Wrote", "write")} ${path}`];
    case "added-to":
      return [`${would("Added a few lines to", "add a few lines to")} ${path}`];
    case "replaced":
      return [`${would("Replaced", "replace")} ${path}`];
    case "kept":
      return [`Kept ${path} as it is: it differs from the template, and --replace would write that over it`];
    case "own":
      return path === ".gitlab-ci.yml"
        ? [`Kept ${path} as it is: it needs the lines  include: [{local: .gitlab/leeway.yml}]`]
        : [];
    case "same":
      return [];
  }
}

async function refuseUnsaved(unsaved: ReadonlySet<string>, changed: readonly Furnished[]): Promise<void> {
  const both = changed.filter(({ path, did }) => did !== "written" && unsaved.has(path));
  if (both.length === 0) return;
  throw new Failure("usage", "This file was edited and not saved yet, and the two should not be mixed.", {
    where: both.map(({ path }) => path).join(", "),
    next: ["leeway save   commits it, then try again"],
  });
}

function stepsAfter(parts: ReadonlySet<Part>): NextStep[] {
  return [
    ...(parts.has("pre-commit")
      ? [["git config core.hooksPath .githooks", "turn the hook on in this clone"] as const]
      : []),
    ...(parts.has("merge-driver")
      ? [["leeway merge-driver --install", "let Git's own merges use it in this clone"] as const]
      : []),
  ];
}
