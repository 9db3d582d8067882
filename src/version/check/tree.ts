import { factsOf } from "../../check/facts.ts";
import type { Tree } from "../../check/material.ts";
import { filesOf } from "../../check/named-files.ts";
import { groupBy } from "../../curriculum/groups.ts";
import { lazily } from "../../curriculum/lazily.ts";
import type { Repository } from "../../git/repository.ts";
import { listTree } from "../../git/trees.ts";
import type { ChangedDocument, Changes } from "../change/changes.ts";
import type { WorkTree } from "./scope.ts";

type Differing = Pick<Changes, "documents" | "files">;

/** Where that is which some changes moved, by its old path; null for what they took away. */
export function goneIn(changes: readonly Differing[]): Tree["gone"] {
  const gone = new Map<string, string | null>();
  for (const { documents, files } of changes) {
    const all = [
      ...files.map(({ path, from, change }) => ({ path, from, isGone: change === "removed" })),
      ...documents.map(({ change: { path, from }, local }) => ({ path, from, isGone: local === null })),
    ];
    for (const { path, from, isGone } of all) {
      if (isGone) gone.set(path, null);
      else if (from) gone.set(from, path);
    }
  }
  return gone;
}

/** The ids of documents and of what they state that some changes took away: others may name them still. */
export function namesGone(changes: readonly Differing[]): ReadonlySet<string> {
  const gone = new Set<string>();
  for (const { base, local } of changes.flatMap(({ documents }) => documents)) {
    if (base === null) continue;
    if (local?.id !== base.id) gone.add(base.id);
    if (local !== null && local.frontMatter === base.frontMatter && local.format === "markdown") continue;
    const kept = new Set(local === null ? [] : factsOf(local).targets);
    for (const target of factsOf(base).targets) if (!kept.has(target)) gone.add(target);
  }
  return gone;
}

/** Whether a changed document names a file that it did not name before, or from another folder. */
export function namesFiles({ base, local }: ChangedDocument): boolean {
  if (local === null) return false;
  const known = new Set(base?.path === local.path ? filesOf(base).map(({ value }) => value) : []);
  return filesOf(local).some(({ value }) => !known.has(value));
}

/** Every file as it lies there: those of the commit, with what was added and taken away since. */
export async function treeHere(
  repo: Repository,
  head: string,
  { status }: WorkTree,
  gone: Tree["gone"],
): Promise<Tree> {
  const [files, { changes, untracked }] = await Promise.all([listTree(repo, head), status]);
  const paths = new Set([...files.keys(), ...untracked]);
  for (const { status: kind, path, from } of changes) {
    if (kind === "D") paths.delete(path);
    else paths.add(path);
    if (kind === "R" && from !== undefined) paths.delete(from);
  }
  const normal = lazily(() => new Set([...paths].map((path) => path.normalize("NFC"))));
  const folders = lazily(() => new Set([...normal()].flatMap(foldersOf)));
  // What lies in a submodule is not listed.
  const modules = lazily(() =>
    [...files].flatMap(([path, { mode }]) => (mode === "160000" ? [`${path}/`] : [])),
  );
  const named = lazily(() => groupBy(normal(), (path) => lastOf(path)));
  const endings = lazily(() => new Set([...normal(), ...gone.keys()].map(endingOf)));
  return {
    gone,
    keeps: (path) => endings().has(endingOf(path)),
    has: (path) =>
      path === "" ||
      normal().has(path) ||
      folders().has(path) ||
      modules().some((module) => path.startsWith(module)),
    endsWith: (path) =>
      (named().get(lastOf(path)) ?? []).filter((each) =>
        `/${each}`.toLowerCase().endsWith(`/${path}`.toLowerCase()),
      ),
  };
}

function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

function endingOf(path: string): string {
  return /\.\w+$/.exec(path)?.[0].toLowerCase() ?? "";
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).toLowerCase();
}
