import { formatAddress } from "../curriculum/address.ts";
import type { Document } from "../curriculum/document.ts";
import { type Invite, invitesOf } from "../curriculum/invites.ts";
import { decodeText, readDocument } from "../curriculum/read.ts";
import { describeObjects, readObjects } from "../git/objects.ts";
import type { Repository } from "../git/repository.ts";
import { totalsOfCommit } from "../version/base/base-totals.ts";
import type { ChangedPassage } from "./measured.ts";
import type { Invitation, Survey } from "./survey.ts";

/** An invitation with the title of its document; who took it up is not known yet. */
export interface Asking extends Invite {
  readonly document: string;
}

/** Reads the invitations in a commit; only documents in which the word stands are parsed. */
export async function invitationsAt(repo: Repository, commit: string): Promise<Asking[]> {
  const { inviting } = await totalsOfCommit(repo, commit);
  const documents = await readDocuments(repo, commit, inviting);
  return documents.flatMap((document) =>
    invitesOf(document).map((invite) => ({ ...invite, document: document.title })),
  );
}

/** Each invitation with the versions that changed the passage it is about. */
export function takenUp(
  asking: readonly Asking[],
  changesBy: ReadonlyMap<string, readonly ChangedPassage[]>,
): Invitation[] {
  return asking.map((invite) => ({
    ...invite,
    takenUpBy: [...changesBy].flatMap(([version, changes]) =>
      changes.some(({ at, place }) => at === invite.at || place === invite.at) ? [version] : [],
    ),
  }));
}

/**
 * How many passages of a commit no version changed. What was changed counts where it stands in that commit still: a
 * document is read only if it is another than the version changed.
 */
export async function untouchedIn(
  repo: Repository,
  commit: string,
  changes: Iterable<ChangedPassage>,
): Promise<Survey["untouched"]> {
  const counting = [...changes].filter(({ base, place }) => base !== null && !place.endsWith("!order"));
  const [{ passages: of }, tree] = await Promise.all([
    totalsOfCommit(repo, commit),
    blobsAt(repo, commit, new Set(counting.map(({ path }) => path))),
  ]);
  const touched = new Set<string>();
  const doubtful = new Map<string, Set<string>>();
  for (const { place, path, blob } of counting) {
    if (tree.get(path) === blob) touched.add(place);
    else doubtful.set(path, (doubtful.get(path) ?? new Set()).add(place));
  }
  const paths = [...doubtful.keys()].filter((path) => tree.has(path));
  for (const document of await readDocuments(repo, commit, paths)) {
    const wanted = doubtful.get(document.path);
    for (const { key } of document.passages) {
      const at = formatAddress(document.id, key);
      if (wanted?.has(at)) touched.add(at);
    }
  }
  return { passages: of - touched.size, of };
}

/** The blobs of some files in a commit; the absent are left out. */
async function blobsAt(
  repo: Repository,
  commit: string,
  paths: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const named = [...paths];
  const found = await describeObjects(
    repo,
    named.map((path) => `${commit}:${path}`),
  );
  return new Map(named.flatMap((path, index) => (found[index] ? [[path, found[index].oid]] : [])));
}

async function readDocuments(
  repo: Repository,
  commit: string,
  paths: readonly string[],
): Promise<Document[]> {
  const objects = await readObjects(
    repo,
    paths.map((path) => `${commit}:${path}`),
  );
  return paths.flatMap((path, index) => {
    const decoded = objects[index] && decodeText(objects[index].bytes);
    return decoded && "text" in decoded ? [readDocument(path, decoded.text)] : [];
  });
}
