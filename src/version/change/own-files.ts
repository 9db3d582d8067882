import type { Carried } from "../../adaptation/carry.ts";
import { readDocument } from "../../curriculum/read.ts";
import { updateYaml } from "../../curriculum/update.ts";
import { readTextInside } from "../../files/read.ts";
import { readObjects } from "../../git/objects.ts";
import type { Repository } from "../../git/repository.ts";
import type { WholeFile } from "../../git/write-tree.ts";
import type { Next } from "../base/published.ts";
import type { EquippedVersion } from "../ready.ts";
import { type Hold, parseVersionFile, type VersionFile, versionPath } from "../version-file.ts";

/** What a version's own file is to say from now on; what is left out stays as it is. */
export interface VersionUpdate {
  readonly base?: NonNullable<VersionFile["base"]>;
  readonly holds?: readonly Hold[];
}

/** The text of a `version.yaml` with new base and holds, every other byte untouched. */
export function updateVersionText(path: string, text: string, update: VersionUpdate): string {
  const file = parseVersionFile(path, text);
  const { base = file.base, holds = file.holds } = update;
  const data: Record<string, unknown> = { ...readDocument(path, text).data };
  if (base) data.base = base;
  if (holds.length > 0) data.holds = holds;
  else delete data.holds;
  return updateYaml(path, text, data);
}

/** The base that stands after taking an upstream commit. */
export function baseAt(next: Pick<Next, "commit" | "edition">): NonNullable<VersionFile["base"]> {
  return { commit: next.commit, ...(next.edition ? { edition: next.edition.name } : {}) };
}

/** A file of this version's own folder with its new text. */
export interface OwnFile {
  readonly path: string;
  readonly text: string;
  /** A program, such as a hook. */
  readonly executable?: boolean | undefined;
}

/** The mode that Git keeps a file under. */
export function modeOf({ executable }: Pick<OwnFile, "executable">): string {
  return executable ? "100755" : "100644";
}

/** The records that a rebase binds anew, as files. */
export function recordFiles(adaptations: readonly Carried[]): OwnFile[] {
  return adaptations.flatMap(({ file, record }) =>
    record === null ? [] : [{ path: file.path, text: updateYaml(file.path, file.text, record) }],
  );
}

/** An own file as it goes into a tree. */
export function asWhole(file: OwnFile): WholeFile {
  return { path: file.path, mode: modeOf(file), bytes: Buffer.from(file.text, "utf8") };
}

/** The text of this version's own file in a commit. */
export async function versionTextAt(repo: Repository, rev: string, id: string): Promise<string> {
  const [file] = await readObjects(repo, [`${rev}:${versionPath(id)}`]);
  return file?.bytes.toString("utf8") ?? "";
}

/**
 * Where Git's ancestry shows a later base than `version.yaml` records, the next verb that writes records it
 * (design §3): the file as it is to stand, or nothing to do.
 */
export async function baseUpdate({ repo, self, start }: EquippedVersion): Promise<OwnFile[]> {
  if (start.kind !== "known" || start.recorded) return [];
  const path = versionPath(self.id);
  const text = await readTextInside(repo.root, path);
  if (text === null) return [];
  const base = { commit: start.commit, ...(start.edition ? { edition: start.edition } : {}) };
  return [{ path, text: updateVersionText(path, text, { base }) }];
}
