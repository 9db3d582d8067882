import { resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { kindOf, readTextInside } from "../../files/read.ts";
import { makeTemporary, remove } from "../../files/temporary.ts";
import { refs, resolve as resolveRev } from "../../git/refs.ts";
import { cloneRepository } from "../../git/remotes.ts";
import type { Repository } from "../../git/repository.ts";
import type { NextStep } from "../../report/report.ts";
import {
  addDownstream,
  type Downstream,
  downstreamPath,
  parseDownstream,
  removeDownstream,
} from "../../trust/downstream.ts";
import { isRemote, relativeUrl } from "../../version/base/relative-url.ts";
import { readChain } from "../../version/chain.ts";
import { commitPassages } from "../../version/change/commit-passages.ts";
import { openVersion, versionFilesAt } from "../../version/open.ts";
import { requireEquipped, requireReady } from "../../version/ready.ts";
import type { VersionFile } from "../../version/version-file.ts";
import type { Context, Outcome } from "../context.ts";
import { writing } from "../writing.ts";

interface VersionsFlags {
  readonly dryRun?: boolean;
  readonly timeout?: number;
}

/** `versions add URL`, `list`, `sync` and `remove ID`: the versions below this one, and the hub that they come into. */
export async function run(context: Context, args: readonly string[], flags: VersionsFlags): Promise<Outcome> {
  const [action, what] = args;
  if (action === "list" && what === undefined) return list(context);
  if (action === "sync" && what === undefined)
    return (await import("./versions-sync.ts")).sync(context, flags);
  if (action === "add" && what !== undefined) return add(context, what, flags.dryRun ?? false);
  if (action === "remove" && what !== undefined) return removeEntry(context, what, flags.dryRun ?? false);
  throw new Failure("usage", `leeway versions does not know ${args.join(" ")}.`, {
    next: [
      "leeway versions list        shows the versions below this one",
      "leeway versions add URL     puts one on the list",
      "leeway versions sync        gets what all of them have now",
      "leeway versions remove ID   takes one off the list",
    ],
  });
}

async function list(context: Context): Promise<Outcome> {
  const { self, repo } = await openVersion(context.cwd, { from: "worktree" });
  const path = downstreamPath(self?.id ?? "");
  const known = self === null ? [] : parseDownstream(path, await readTextInside(repo.root, path));
  const did =
    known.length === 0
      ? ["No versions below this one are known."]
      : known.map(({ id, name, layer, url }) => `${id}   ${name}, ${layer}   ${url}`);
  const next: NextStep[] =
    known.length === 0
      ? [["leeway versions add URL", "puts one on the list"]]
      : [["leeway versions sync", "get what all of them have now, theirs below included"]];
  return {
    exit: 0,
    report: { kind: "done", verb: "versions", did, undo: null, next, data: { versions: known } },
  };
}

/** Takes a version off the list; its repository, and what others have of it, stay as they are. */
async function removeEntry(context: Context, id: string, dryRun: boolean): Promise<Outcome> {
  const { repo } = await openVersion(context.cwd, { from: "worktree" });
  return writing(context, repo, "versions", async () => {
    const version = requireEquipped(await requireReady(await openVersion(context.cwd, { from: "worktree" })));
    const path = downstreamPath(version.self.id);
    const text = (await readTextInside(repo.root, path)) ?? "";
    const known = parseDownstream(path, text);
    const entry = known.find((each) => each.id === id);
    if (entry === undefined) {
      throw new Failure("usage", `No version called ${id} is on the list.`, {
        where: path,
        next: known.map((each) => `leeway versions remove ${each.id}   ${each.name}`).slice(0, 8),
      });
    }
    const done = (did: string, undo: string | null, data: Record<string, unknown>): Outcome => ({
      exit: 0,
      report: {
        kind: "done",
        verb: "versions",
        did: [did],
        undo,
        next: [],
        data: { version: entry, ...data },
      },
    });
    if (dryRun)
      return done(`Would take ${entry.name} (${id}) off the list. Nothing was changed.`, null, { dryRun });
    const commit = await commitPassages(repo, version, {
      verb: "versions",
      did: `Removed ${entry.name}`,
      message: `Take ${entry.name} off the versions below\n`,
      picks: [],
      files: [],
      own: [{ path, text: removeDownstream(text, known, id) }],
      now: context.now,
    });
    return done(
      `${entry.name} (${id}) is off the list. Its own repository is untouched, and still takes your editions.`,
      "leeway undo",
      { commit },
    );
  });
}

async function add(context: Context, given: string, dryRun: boolean): Promise<Outcome> {
  const local = resolve(context.cwd, given);
  const url = !isRemote(given) && (await kindOf(local)) !== null ? local : given;
  const { repo } = await openVersion(context.cwd, { from: "worktree" });
  return writing(context, repo, "versions", async () => {
    const version = requireEquipped(await requireReady(await openVersion(context.cwd, { from: "worktree" })));
    const below = await identify(url, context.progress);
    if (below.upstream?.id !== version.self.id) {
      throw new Failure(
        "usage",
        `${below.name} takes its editions from ${below.upstream?.id ?? "nobody"}, not from ${version.self.id}.`,
        {
          where: url,
          next: below.upstream ? [`Ask ${below.upstream.id} to add it.`] : [],
        },
      );
    }
    const path = downstreamPath(version.self.id);
    const text = await readTextInside(repo.root, path);
    const known = parseDownstream(path, text);
    const listed = known.find(({ id }) => id === below.id);
    if (listed) {
      const isSame = listed.name === below.name;
      throw new Failure(
        "usage",
        isSame ? `${below.name} is on the list already.` : `The id ${below.id} is taken by ${listed.name}.`,
        { where: `${path}: ${listed.url}`, next: isSame ? ["leeway versions list   shows it"] : [] },
      );
    }
    const entry: Downstream = {
      id: below.id,
      name: below.name,
      layer: below.layer,
      url: await relativeUrl(url, repo.root),
      ...(below.upstream.group ? { group: below.upstream.group } : {}),
    };
    if (dryRun) {
      const did = [`Would add ${below.name} (${below.id}, ${below.layer}). Nothing was changed.`];
      return {
        exit: 0,
        report: {
          kind: "done",
          verb: "versions",
          did,
          undo: null,
          next: [],
          data: { dryRun, version: entry },
        },
      };
    }
    const commit = await commitPassages(repo, version, {
      verb: "versions",
      did: `Added ${below.name}`,
      message: `Add ${below.name} to the versions below\n`,
      picks: [],
      files: [],
      own: [{ path, text: addDownstream(text, entry) }],
      now: context.now,
    });
    const did = [`${below.name} (${below.id}, ${below.layer}) is on the list of versions below.`];
    return {
      exit: 0,
      report: {
        kind: "done",
        verb: "versions",
        did,
        undo: "leeway undo",
        next: [["leeway versions sync", "get what all versions below have now"]],
        data: { commit, version: entry },
      },
    };
  });
}

/** The branch that a repository is kept on; a home made by `git init --bare` may name another one that is not there. */
async function ownBranch(copy: Repository, url: string): Promise<string> {
  const heads = (await refs(copy, ["refs/heads/"])).map(({ name }) => name);
  const own = heads.filter((name) => !name.startsWith("refs/heads/group/"));
  const head = await resolveRev(copy, "HEAD");
  const only = own.includes("refs/heads/main") ? "refs/heads/main" : own[0];
  if (head !== null || only !== undefined) return head ?? only ?? "HEAD";
  throw new Failure("usage", "This repository has no commit yet, so it is no version of a curriculum.", {
    where: url,
    next: ["leeway push   in that version sends it there"],
  });
}

/** Asks a repository which version it is. */
async function identify(url: string, progress: (line: string) => void): Promise<VersionFile> {
  const folder = await makeTemporary();
  try {
    const copy = await cloneRepository(url, `${folder}/copy`, { bare: true, progress });
    progress("");
    const files = await versionFilesAt(copy, await ownBranch(copy, url));
    if (files.size > 0) return readChain(files, null).self;
  } finally {
    await remove(folder);
  }
  throw new Failure(
    "usage",
    "This repository has no versions/ folder, so it is no version of a curriculum.",
    { where: url },
  );
}
