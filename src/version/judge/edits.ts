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
  if (was?.id === is?.id && was?.url === is?.url && was?.branch === is?.branch) return null;
  return { what: "upstream", path: versionPath(id), was, is };
}

/** Whether a file under `versions/` belongs to another version than this one. */
export function isForeign(path: string, self: Pick<VersionFile, "id">): boolean {
  return path.startsWith("versions/") && !path.startsWith(`${versionFolder(self.id)}/`);
}

/** Compared with a base that is not the right one, every folder that upstream changed would seem to be edited. */
export function withoutConsequences(edits: readonly OwnEdit[]): OwnEdit[] {
  return edits.some(({ what }) => what === "base")
    ? edits.filter(({ what }) => what !== "folder")
    : [...edits];
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
