import { diffDocuments, type PassageChange } from "../../compare/diff.ts";
import { formatAddress, parseAddress } from "../../curriculum/address.ts";
import { composition } from "../../curriculum/compose.ts";
import type { Document } from "../../curriculum/document.ts";
import { readObjects } from "../../git/objects.ts";
import type { TreeChange } from "../../git/raw-diff.ts";
import type { Repository } from "../../git/repository.ts";
import { type TreeEdit, type WholeFile, writeFiles } from "../../git/write-tree.ts";
import { leewayOf } from "../../rules/leeway.ts";
import { pathMatcher } from "../base/holds.ts";
import { ownLeeway } from "../change/own-changes.ts";
import { readRules } from "../change/records.ts";
import type { OpenVersion } from "../open.ts";
import type { VersionFile } from "../version-file.ts";
import type { Aligned, Sides } from "./align.ts";
import { type BothSides, type BothTexts, readBoth } from "./both-sides.ts";
import type { Dropped, TreeRule } from "./plan.ts";

/** What `takes` in `version.yaml` decides before the merge (design §6.2, §6.9). */
export interface Takes {
  /** The sides to be merged: one side's text already stands on both where `takes` says so. */
  readonly sides: Sides;
  /** Where in the result documents lie whose sides were changed. */
  readonly paths: ReadonlySet<string>;
  readonly rules: readonly TreeRule[];
  readonly dropped: readonly Dropped[];
}

interface Merge {
  readonly version: OpenVersion;
  readonly head: string;
  /** The commit that locks are read at. */
  readonly base: string;
  readonly aligned: Aligned;
  readonly both: readonly BothSides[];
}

/** Puts upstream's file, or this version's passage, on both sides where `takes` says whose it is. */
export async function applyTakes(merge: Merge): Promise<Takes> {
  const { self } = merge.version;
  const { sides } = merge.aligned;
  const nothing: Takes = { sides, paths: new Set(), rules: [], dropped: [] };
  if (self === null) return nothing;
  const [followed, kept] = await Promise.all([
    takeUpstream(merge, self.takes?.upstream ?? []),
    takeOurs(merge, self, self.takes?.ours ?? []),
  ]);
  if (followed.edits.length + kept.edits.length === 0) return nothing;
  const { repo } = merge.version;
  const [ours, theirs] = await Promise.all([
    treeWith(repo, sides.ours, followed.edits),
    treeWith(repo, sides.theirs, kept.edits),
  ]);
  const rules = [...followed.rules, ...kept.rules];
  return {
    sides: { ...sides, ours, theirs },
    paths: new Set(rules.map(({ path }) => path)),
    rules,
    dropped: rules.map(({ path, at, rule }) => ({ at: at ?? path, reason: REASONS[rule] ?? rule })),
  };
}

async function treeWith(repo: Repository, tree: string, edits: Decided["edits"]): Promise<string> {
  return edits.length > 0 ? (await writeFiles(repo, tree, edits)).tree : tree;
}

const REASONS: Partial<Record<TreeRule["rule"], string>> = {
  "takes-upstream": "this version's text; the file follows upstream, as takes.upstream says",
  "takes-ours": "upstream's change; this version's text stands, as takes.ours says",
};

interface Decided {
  readonly edits: readonly (WholeFile | TreeEdit)[];
  readonly rules: readonly TreeRule[];
}

/** Tells of what upstream changed whether the file follows upstream, by the globs of `takes.upstream`. */
export function followsUpstream(globs: readonly string[] = []): (theirs: TreeChange) => boolean {
  const matchers = globs.map(pathMatcher);
  return ({ path, from }) =>
    !path.startsWith("versions/") && matchers.some((matches) => matches(path) || matches(from ?? path));
}

