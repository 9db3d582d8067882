import { resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { listFolder } from "../../files/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { isRemote, relativeUrl } from "../../version/base/relative-url.ts";
import type { OwnFile } from "../../version/change/own-files.ts";
import { furnish, INSTALLER, type Pin } from "../../version/ci/furnish.ts";
import { parseDownstream } from "../../version/downstream.ts";
import { forkVersion } from "../../version/start/fork.ts";
import { refuseUnfinishedFolder } from "../../version/unfinished.ts";
import { versionPath } from "../../version/version-file.ts";
import { missingPin, type PinFlags, pinFrom } from "../ci/pin.ts";
import type { Context, Outcome } from "../context.ts";
import { TO_A_HOME } from "../homeward.ts";
import { schemaHeading, schemaPath } from "../json-schemas.ts";
import { editionTitle, quoteWord } from "../naming.ts";
import { repositoryAddress } from "../repository-address.ts";
import { checkId, checkName } from "./init.ts";

interface ForkFlags extends PinFlags {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  readonly group?: string;
  readonly branch?: string;
  readonly origin?: string;
  readonly ci?: "github" | "gitlab";
  readonly dryRun?: boolean;
}

/** `fork`: take a version of a curriculum, with all its history and a folder of its own. */
export async function run(context: Context, args: readonly string[], flags: ForkFlags): Promise<Outcome> {
  const [from = "", dir = ""] = args;
  checkId(flags.id);
  const upstream = await repositoryAddress(from, context.cwd);
  const folder = resolve(context.cwd, dir);
  // As Git takes it, an address is meant from the copy; as people do, from where they are.
  const origin =
    flags.origin === undefined ? undefined : await repositoryAddress(flags.origin, context.cwd, folder);
  checkName(flags.name);
  const pin = pinFrom(flags);
  const furnished: string[] = [];
  if (flags.dryRun) {
    await refuseUnfinishedFolder(folder);
    if (((await listFolder(folder)) ?? []).length > 0) {
      throw new Failure("usage", "This folder exists and is not empty, so nothing would be forked there.", {
        where: folder,
        next: ["Name a new folder."],
      });
    }
    const did = [`Would fork ${upstream} into ${folder} as ${flags.id}. Nothing was changed.`];
    return {
      exit: 0,
      report: { kind: "done", verb: "fork", did, undo: null, next: [], data: { dryRun: true } },
    };
  }
  const forked = await forkVersion({
    upstream,
    folder,
    id: flags.id,
    name: flags.name,
    layer: flags.layer,
    group: flags.group,
    branch: flags.branch,
    origin,
    listBelow: parseDownstream,
    furnish: async (repo, rev) => {
      if (flags.ci === undefined) return [];
      const files = await furnishFork(repo, rev, flags.ci, pin);
      furnished.push(...files.map(({ path }) => `${path} is written.`));
      return files;
    },
    heading: {
      schema: schemaPath("version"),
      line: schemaHeading(versionPath(flags.id), "version"),
    },
    now: context.now,
    progress: context.progress,
  });
  context.progress("");
  const edition = editionTitle(forked.base.edition?.name ?? null, forked.base.commit);
  return {
    exit: 0,
    report: {
      kind: "done",
      verb: "fork",
      did: [
        `${flags.name} has its own version of ${forked.upstream.name} in ${folder}, from ${edition}.`,
        ...(flags.ci !== undefined && furnished.length === 0
          ? [`What ${flags.ci === "github" ? "GitHub" : "GitLab"} needs came with the curriculum.`]
          : furnished),
        ...(await invitation(forked.upstream.name, upstream, origin ?? folder)),
      ],
      undo: null,
      next: [
        [`cd ${quoteWord(dir)} && leeway status`, "see where it stands"],
        ...(flags.origin === undefined ? [TO_A_HOME.none] : []),
      ],
      data: {
        id: flags.id,
        folder,
        upstream: forked.upstream.id,
        base: forked.base.commit,
        edition: forked.base.edition?.name ?? null,
        commit: forked.commit,
      },
    },
  };
}

/** What the host needs and upstream has not got; what came with the curriculum stays as it is. */
async function furnishFork(
  repo: Repository,
  rev: string,
  host: "github" | "gitlab",
  pin: Pin | null,
): Promise<OwnFile[]> {
  const read = async (path: string): Promise<string | null> =>
    (await readObjects(repo, [`${rev}:${path}`]))[0]?.bytes.toString("utf8") ?? null;
  if (pin === null && (await read(INSTALLER)) === null) throw missingPin();
  const files = await furnish(repo, rev, {
    parts: new Set([host]),
    pin,
    replace: false,
    schemas: [],
    headings: [],
    read,
  });
  return files.flatMap(({ did, path, text }) => (did === "written" ? [{ path, text }] : []));
}

/** What upstream types to know of the new version; nothing where it could not reach it yet. */
async function invitation(name: string, upstream: string, home: string): Promise<string[]> {
  if (isRemote(upstream) && !isRemote(home)) {
    return [`When it has a home that ${name} can reach, ask ${name} to run: leeway versions add URL`];
  }
  return [`Ask ${name} to run: leeway versions add ${quoteWord(await relativeUrl(home, upstream))}`];
}
