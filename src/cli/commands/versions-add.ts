import { Failure } from "../../failure.ts";
import { readTextInside } from "../../files/read.ts";
import { withTemporary } from "../../files/temporary.ts";
import { refs, resolve as resolveRev } from "../../git/refs.ts";
import { cloneRepository } from "../../git/remotes.ts";
import type { Repository } from "../../git/repository.ts";
import { listed } from "../../report/wording.ts";
import { ownBranch } from "../../version/base/own-branch.ts";
import { relativeUrl } from "../../version/base/relative-url.ts";
import { readChain } from "../../version/chain.ts";
import { commitPassages } from "../../version/change/commit-passages.ts";
import { addDownstream, type Downstream, downstreamPath, parseDownstream } from "../../version/downstream.ts";
import { openVersion, versionFilesAt } from "../../version/open.ts";
import { requireEquipped, requireReady } from "../../version/ready.ts";
import type { VersionFile } from "../../version/version-file.ts";
import type { Context, Outcome } from "../context.ts";
import { repositoryAddress } from "../repository-address.ts";
import { writing } from "../writing.ts";

/** `versions add URL…`: puts versions on the list of those below this one, all of them or none. */
export async function add(context: Context, given: readonly string[], dryRun: boolean): Promise<Outcome> {
  const { repo } = await context.look.checkout;
  return writing(context, repo, "versions", async () => {
    const version = requireEquipped(await requireReady(await openVersion(context.cwd, { from: "worktree" })));
    const path = downstreamPath(version.self.id);
    const text = await readTextInside(repo.root, path);
    const added: Downstream[] = [];
    for (const word of given) {
      const url = await repositoryAddress(word, context.cwd);
      const below = await identify(url, context.progress);
      if (below.upstream?.id !== version.self.id) throw takesFromElsewhere(below, version.self.id, url);
      const known = [...parseDownstream(path, text), ...added];
      const same = known.find(({ id }) => id === below.id);
      if (same) throw isListed(below, same, path);
      added.push({
        id: below.id,
        name: below.name,
        layer: below.layer,
        url: await relativeUrl(url, repo.root),
        ...(below.upstream.group ? { group: below.upstream.group } : {}),
      });
    }
    const told = listed(added.map(({ id, name, layer }) => `${name} (${id}, ${layer})`));
    if (dryRun) {
      const did = [`Would add ${told}. Nothing was changed.`];
      const data = { dryRun, versions: added };
      return { exit: 0, report: { kind: "done", verb: "versions", did, undo: null, next: [], data } };
    }
    const names = listed(added.map(({ name }) => name));
    const commit = await commitPassages(repo, version, {
      verb: "versions",
      did: `Added ${names}`,
      message: `Add ${names} to the versions below\n`,
      picks: [],
      files: [],
      own: [{ path, text: added.reduce<string>((list, each) => addDownstream(list, each), text ?? "") }],
      now: context.now,
    });
    return {
      exit: 0,
      report: {
        kind: "done",
        verb: "versions",
        did: [`${told} ${added.length === 1 ? "is" : "are"} on the list of versions below.`],
        undo: "leeway undo",
        next: [["leeway versions sync", "get what all versions below have now"]],
        data: { commit, versions: added },
      },
    };
  });
}

function takesFromElsewhere(below: VersionFile, self: string, where: string): Failure {
  return new Failure(
    "usage",
    `${below.name} takes its editions from ${below.upstream?.id ?? "nobody"}, not from ${self}.`,
    { where, next: below.upstream ? [`Ask ${below.upstream.id} to add it.`] : [] },
  );
}

function isListed(below: VersionFile, same: Downstream, path: string): Failure {
  const isSame = same.name === below.name;
  return new Failure(
    "usage",
    isSame ? `${below.name} is on the list already.` : `The id ${below.id} is taken by ${same.name}.`,
    { where: `${path}: ${same.url}`, next: isSame ? ["leeway versions list   shows it"] : [] },
  );
}

/** The commit that a repository stands at. */
async function standing(copy: Repository, url: string): Promise<string> {
  const heads = (await refs(copy, ["refs/heads/"])).map(({ name }) => name.replace("refs/heads/", ""));
  const own = ownBranch(heads);
  const head = (await resolveRev(copy, "HEAD")) ?? (own === null ? null : `refs/heads/${own}`);
  if (head !== null) return head;
  throw new Failure("usage", "This repository has no commit yet, so it is no version of a curriculum.", {
    where: url,
    next: ["leeway push   in that version sends it there"],
  });
}

/** Asks a repository which version it is. */
async function identify(url: string, progress: (line: string) => void): Promise<VersionFile> {
  const self = await withTemporary(undefined, async (folder) => {
    const copy = await cloneRepository(url, `${folder}/copy`, { bare: true, progress });
    progress("");
    const files = await versionFilesAt(copy, await standing(copy, url));
    return files.size > 0 ? readChain(files, null).self : null;
  });
  if (self !== null) return self;
  throw new Failure(
    "usage",
    "This repository has no versions/ folder, so it is no version of a curriculum.",
    { where: url },
  );
}