/** Machinery that upstream changed becomes upstream's; where this version had changed it too, that is told. */
async function takeUpstream({ version, aligned }: Merge, globs: readonly string[]): Promise<Decided> {
  if (globs.length === 0) return { edits: [], rules: [] };
  const changed = aligned.there.filter(followsUpstream(globs));
  const here = new Map(aligned.here.map((change) => [change.from ?? change.path, change]));
  const mine = changed.flatMap((theirs) => {
    const ours = here.get(theirs.from ?? theirs.path);
    return ours && (ours.newOid !== theirs.newOid || ours.path !== theirs.path) ? [{ ours, theirs }] : [];
  });
  const objects = await readObjects(
    version.repo,
    mine.map(({ ours }) => ours.newOid ?? version.repo.zero),
  );
  return {
    edits: mine.flatMap(({ ours, theirs }) => [
      ...[ours.path, theirs.from ?? theirs.path].map((path) => ({ path, mode: "000000", oid: null })),
      ...(theirs.newOid === null ? [] : [{ path: theirs.path, mode: theirs.newMode, oid: theirs.newOid }]),
    ]),
    rules: mine.map(({ theirs }, index) => ({
      path: theirs.path,
      rule: "takes-upstream",
      text: objects[index]?.bytes.toString("utf8") ?? null,
    })),
  };
}

/**
 * Passages that both sides changed and that are this version's own keep its text: upstream's side gets the base's
 * text there, so that Git sees no change to merge. Locked passages are merged as any other.
 */
async function takeOurs(merge: Merge, self: VersionFile, addresses: readonly string[]): Promise<Decided> {
  if (addresses.length === 0) return { edits: [], rules: [] };
  const { version, head, aligned, both } = merge;
  const { repo, above } = version;
  const [texts, rules] = await Promise.all([
    readBoth(repo, { ...aligned.sides, result: aligned.sides.theirs }, both),
    readRules(repo, self, above, merge.base, head),
  ]);
  const isOpen = (document: Document, key: string): boolean => {
    const { path, id, type } = document;
    return leewayOf({ path, id, type, key, own: ownLeeway(document) }, rules, self.id).level !== "none";
  };
  const found = texts.flatMap((each) => keptIn(each, addresses.map(asMatcher), isOpen));
  const modes = new Map(aligned.there.map(({ path, newMode }) => [path, newMode]));
  return {
    edits: found.map(({ path, text }) => ({
      path,
      mode: modes.get(path) ?? "100644",
      bytes: Buffer.from(text, "utf8"),
    })),
    rules: found.flatMap((each) => each.rules),
  };
}

type Matcher = (document: Document, key: string) => boolean;

/** A passage's address, a document's id, or a path, folder or glob. */
function asMatcher(address: string): Matcher {
  const { document: name, passage } = parseAddress(address);
  const matches = pathMatcher(name);
  return ({ id, path }, key) => (id === name || matches(path)) && (passage === null || passage === key);
}

function keptIn(
  { paths, base, ours, theirs }: BothTexts,
  matchers: readonly Matcher[],
  isOpen: (document: Document, key: string) => boolean,
): { path: string; text: string; rules: TreeRule[] }[] {
  if (base === null || ours === null || theirs === null || paths.theirs === null) return [];
  const mine = new Map(diffDocuments(base, ours).passages.map((change) => [keyOf(change), change]));
  const kept = diffDocuments(base, theirs).passages.filter((change) => {
    const own = mine.get(keyOf(change));
    const differs = own !== undefined && own.localHash !== change.localHash;
    const key = own?.key ?? keyOf(change);
    return (
      differs &&
      matchers.some((matches) => matches(ours, key) || matches(ours, keyOf(change))) &&
      isOpen(base, keyOf(change))
    );
  });
  if (kept.length === 0) return [];
  const { text, exact } = composition(theirs, base, new Set(kept.map(({ key }) => key)));
  if (!exact) return [];
  return [
    {
      path: paths.theirs,
      text,
      rules: kept.map((change) => ({
        path: paths.result,
        at: formatAddress(ours.id, mine.get(keyOf(change))?.key ?? keyOf(change)),
        rule: "takes-ours",
        text: change.local?.text ?? null,
      })),
    },
  ];
}

function keyOf({ base, key }: PassageChange): string {
  return base?.key ?? key;
}
