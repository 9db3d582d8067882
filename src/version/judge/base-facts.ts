import { isAncestor } from "../../git/ancestry.ts";
import { describeObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import { diffTrees } from "../../git/trees.ts";
import type { Published } from "../base/published.ts";
import { isPublished } from "../base/starting-point.ts";
import type { VersionFile } from "../version-file.ts";
import { type BaseFacts, type BaseMove, baseMove } from "./edits.ts";

type Base = NonNullable<VersionFile["base"]>;

/** The change that moved a base. */
export interface MovedIn {
  /** The commit that holds the change, or that unsaved files go on from. */
  readonly head: string;
  /** Files that the change touches. */
  readonly touched: () => Promise<ReadonlySet<string>>;
}

/** How a base moved from one commit of upstream to another. */
export async function moveOfBase(
  repo: Repository,
  published: Pick<Published, "heads">,
  was: Base,
  is: Base,
  change: MovedIn,
): Promise<BaseMove> {
  if (was.commit === is.commit) return "honest";
  // A base that is not there is no starting point, which is told as such.
  const known = await describeObjects(repo, [was.commit, is.commit]);
  if (known.includes(null)) return "honest";
  const ahead = await isAncestor(repo, was.commit, is.commit);
  const facts: BaseFacts = {
    ahead,
    stands: ahead || (await isPublished(repo, was.commit, published)),
    undone: !ahead && is.undone !== undefined && (await isAncestor(repo, was.commit, is.undone)),
    taken:
      ahead && ((await isAncestor(repo, is.commit, change.head)) || (await tookPart(repo, was, is, change))),
  };
  return baseMove(facts);
}

/** Whether a change touches any file that upstream changed; so a squashed update does. */
async function tookPart(repo: Repository, was: Base, is: Base, { touched }: MovedIn): Promise<boolean> {
  const [upstream, here] = await Promise.all([diffTrees(repo, was.commit, is.commit), touched()]);
  const texts = upstream.filter(({ path }) => !path.startsWith("versions/"));
  return texts.length === 0 || texts.some(({ path }) => here.has(path));
}
