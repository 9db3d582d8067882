import { type Carried, carryRecords } from "../../adaptation/carry.ts";
import { parseAddress } from "../../curriculum/address.ts";
import { Failure } from "../../failure.ts";
import { readLinkAware } from "../../files/read.ts";
import { asStored } from "../../git/line-ends.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { syncIndex } from "../../git/stop.ts";
import { diffTrees } from "../../git/trees.ts";
import { mergedMode, statusOf, type Unmerged } from "../../git/worktree.ts";
import { commitTree, writeBlobs } from "../../git/write-objects.ts";
import { writeFiles } from "../../git/write-tree.ts";
import { readHolds } from "../base/holds.ts";
import { asWhole, recordFiles } from "../change/own-files.ts";
import { readRecords } from "../change/records.ts";
import type { ReadyVersion } from "../ready.ts";
import { besideOf } from "../resolve/beside.ts";
import type { Stop } from "../resolve/notes.ts";
import { openDecisions } from "../resolve/open.ts";
import { requireKeepable } from "../resolve/reading.ts";
import { performOperation } from "../undo/perform.ts";
import { parseVersionFile, versionPath } from "../version-file.ts";
import { type BothTexts, bothSides, landingsOf, readBoth } from "./both-sides.ts";
import type { Decision } from "./plan.ts";
import { withHeld } from "./synthetic.ts";
import { followsUpstream } from "./takes.ts";

export type Finished =
  | { readonly kind: "waiting"; readonly decisions: readonly Decision[] }
  | { readonly kind: "finished"; readonly commit: string; readonly adaptations: readonly Carried[] };

/**
 * Finishes a stopped rebase. While Git's merge is open (`merging`), files whose decisions are settled are staged, the records
 * are bound to what was decided, and the commit with two parents is made. Where an editor or `git commit` has ended
 * the merge already, the records are completed in a commit of their own.
 */
export async function finishRebase(
  version: ReadyVersion,
  { stop, merging }: { readonly stop: Stop; readonly merging: boolean },
  now: Date,
): Promise<Finished> {
  const { repo, head, branch } = version;
  const decisions = await openDecisions(repo, stop);
  if (decisions.length > 0) return { kind: "waiting", decisions };
  const texts = await textsToKeep(repo, stop, merging ? null : head);
  await requireKeepable(repo, stop, texts, { isCommitted: !merging });
  if (merging) await stageSettled(repo, stop);
  const tree = merging ? (await repo.text(["write-tree"])).trim() : `${head}^{tree}`;
  const adaptations = await bindDecided(version, stop, tree);
  const records = recordFiles(adaptations);
  const { tree: whole, edits } =
    records.length === 0 ? { tree, edits: [] } : await writeFiles(repo, tree, records.map(asWhole));
  const message = merging ? stop.message : `Bind the reasons to what was decided\n\n${stop.message}`;
  const parents = merging ? [head, stop.to] : [head];
  const isNew = merging || edits.length > 0;
  const commit = isNew ? await commitTree(repo, { tree: whole, parents, message }) : head;
  const ref = `refs/heads/${branch}`;
  await performOperation(
    repo,
    { kind: "finish", write: records, stage: edits },
    {
      verb: "rebase",
      did: stop.message.split("\n")[0] ?? "rebase",
      at: now.toISOString(),
      refs: [{ ref, before: stop.before, after: commit }],
    },
    { refs: new Map([[ref, head]]) },
  );
  return { kind: "finished", commit, adaptations };
}

/** Files that were in conflict as they are to be kept: as they lie there, or as they have been committed. */
async function textsToKeep(
  repo: Repository,
  { stages }: Stop,
  commit: string | null,
): Promise<ReadonlyMap<string, Buffer | null>> {
  const paths = stages.map(({ path }) => path);
  if (commit !== null) {
    const objects = await readObjects(
      repo,
      paths.map((path) => `${commit}:${path}`),
    );
    return new Map(paths.map((path, index) => [path, objects[index]?.bytes ?? null]));
  }
  const files = await Promise.all(paths.map((path) => readLinkAware(repo.root, path)));
  return new Map(paths.map((path, index) => [path, files[index]?.bytes ?? null]));
}

