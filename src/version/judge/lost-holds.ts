import { describeObjects, readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import { readHolds } from "../base/holds.ts";
import { isPublished } from "../base/starting-point.ts";
import { changesSince } from "../change/changes.ts";
import type { OpenVersion } from "../open.ts";
import { type Hold, type VersionFile, versionFolder, versionPath } from "../version-file.ts";
import { filesAt, ownSteps } from "./history.ts";

/** A hold whose entry went from `version.yaml` while upstream's change was neither taken nor decided on (design §3). */
export interface LostHold {
  readonly hold: Hold;
  /** The newest commit that has the entry. */
  readonly in: string;
}

/** What is gone through: this version's own commits since one (null: all of them), or the unsaved files alone. */
export type Stretch = { readonly since: string | null } | "unsaved";

/**
 * The holds that somebody deleted by hand. An entry that goes with the update or the decision that ends it is no such
 * thing, nor is one beneath which upstream has changed nothing.
 * @param unsaved paths that differ from the last commit
 */
export async function lostHolds(
  version: OpenVersion,
  stretch: Stretch,
  unsaved: ReadonlySet<string>,
): Promise<LostHold[]> {
  const { repo, self, head, published, start } = version;
  if (!self?.upstream || head === null || published === null || start.kind !== "known") return [];
  const lost: LostHold[] = [];
  for (const gone of await goneEntries(version, head, self, stretch, unsaved)) {
    const { hold } = gone;
    const [known] = await describeObjects(repo, [hold.base]);
    if (!known || !(await isPublished(repo, hold.base, published))) continue;
    const beneath = await changedBeneath(repo, hold, start.commit);
    if (beneath.paths.size > 0 && !(await isSettled(repo, self, gone, beneath)))
      lost.push({ hold, in: gone.in });
  }
  return lost;
}

/** An entry that was there and is not any more, with the files that changed as it went. */
interface Gone extends LostHold {
  /** Null where the files as they lie there have not been saved since. */
  readonly to: string | null;
  readonly touched: () => Promise<ReadonlySet<string>>;
}

async function goneEntries(
  version: OpenVersion,
  head: string,
  self: VersionFile,
  stretch: Stretch,
  unsaved: ReadonlySet<string>,
): Promise<Gone[]> {
  const { repo, published } = version;
  const found: Gone[] = [];
  const now = new Set(self.holds.map(({ at }) => at));
  // Of an entry that came and went several times the last time counts.
  const add = (before: VersionFile | null, after: VersionFile | null, gone: Omit<Gone, "hold">): void => {
    if (!before || !after) return;
    const left = new Set(after.holds.map(({ at }) => at));
    for (const hold of before.holds.filter(({ at }) => !left.has(at) && !now.has(at))) {
      now.add(hold.at);
      found.push({ ...gone, hold });
    }
  };
  if (unsaved.has(versionPath(self.id))) {
    const [saved = null] = await filesAt(repo, self.id, [head]);
    add(saved, self, { in: head, to: null, touched: async () => unsaved });
  }
  if (stretch === "unsaved") return found;
  const { since } = stretch;
  const steps = await ownSteps(repo, self.id, head, since === null ? (published?.heads ?? []) : [since]);
  for (const { from, to } of steps.filter(({ file }) => file).reverse()) {
    const [before = null, after = null] = await filesAt(repo, self.id, [from, to]);
    const touched = async (): Promise<ReadonlySet<string>> =>
      new Set((await diffTrees(repo, from, to)).map(({ path }) => path));
    add(before, after, { in: from, to, touched });
  }
  return found;
}

/** What upstream changed beneath a hold, up to the base that the version builds on now. */
interface Beneath {
  readonly paths: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

async function changedBeneath(repo: Repository, hold: Hold, base: string): Promise<Beneath> {
  const [held] = readHolds([hold]);
  const { documents, files } = await changesSince(
    repo,
    { commit: hold.base, holds: [] },
    { kind: "commit", commit: base },
  );
  const { passage } = held ?? {};
  const isHeld = (path: string): boolean => held?.covers(path) ?? false;
  const changed = documents.filter(({ change: { id, path, from, passages } }) =>
    passage
      ? [id, path, from].includes(passage.document) && passages.some(({ key }) => key === passage.key)
      : isHeld(path) || isHeld(from ?? path),
  );
  return {
    paths: new Set([
      ...changed.flatMap(({ change: { path, from } }) => [path, from ?? path]),
      ...files.map(({ path }) => path).filter(isHeld),
    ]),
    ids: new Set(changed.map(({ change }) => change.id)),
  };
}

/** Whether an entry went with the update that took upstream's change, or with a reason for declining it. */
async function isSettled(
  repo: Repository,
  { id }: VersionFile,
  { to, touched }: Gone,
  { paths, ids }: Beneath,
): Promise<boolean> {
  const changed = [...(await touched())];
  if (changed.some((path) => paths.has(path))) return true;
  const records = changed.filter((path) => path.startsWith(`${versionFolder(id)}/adaptations/`));
  if (to === null || records.length === 0) return false;
  const texts = await readObjects(
    repo,
    records.map((path) => `${to}:${path}`),
  );
  return texts.some((object) => [...ids].some((each) => object?.bytes.toString("utf8").includes(each)));
}
