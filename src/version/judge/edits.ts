import type { LookedFile } from "../../check/material.ts";
import { quoteAddress } from "../../curriculum/address.ts";
import { type Upstream, type VersionFile, versionFolder, versionPath } from "../version-file.ts";

/** An edit by which a version would choose what it is judged by (design §11). */
export type OwnEdit =
  | {
      readonly what: "upstream";
      readonly path: string;
      readonly was: Upstream | null;
      readonly is: Upstream | null;
    }
  | {
      readonly what: "base";
      readonly path: string;
      readonly move: "back" | "untaken";
      readonly was: string;
      readonly is: string;
    }
  /** Rules of its own that are looser now, and a passage that it changed under them. */
  | { readonly what: "rules"; readonly path: string; readonly at: string }
  /** A file in the folder of another version. */
  | { readonly what: "folder"; readonly path: string; readonly change: LookedFile["change"] };

/** An edit, and the newest commit that is without it, by its id or as people call it. */
export interface EditSince {
  readonly edit: OwnEdit;
  readonly since: string;
}

/** How a base moved: as `rebase` and `undo` move it, to an older or another state, or ahead without taking anything. */
export type BaseMove = "honest" | "back" | "untaken";

/** What is known of a base that moved. */
export interface BaseFacts {
  readonly ahead: boolean;
  /** Whether upstream still stands by the base from before; a history that was rewritten is left for the new one. */
  readonly stands: boolean;
  /** Whether the file notes that the update was undone after it had left the machine. */
  readonly undone: boolean;
  /** Whether this version's history holds the new base, or its texts changed where upstream's did. */
  readonly taken: boolean;
}

export function baseMove({ ahead, stands, undone, taken }: BaseFacts): BaseMove {
  if (ahead) return taken ? "honest" : "untaken";
  return undone || !stands ? "honest" : "back";
}

/** An edit of this version's upstream; a group is a matter between the two, and its list decides it. */
export function upstreamEdit(
  id: string,
  before: Pick<VersionFile, "upstream">,
  now: Pick<VersionFile, "upstream">,
): OwnEdit | null {
  const [was, is] = [before.upstream ?? null, now.upstream ?? null];
  return isSameUpstream(was, is) ? null : { what: "upstream", path: versionPath(id), was, is };
}

/** Whether two mean the same upstream, whatever group they name. */
export function isSameUpstream(one: Upstream | null, other: Upstream | null): boolean {
  return one?.id === other?.id && one?.url === other?.url && one?.branch === other?.branch;
}

/** Whether a file under `versions/` belongs to another version than this one. */
export function isForeign(path: string, self: Pick<VersionFile, "id">): boolean {
  return path.startsWith("versions/") && !path.startsWith(`${versionFolder(self.id)}/`);
}

/** Of some edits, the oldest first, those that nothing later has put right. */
export function notPutRight(all: readonly EditSince[], now: VersionFile): EditSince[] {
  const left: EditSince[] = [];
  for (const each of all) {
    const back = left.findIndex(({ edit }) => isOpposite(edit, each.edit));
    if (back === -1) left.push(each);
    else left.splice(back, 1);
  }
  return left.filter(({ edit }) => {
    if (edit.what === "base") return now.base?.commit === edit.is;
    return edit.what !== "upstream" || !isSameUpstream(edit.was, now.upstream ?? null);
  });
}

function isOpposite(edit: OwnEdit, later: OwnEdit): boolean {
  if (edit.what === "base") return later.what === "base" && later.was === edit.is && later.is === edit.was;
  return (
    edit.what === "upstream" &&
    later.what === "upstream" &&
    isSameUpstream(later.was, edit.is) &&
    isSameUpstream(later.is, edit.was)
  );
}

/** With the edits of others' folders, unless the base is not the right one: compared with it, all that upstream changed would seem edited. */
export function withFolders(edits: readonly EditSince[], folders: readonly EditSince[]): EditSince[] {
  return edits.some(({ edit }) => edit.what === "base") ? [...edits] : [...edits, ...folders];
}

/** What was edited, in a sentence about the version's own file or folder. */
export function wordsForEdit(edit: OwnEdit): string {
  switch (edit.what) {
    case "upstream":
      return `${edit.path} names ${called(edit.is)} as upstream, not ${called(edit.was)} as before.`;
    case "base":
      return edit.move === "back"
        ? `${edit.path} takes the base back from ${short(edit.was)} to ${short(edit.is)}, by which changes would pass as upstream's text.`
        : `${edit.path} moves the base on from ${short(edit.was)} to ${short(edit.is)}, but nothing of that update was taken.`;
    case "rules":
      return `${edit.path} was loosened for ${quoteAddress(edit.at)}, which was changed as well.`;
    case "folder":
      return `${edit.path} belongs to ${edit.path.split("/")[1] ?? "another version"}, and was ${edit.change} here.`;
  }
}

function called(upstream: Upstream | null): string {
  return upstream === null ? "nobody" : `${upstream.id} (${upstream.url}, ${upstream.branch})`;
}

function short(commit: string): string {
  return commit.slice(0, 10);
}
