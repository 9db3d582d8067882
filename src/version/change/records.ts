import { parseRecord, type RecordFile } from "../../adaptation/record.ts";
import { listInside, readTextInside } from "../../files/read.ts";
import { readObjects } from "../../git/objects.ts";
import { remembered } from "../../git/remembered.ts";
import type { Repository } from "../../git/repository.ts";
import { listTree } from "../../git/trees.ts";
import { type LayerRules, parseRules } from "../../rules/rules.ts";
import { rulesPath, type VersionFile, versionFolder } from "../version-file.ts";
import type { Later } from "./listed-changes.ts";

/** Reads the adaptation records of one version, in order of their file names. */
export async function readRecords(repo: Repository, id: string, from: Later): Promise<RecordFile[]> {
  const folder = `${versionFolder(id)}/adaptations`;
  const parsed = (texts: [string, string][]): RecordFile[] =>
    texts.map(([path, text]) => ({ path, text, record: parseRecord(path, text) }));
  if (from.kind === "worktree") return parsed(await textsOnDisk(repo, folder));
  const { commit } = from;
  return remembered(repo, `records ${id} ${commit}`, async () => parsed(await textsAt(repo, folder, commit)));
}

async function textsOnDisk(repo: Repository, folder: string): Promise<[string, string][]> {
  const entries = (await listInside(repo.root, folder)) ?? [];
  const names = entries
    .map(({ name }) => name)
    .filter(isRecordName)
    .sort();
  const texts = await Promise.all(names.map((name) => readTextInside(repo.root, `${folder}/${name}`)));
  return names.map((name, index) => [`${folder}/${name}`, texts[index] ?? ""]);
}

async function textsAt(repo: Repository, folder: string, commit: string): Promise<[string, string][]> {
  const entries = [...(await listTree(repo, commit, [`${folder}/`]))].filter(([path]) => isRecordName(path));
  const objects = await readObjects(
    repo,
    entries.map(([, entry]) => entry.oid),
  );
  return entries.map(([path], index) => [path, objects[index]?.bytes.toString("utf8") ?? ""]);
}

function isRecordName(name: string): boolean {
  return name.endsWith(".yaml");
}

/**
 * The rules of every layer, each read at its base in upstream's tree and never from the version being judged
 * (design §3); this version's own rules, which can only tighten, are read at `own`.
 */
export async function readRules(
  repo: Repository,
  self: VersionFile,
  above: readonly VersionFile[],
  base: string | null,
  own: string | null,
): Promise<LayerRules[]> {
  const centre = (above.at(-1) ?? self).id;
  const wanted = [
    ...(base === null ? [] : above.map(({ id, name }) => ({ id, name, rev: base }))),
    ...(own === null ? [] : [{ id: self.id, name: self.name, rev: own }]),
  ].map(({ id, name, rev }) => ({ id, name, path: rulesPath(id), rev }));
  const objects = await readObjects(
    repo,
    wanted.map(({ path, rev }) => `${rev}:${path}`),
  );
  return wanted.flatMap(({ id, name, path }, index) => {
    const bytes = objects[index]?.bytes;
    if (!bytes) return [];
    const file = parseRules(path, bytes.toString("utf8"));
    return [{ layer: id, name, file, fallback: file.default ?? (id === centre ? "reason" : null) }];
  });
}