/** Stages every file that was in conflict, as it lies in the work tree now, edits after `resolve` included. */
async function stageSettled(repo: Repository, stop: Stop): Promise<void> {
  const status = await statusOf(repo);
  const edited = stop.stages.filter(({ path }) => status.unstaged.includes(path));
  const unmerged = [...status.unmerged, ...edited];
  const files = await Promise.all(unmerged.map(({ path }) => readLinkAware(repo.root, path)));
  const kept = unmerged.map(({ path, stages }, index) => {
    const mode = mergedMode(stages as Unmerged["stages"]);
    const file = files[index] ?? null;
    const plain = mode.startsWith("100") ? mode : "100644";
    return { path, mode: file?.kind === "link" ? "120000" : plain, bytes: file?.bytes ?? null };
  });
  const written = await asStored(
    repo,
    kept.filter(({ bytes }) => bytes !== null),
  );
  const oids = await writeBlobs(
    repo,
    written.map(({ bytes }) => bytes ?? Buffer.alloc(0)),
  );
  await syncIndex(repo, [
    ...kept.filter(({ bytes }) => bytes === null).map(({ path }) => ({ path, mode: "000000", oid: null })),
    ...written.map(({ path, mode }, index) => ({ path, mode, oid: oids[index] ?? null })),
  ]);
}

async function bindDecided(
  version: { repo: Repository; self: ReadyVersion["self"] },
  stop: Stop,
  tree: string,
): Promise<Carried[]> {
  const { repo, self } = version;
  if (self === null) return [];
  const records = await readRecords(repo, self.id, { kind: "commit", commit: stop.before });
  const path = versionPath(self.id);
  const [file] = await readObjects(repo, [`${tree}:${path}`]);
  const { holds } = parseVersionFile(path, file?.bytes.toString("utf8") ?? "");
  // What was held during the stop is not taken, so it is no base of a reason either.
  const theirs = await withHeld(repo, stop.sides.theirs, readHolds(holds));
  const [here, there] = await Promise.all([
    diffTrees(repo, stop.sides.base, stop.sides.ours, { renames: true }),
    diffTrees(repo, stop.sides.base, stop.sides.theirs, { renames: true }),
  ]);
  const texts = await readBoth(
    repo,
    { ...stop.sides, theirs, result: tree },
    bothSides({ here, there, sides: stop.sides }, followsUpstream(self.takes?.upstream)),
  );
  const carried = carryRecords(records, landingsOf(texts, new Set()), stop.edition ?? stop.to.slice(0, 10), {
    all: new Set(stop.decisions.map(({ at }) => at)),
    wholly: whollyDecided(stop.decisions, texts),
  });
  return asStaged(repo, tree, carried);
}

/** Addresses at which a person was asked about everything that upstream changed: no second look is called for. */
function whollyDecided(decisions: readonly Decision[], texts: readonly BothTexts[]): Set<string> {
  const wholly = ({ at, path }: Decision): boolean => {
    const text = texts.find(({ paths }) => paths.result === path);
    if (!text?.base || !text.theirs) return true;
    const here = decisions.filter((each) => each.at === at);
    return besideOf({ base: text.base, theirs: text.theirs }, parseAddress(at).passage, here) === null;
  };
  return new Set(decisions.filter(wholly).map(({ at }) => at));
}

/** What the stop staged already is the text to change; only what differs from it is written again. */
async function asStaged(repo: Repository, tree: string, carried: readonly Carried[]): Promise<Carried[]> {
  const objects = await readObjects(
    repo,
    carried.map(({ file }) => `${tree}:${file.path}`),
  );
  return carried.map((each, index) => {
    const text = objects[index]?.bytes.toString("utf8");
    if (text === undefined)
      throw new Failure("environment", "An adaptation record is gone.", { where: each.file.path });
    return { ...each, file: { ...each.file, text } };
  });
}
