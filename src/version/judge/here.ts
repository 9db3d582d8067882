import { readTextInside } from "../../files/read.ts";
import { readObjects } from "../../git/objects.ts";
import { diffTrees } from "../../git/trees.ts";
import type { Status } from "../../git/worktree.ts";
import { type LayerRules, parseRules } from "../../rules/rules.ts";
import type { OwnChanges } from "../change/own-changes.ts";
import { readRules } from "../change/records.ts";
import type { OpenVersion } from "../open.ts";
import { parseVersionFile, type VersionFile, versionFolder, versionPath } from "../version-file.ts";
import { moveOfBase } from "./base-facts.ts";
import { type OwnEdit, upstreamEdit, withoutConsequences } from "./edits.ts";
import { foreignFiles } from "./foreign.ts";
import { loosened } from "./loosened.ts";
import { readable } from "./readable.ts";

/**
 * How the files as they lie there edit what this version is judged by, since a commit that others know. Asks Git
 * nothing where no such file was touched.
 * @param since what its home has of this branch; else its own last commit
 */
export async function editsHere(
  version: OpenVersion,
  own: OwnChanges | null,
  status: Status,
  since: string | null,
): Promise<OwnEdit[]> {
  const { self, head, start } = version;
  if (!self?.upstream || head === null) return [];
  const known = since ?? head;
  const unsaved = pathsOf(status);
  const isTouched = (path: string): boolean => unsaved.has(path) || known !== head;
  const [file, rules] = [versionPath(self.id), `${versionFolder(self.id)}/rules.yaml`];
  const [before, foreign] = await Promise.all([
    isTouched(file) || isTouched(rules) ? textsAt(version, known, [file, rules]) : null,
    start.kind === "known" && own !== null
      ? foreignFiles(
          version,
          start.commit,
          own.versions.map(({ path }) => path),
        )
      : [],
  ]);
  const folders = foreign.map((each): OwnEdit => ({ what: "folder", ...each }));
  if (before === null) return folders;
  const [fileBefore, rulesBefore] = before;
  return withoutConsequences([
    ...(await fileEdits(version, fileBefore, known, unsaved)),
    ...(own === null ? [] : await rulesEdits(version, own, rules, rulesBefore)),
    ...folders,
  ]);
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
  { repo, self, above, start }: OpenVersion,
  own: OwnChanges,
  path: string,
  text: string | null,
): Promise<OwnEdit[]> {
  if (self === null || start.kind !== "known") return [];
  const here = await readTextInside(repo.root, path);
  if (here === text) return [];
  const layers = await readRules(repo, self, above, start.commit, null);
  const withOwn = (rules: string | null): LayerRules[] => {
    const file = readable(rules, (each) => parseRules(path, each));
    return file === null
      ? layers
      : [...layers, { layer: self.id, name: self.name, file, fallback: file.default ?? null }];
  };
  const at = loosened(self, own.documents, { before: withOwn(text), now: withOwn(here) });
  return at === null ? [] : [{ what: "rules", path, at }];
}
