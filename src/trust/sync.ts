import { Failure } from "../failure.ts";
import { ancestryOf, isAncestor } from "../git/ancestry.ts";
import { type Ref, resolve, updateRefs } from "../git/refs.ts";
import { remember } from "../git/remembered.ts";
import { fetchObject, fetchRefs, lsRemote } from "../git/remotes.ts";
import type { Repository } from "../git/repository.ts";
import { joinPacks, tidyRepository } from "../git/tidy.ts";
import { editionTag } from "../version/base/published.ts";
import { resolveUrl } from "../version/base/relative-url.ts";
import {
  type HubView,
  headOf,
  makeHub,
  type Note,
  type Notes,
  refsFolder,
  refspecsOf,
  viewHub,
  writeNotes,
} from "./hub.ts";
import { type Found, inOrder, type Listed, type Walked, walkLists } from "./listed.ts";
import { identify, publishedIn } from "./open-listed.ts";
import { bringRoot, listAt, type Root } from "./root.ts";

/** What became of one listed version in a sync. */
export interface Synced {
  readonly note: Note;
  /** What a person should know of it. */
  readonly remarks: readonly string[];
  /** The upstream commit that it says it builds on. */
  readonly base: string | null;
  /** Its own list cannot be read, so that it is not known who is on it. */
  readonly isListUnread: boolean;
}

export interface SyncRequest {
  readonly root: Root;
  readonly now: Date;
  /** Milliseconds without a word after which a version counts as not to be reached. */
  readonly patience: number;
  readonly progress: (line: string) => void;
}

/**
 * Brings every version of a trust into the hub, layer by layer, those of a layer side by side. Whoever cannot be
 * reached keeps what is known of it, and holds up nobody else.
 */
export async function syncHub(request: SyncRequest): Promise<Walked<Synced>[]> {
  const { root, now } = request;
  const hub = await makeHub(root.repo);
  const before = await bringRoot(hub, root, now);
  let done = 0;
  const walked = await walkLists({ id: root.self.id, home: root.home, list: root.list }, async (listed) => {
    const found = await look(request, before, listed);
    done += 1;
    request.progress(`${done} looked at, last ${listed.name}`);
    // Every fetch leaves a pack, and every later one looks into all of them. What fails here is told at the end.
    await joinPacks(hub).catch(ignoreFailure);
    return found;
  });
  // Where a list cannot be read, who is not met may be on it.
  const isWhole = walked.every((each) => !("seen" in each && each.seen.isListUnread));
  const notes: Record<string, Note> = isWhole ? {} : { ...before.notes };
  const ownNote = before.notes[root.self.id];
  if (ownNote) notes[root.self.id] = ownNote;
  for (const each of walked) if ("seen" in each) notes[each.listed.id] = each.seen.note;
  await forget(before, notes);
  await writeNotes(hub, notes);
  await fetchBases(request, hub, walked);
  await tidyRepository(hub);
  return inOrder(root.self.id, walked);
}

