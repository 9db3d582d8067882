import { resolve } from "node:path";
import { Failure } from "../failure.ts";
import { readObjects } from "../git/objects.ts";
import { refIds } from "../git/refs.ts";
import { fetchRefs, remotes } from "../git/remotes.ts";
import type { Repository } from "../git/repository.ts";
import { editionTag } from "../version/base/published.ts";
import { isRemote } from "../version/base/relative-url.ts";
import { type Downstream, downstreamPath, parseDownstream } from "../version/downstream.ts";
import type { OpenVersion } from "../version/open.ts";
import type { VersionFile } from "../version/version-file.ts";
import { type HubView, type Notes, refsFolder, refspecsOf, viewHub, writeNotes } from "./hub.ts";

/** The version from which downwards a trust is looked at: the centre, or a region. */
export interface Root {
  readonly repo: Repository;
  readonly self: VersionFile;
  readonly head: string;
  readonly branch: string | null;
  /** Where the relative addresses of its list start from: its home, else its folder. */
  readonly home: string;
  /** What stands on its list in its last commit. */
  readonly list: readonly Downstream[];
}

/** @throws Failure "usage" in plain mode and before the first commit, which have no list */
export async function rootOf({ repo, self, head, branch }: OpenVersion): Promise<Root> {
  if (self === null || head === null) {
    throw new Failure("usage", "This copy has no list of versions below it.", {
      where: repo.root,
      next: [
        "leeway drift --all FOLDER   looks at every clone in a folder",
        "leeway init --id ID --name NAME   starts a central curriculum, which keeps a list",
      ],
    });
  }
  const [home, list] = await Promise.all([homeOf(repo), listAt(repo, head, self.id)]);
  return { repo, self, head, branch, home, list };
}

async function homeOf(repo: Repository): Promise<string> {
  const origin = (await remotes(repo)).get("origin");
  return origin === undefined ? repo.root : isRemote(origin) ? origin : resolve(repo.root, origin);
}

/** The list of the versions below one, as it stands in a commit. */
export async function listAt(repo: Repository, commit: string, id: string): Promise<Downstream[]> {
  const path = downstreamPath(id);
  const [file] = await readObjects(repo, [`${commit}:${path}`]);
  return parseDownstream(path, file?.bytes.toString("utf8") ?? null);
}

/**
 * Brings what the root itself has released into the hub; without a network, and only where it has moved.
 * @returns the hub as it stands then
 */
export async function bringRoot(
  hub: Repository,
  { repo, self, head, branch }: Root,
  now: Date,
): Promise<HubView> {
  const { id } = self;
  const own = refsFolder(id);
  const kept = branch ?? "HEAD";
  const [here, view] = await Promise.all([refIds(repo, ["refs/heads/", editionTag(id, "")]), viewHub(hub)]);
  const wanted = new Map(
    [...here].map(([name, oid]) => [
      name.replace("refs/heads/", `${own}heads/`).replace(editionTag(id, ""), `${own}tags/`),
      oid,
    ]),
  );
  if (branch === null) wanted.set(`${own}heads/HEAD`, head);
  const before = (view.refs.get(id) ?? []).filter(({ name }) => !name.startsWith(`${own}base/`));
  const isSame = before.length === wanted.size && before.every(({ name, oid }) => wanted.get(name) === oid);
  const note = view.notes[id];
  if (!isSame) {
    const detached = branch === null ? [`+HEAD:${own}heads/HEAD`] : [];
    await fetchRefs(hub, repo.gitDir, [...refspecsOf(id), ...detached]);
  }
  if (isSame && note?.branch === kept) return view;
  const fresh = { url: repo.commonDir, branch: kept, on: now.toISOString(), unchanged: false };
  const notes: Notes = { ...view.notes, [id]: { ...fresh, unreachable: null, rewritten: null } };
  await writeNotes(hub, notes);
  return viewHub(hub);
}
