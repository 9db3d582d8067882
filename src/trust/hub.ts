import { exists, readText } from "../files/read.ts";
import { writeAtomic } from "../files/write.ts";
import { type Ref, refs } from "../git/refs.ts";
import { initBare } from "../git/remotes.ts";
import { openRepository, type Repository } from "../git/repository.ts";
import { editionTag, UPSTREAM } from "../version/base/published.ts";

/**
 * The repository in which all versions of a trust stand side by side, bare, in Git's own folder of the version that
 * keeps it. It has its own copy of every object, so that nothing that is cleared away elsewhere is amiss here, and
 * may be deleted at any time: `versions sync` makes it again.
 */
export function hubFolder({ commonDir }: Repository): string {
  return `${commonDir}/leeway/hub`;
}

/** Opens the hub; null before the first `versions sync`. */
export async function openHub(repo: Repository): Promise<Repository | null> {
  const folder = hubFolder(repo);
  return (await exists(`${folder}/HEAD`)) ? openRepository(folder, { bare: true }) : null;
}

export async function makeHub(repo: Repository): Promise<Repository> {
  return (await openHub(repo)) ?? initBare(hubFolder(repo), repo.objectFormat);
}

/** Where the refs of one version stand: its heads, its own editions, and bases that it published once. */
export function refsFolder(id: string): string {
  return `refs/versions/${id}/`;
}

/** What is fetched of a version, and where it is put. Its work in progress (`refs/leeway/`) never is. */
export function refspecsOf(id: string): string[] {
  return [`+refs/heads/*:${refsFolder(id)}heads/*`, `+${editionTag(id, "*")}:${refsFolder(id)}tags/*`];
}

/** The refs of every version in the hub, by id. */
async function refsByVersion(hub: Repository): Promise<Map<string, Ref[]>> {
  const found = new Map<string, Ref[]>();
  for (const ref of await refs(hub, ["refs/versions/"])) {
    const id = ref.name.split("/")[2] ?? "";
    const own = found.get(id);
    if (own === undefined) found.set(id, [ref]);
    else own.push(ref);
  }
  return found;
}

/** The hub as it stands: every version's refs, and what is noted of it. */
export interface HubView {
  readonly hub: Repository;
  readonly refs: ReadonlyMap<string, readonly Ref[]>;
  readonly notes: Notes;
}

export async function viewHub(hub: Repository): Promise<HubView> {
  const [byVersion, notes] = await Promise.all([refsByVersion(hub), readNotes(hub)]);
  return { hub, refs: byVersion, notes };
}

/** The commit that a version stands at; null where nothing of it is in the hub. */
export function headOf({ refs: byVersion, notes }: HubView, id: string): string | null {
  const name = `${refsFolder(id)}heads/${notes[id]?.branch ?? "main"}`;
  return byVersion.get(id)?.find((ref) => ref.name === name)?.peeled ?? null;
}

/** A version's refs under the names that they have in a clone of a version below it. */
export function asFetched(id: string, own: readonly Ref[]): Ref[] {
  const at = refsFolder(id);
  const names = [
    [`${at}heads/`, `refs/remotes/${UPSTREAM}/`],
    [`${at}tags/`, editionTag(id, "")],
    [`${at}base/`, "refs/leeway/base/"],
  ] as const;
  return own.flatMap((ref) => {
    const [from, to] = names.find(([prefix]) => ref.name.startsWith(prefix)) ?? [];
    return from === undefined ? [] : [{ ...ref, name: to + ref.name.slice(from.length) }];
  });
}

/** What is known of a version beside its refs. */
export interface Note {
  /** Where it was last fetched from, as its list leads there. */
  readonly url: string;
  /** The branch that it is kept on; null where it was never reached. */
  readonly branch: string | null;
  /** When it was last reached, ISO 8601; null where it never was. */
  readonly on: string | null;
  /** Whether its heads were the same as the time before. */
  readonly unchanged: boolean;
  /** Why it could not be reached the last time it was tried; null where it was. */
  readonly unreachable: string | null;
  /** When its history was found rewritten, so that what it published before is not among it any more. */
  readonly rewritten: string | null;
}

export type Notes = Readonly<Record<string, Note>>;

const NOTES = "leeway-versions.json";

/** What cannot be read counts as absent: the next sync finds it out again. */
async function readNotes(hub: Repository): Promise<Notes> {
  const text = await readText(`${hub.commonDir}/${NOTES}`);
  try {
    const data: unknown = JSON.parse(text ?? "{}");
    return typeof data === "object" && data !== null ? (data as Notes) : {};
  } catch {
    return {};
  }
}

export async function writeNotes(hub: Repository, notes: Notes): Promise<void> {
  await writeAtomic(`${hub.commonDir}/${NOTES}`, `${JSON.stringify(notes, null, 1)}\n`);
}