/** Brings one version, asks it who it is, and reads its own list. */
async function look(request: SyncRequest, view: HubView, listed: Listed): Promise<Found<Synced>> {
  const url = resolveUrl(listed.url, listed.home);
  const { seen, head } = await bring(request, view, listed, url).catch((error: unknown): Brought => {
    if (!(error instanceof Failure)) throw error;
    return { seen: unreached(view.notes[listed.id], url, error), head: headOf(view, listed.id) };
  });
  const nothing = {
    kind: "known",
    seen: { ...seen, base: null, isListUnread: false },
    home: url,
    list: [],
  } as const;
  if (head === null) return nothing;
  const who = await identify(view, listed, head);
  if (who.kind === "left-out") return who;
  const known = { ...nothing, seen: { ...nothing.seen, base: who.chain.self.base?.commit ?? null } };
  try {
    return { ...known, list: await listAt(view.hub, head, listed.id) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const remark = `its own list cannot be read, so nobody on it is looked at (${error.where ?? error.message})`;
    return { ...known, seen: { ...known.seen, remarks: [...seen.remarks, remark], isListUnread: true } };
  }
}

interface Brought {
  readonly seen: Pick<Synced, "note" | "remarks">;
  readonly head: string | null;
}

function unreached(known: Note | undefined, url: string, { message }: Failure): Brought["seen"] {
  const { branch = null, on = null, rewritten = null } = known ?? {};
  const unreachable = message.replace(/\.$/, "");
  return { note: { url, branch, on, rewritten, unchanged: false, unreachable }, remarks: [] };
}

async function bring(
  { now, patience }: SyncRequest,
  view: HubView,
  { id }: Listed,
  url: string,
): Promise<Brought> {
  const { hub } = view;
  const patterns = ["HEAD", "refs/heads/*", editionTag(id, "*")];
  const remote = await lsRemote(url, { patterns, folder: hub.commonDir, patience });
  const branch = keptOn(remote);
  if (branch === null) throw new Failure("usage", "There is no commit in it yet.");
  const own = refsFolder(id);
  const wanted = new Map(
    remote.refs.flatMap(({ name, oid }) => {
      const to = name.replace(/^refs\/heads\//, `${own}heads/`).replace(editionTag(id, ""), `${own}tags/`);
      return to.startsWith(own) ? [[to, oid] as const] : [];
    }),
  );
  const before = (view.refs.get(id) ?? []).filter(({ name }) => !name.startsWith(`${own}base/`));
  const unchanged =
    before.length === wanted.size && before.every(({ name, oid }) => wanted.get(name) === oid);
  if (!unchanged) await fetchRefs(hub, url, refspecsOf(id), patience);
  const head = wanted.get(`${own}heads/${branch}`) ?? null;
  const old = headOf(view, id);
  const isRewritten =
    !unchanged && old !== null && head !== null && old !== head && !(await isAncestor(hub, old, head));
  if (isRewritten) await keepPublished(hub, id, before);
  const on = now.toISOString();
  const rewritten = isRewritten ? on : (view.notes[id]?.rewritten ?? null);
  return {
    seen: {
      note: { url, branch, on, unchanged, unreachable: null, rewritten },
      remarks: isRewritten
        ? ["its history was rewritten, so that what it had published is not part of it any more"]
        : [],
    },
    head,
  };
}

/** The branch that a repository is kept on; a home made by `git init --bare` may name another one that is not there. */
function keptOn({ refs, defaultBranch }: Awaited<ReturnType<typeof lsRemote>>): string | null {
  const heads = refs.flatMap(({ name }) =>
    name.startsWith("refs/heads/") ? [name.slice("refs/heads/".length)] : [],
  );
  if (defaultBranch !== null && heads.includes(defaultBranch)) return defaultBranch;
  return heads.includes("main") ? "main" : (heads.find((name) => !name.startsWith("group/")) ?? null);
}

/** What was published once stays a base that others may build on, whatever became of it since. */
async function keepPublished(hub: Repository, id: string, before: readonly Ref[]): Promise<void> {
  const commits = new Set(before.map(({ peeled }) => peeled));
  const updates = [...commits].map((commit) => ({ ref: `${refsFolder(id)}base/${commit}`, new: commit }));
  await updateRefs(hub, updates, "leeway: published before");
}

/** Removes what is in the hub of versions that no list names any more. */
async function forget({ hub, refs }: HubView, notes: Notes): Promise<void> {
  const gone = [...refs].flatMap(([id, own]) => (id in notes ? [] : own));
  await updateRefs(
    hub,
    gone.map(({ name }) => ({ ref: name, new: null })),
    "leeway: on no list any more",
  );
}

/**
 * A base that is nowhere here is asked for by its hash, and kept where upstream still gives it (design §3). One that
 * is here and that upstream has not published came from the version itself, and is no base: asked for, Git would take
 * it from here without a word to upstream.
 */
async function fetchBases(
  { root, patience }: SyncRequest,
  hub: Repository,
  walked: readonly Walked<Synced>[],
): Promise<void> {
  remember(hub);
  const [view, ancestry] = [await viewHub(hub), await ancestryOf(hub)];
  for (const each of walked) {
    const base = "seen" in each ? each.seen.base : null;
    const { upstream, group } = each.listed;
    if (base === null || ancestry?.ancestorsOf(publishedIn(view, upstream, group).heads).has(base)) continue;
    const from = upstream === root.self.id ? root.repo.commonDir : view.notes[upstream]?.url;
    if (from === undefined || (await resolve(hub, base)) !== null) continue;
    await fetchObject(hub, from, base, `${refsFolder(upstream)}base/${base}`, { patience }).catch(
      ignoreFailure,
    );
  }
}

function ignoreFailure(error: unknown): void {
  if (!(error instanceof Failure)) throw error;
}
