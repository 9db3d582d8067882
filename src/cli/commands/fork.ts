import { resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { kindOf, listFolder } from "../../files/read.ts";
import { parseDownstream } from "../../trust/downstream.ts";
import { isRemote, relativeUrl } from "../../version/base/relative-url.ts";
import { forkVersion } from "../../version/start/fork.ts";
import { refuseUnfinishedFolder } from "../../version/unfinished.ts";
import type { Context, Outcome } from "../context.ts";
import { TO_A_HOME } from "../homeward.ts";
import { editionTitle, quoteWord } from "../naming.ts";
import { checkId, checkName } from "./init.ts";

interface ForkFlags {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  readonly group?: string;
  readonly branch?: string;
  readonly origin?: string;
  readonly dryRun?: boolean;
}

/** `fork`: take a version of a curriculum, with all its history and a folder of its own. */
export async function run(context: Context, args: readonly string[], flags: ForkFlags): Promise<Outcome> {
  const [from = "", dir = ""] = args;
  checkId(flags.id);
  const upstream = await address(context.cwd, from);
  const origin = flags.origin === undefined ? undefined : await address(context.cwd, flags.origin);
  const folder = resolve(context.cwd, dir);
  checkName(flags.name);
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

/** What upstream types to know of the new version; nothing where it could not reach it yet. */
async function invitation(name: string, upstream: string, home: string): Promise<string[]> {
  if (isRemote(upstream) && !isRemote(home)) {
    return [`When it has a home that ${name} can reach, ask ${name} to run: leeway versions add URL`];
  }
  return [`Ask ${name} to run: leeway versions add ${quoteWord(await relativeUrl(home, upstream))}`];
}

/** Folders are meant from where the command was typed; other addresses stay as they are. */
async function address(cwd: string, url: string): Promise<string> {
  if (isRemote(url)) return url;
  const path = resolve(cwd, url);
  return (await kindOf(path)) === null ? url : path;
}
