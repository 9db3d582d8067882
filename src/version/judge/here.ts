import { readTextInside } from "../../files/read.ts";
import { readObjects } from "../../git/objects.ts";
import { diffTrees } from "../../git/trees.ts";
import type { Status } from "../../git/worktree.ts";
import { type LayerRules, parseRules } from "../../rules/rules.ts";
import type { OwnChanges } from "../change/own-changes.ts";
import { readRules } from "../change/records.ts";
import type { OpenVersion } from "../open.ts";
import { parseVersionFile, rulesPath, type VersionFile, versionPath } from "../version-file.ts";
import { moveOfBase } from "./base-facts.ts";
import { type EditSince, notPutRight, type OwnEdit, upstreamEdit, withFolders } from "./edits.ts";
import { foreignFiles } from "./foreign.ts";
import { editsOfCommits, type RulesNow } from "./history.ts";
import { loosened } from "./loosened.ts";
import { readable } from "./readable.ts";

/** What others have of a version: the newest commit, and what it is called. */
export interface AtHome {
  readonly commit: string;
  readonly name: string;
}

/**
 * How a version and its files as they lie there edit what it is judged by: against what its home has of this branch,
 * or, where no home has any, in each of its own commits and since the last one.
 */
export async function editsHere(
  version: OpenVersion,
  changes: Promise<OwnChanges | null>,
  status: Promise<Status>,
  home: AtHome | null,
): Promise<EditSince[]> {
  const { self, head, published } = version;
  if (!self?.upstream || head === null) return [];
  const rulesHere: RulesNow = async (base) =>
    rulesWith(version, base, await readTextInside(version.repo.root, rulesPath(self.id)));
  const [earlier, own, unsaved] = await Promise.all([
    home === null && published !== null ? editsOfCommits(version, self.id, published.heads, rulesHere) : [],
    changes,
    status.then(pathsOf),
  ]);
  const [since, folders] = await Promise.all([
    editsSince(version, own, unsaved, home ?? { commit: head, name: "HEAD" }),
    folderEdits(version, own),
  ]);
  return withFolders(notPutRight([...earlier, ...since], self), folders);
}

async function folderEdits(version: OpenVersion, own: OwnChanges | null): Promise<EditSince[]> {
  const { start } = version;
  if (start.kind !== "known" || own === null) return [];
  const touched = own.versions.map(({ path }) => path);
  const foreign = await foreignFiles(version, start.commit, touched);
  return foreign.map((each) => ({ edit: { what: "folder", ...each }, since: start.commit.slice(0, 10) }));
}

/** The edits since a commit in the files as they lie there. Asks Git nothing where no such file was touched. */
async function editsSince(
  version: OpenVersion,
  own: OwnChanges | null,
  unsaved: ReadonlySet<string>,
  { commit, name }: AtHome,
): Promise<EditSince[]> {
  const { self, head } = version;
  if (self === null) return [];
  const [file, rules] = [versionPath(self.id), rulesPath(self.id)];
  if (commit === head && !unsaved.has(file) && !unsaved.has(rules)) return [];
  const [fileBefore, rulesBefore] = await textsAt(version, commit, [file, rules]);
  const edits = [
    ...(await fileEdits(version, fileBefore, commit, unsaved)),
    ...(own === null ? [] : await rulesEdits(version, self, own, rulesBefore)),
  ];
  return edits.map((edit) => ({ edit, since: name }));
}

function pathsOf({ changes, untracked }: Status): Set<string> {
  return new Set([...changes.flatMap(({ path, from }) => [path, from ?? path]), ...untracked]);
}

async function textsAt(
  { repo }: OpenVersion,
  commit: string,
  paths: readonly [string, string],
): Promise<[string | null, string | null]> {
  const objects = await readObjects(
    repo,
    paths.map((path) => `${commit}:${path}`),
  );
  const [file = null, rules = null] = objects.map((object) => object?.bytes.toString("utf8") ?? null);
  return [file, rules];
}

async function fileEdits(
  { repo, self, head, published }: OpenVersion,
  text: string | null,
  since: string,
  unsaved: ReadonlySet<string>,
): Promise<OwnEdit[]> {
  if (self === null || head === null) return [];
  const path = versionPath(self.id);
  const before = readable<VersionFile>(text, (each) => parseVersionFile(path, each));
  if (before === null) return [];
  const upstream = upstreamEdit(self.id, before, self);
  const edits = upstream === null ? [] : [upstream];
  const [was, is] = [before.base, self.base];
  if (!was || !is || published === null) return edits;
  const move = await moveOfBase(repo, published, was, is, {
    head,
    touched: async () =>
      new Set([...(await diffTrees(repo, since, head)).map((change) => change.path), ...unsaved]),
  });
  return move === "honest" ? edits : [...edits, { what: "base", path, move, was: was.commit, is: is.commit }];
}

async function rulesEdits(
  version: OpenVersion,
  self: VersionFile,
  own: OwnChanges,
  text: string | null,
): Promise<OwnEdit[]> {
  const { repo, start } = version;
  const path = rulesPath(self.id);
  const here = await readTextInside(repo.root, path);
  if (start.kind !== "known" || here === text) return [];
  const [before, now] = await Promise.all(
    [text, here].map((rules) => rulesWith(version, start.commit, rules)),
  );
  const at = loosened(self, own.documents, { before: before ?? [], now: now ?? [] });
  return at === null ? [] : [{ what: "rules", path, at }];
}

/** The rules of the layers above, and a version's own by their text. */
async function rulesWith(
  { repo, self, above }: OpenVersion,
  base: string,
  text: string | null,
): Promise<LayerRules[]> {
  if (self === null) return [];
  const layers = await readRules(repo, self, above, base, null);
  const file = readable(text, (each) => parseRules(rulesPath(self.id), each));
  if (file === null) return layers;
  return [...layers, { layer: self.id, name: self.name, file, fallback: file.default ?? null }];
}
