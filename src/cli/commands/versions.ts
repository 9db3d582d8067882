import { resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { kindOf, readTextInside } from "../../files/read.ts";
import { makeTemporary, remove } from "../../files/temporary.ts";
import { refs, resolve as resolveRev } from "../../git/refs.ts";
import { cloneRepository } from "../../git/remotes.ts";
import type { Repository } from "../../git/repository.ts";
import { addDownstream, type Downstream, parseDownstream } from "../../trust/downstream.ts";
import { isRemote, relativeUrl } from "../../version/base/relative-url.ts";
import { readChain } from "../../version/chain.ts";
import { commitPassages } from "../../version/change/commit-passages.ts";
import { openVersion, versionFilesAt } from "../../version/open.ts";
import { requireEquipped, requireReady } from "../../version/ready.ts";
import { type VersionFile, versionFolder } from "../../version/version-file.ts";
import type { Context, Outcome } from "../context.ts";
import { writing } from "../writing.ts";

/** `versions add URL` and `versions list`: the versions below this one. */
export async function run(
  context: Context,
  args: readonly string[],
  flags: { dryRun?: boolean },
): Promise<Outcome> {
  const [action, url] = args;
  if (action === "list" && url === undefined) return list(context);
  if (action === "add" && url !== undefined) return add(context, url, flags.dryRun ?? false);
  throw new Failure("usage", `leeway versions does not know ${args.join(" ")}.`, {
    next: [
      "leeway versions list      shows the versions below this one",
      "leeway versions add URL   puts one on the list",
    ],
  });
}

async function list(context: Context): Promise<Outcome> {
  const { self, repo } = await openVersion(context.cwd, { from: "worktree" });
  const path = `${versionFolder(self?.id ?? "")}/downstream.yaml`;
  const known = self === null ? [] : parseDownstream(path, await readTextInside(repo.root, path));
  const did =
    known.length === 0
      ? ["No versions below this one are known."]
      : known.map(({ id, name, layer, url }) => `${id}   ${name}, ${layer}   ${url}`);
  return {
    exit: 0,
    report: { kind: "done", verb: "versions", did, undo: null, next: [], data: { versions: known } },
  };
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
    const path = `${versionFolder(version.self.id)}/downstream.yaml`;
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
        next: [],
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
