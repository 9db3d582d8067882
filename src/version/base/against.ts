import { Failure } from "../../failure.ts";
import { isAncestor } from "../../git/ancestry.ts";
import { refs } from "../../git/refs.ts";
import type { Repository } from "../../git/repository.ts";
import { type OpenVersion, versionFilesAt } from "../open.ts";
import { parseVersionFile, type VersionFile, versionPath } from "../version-file.ts";
import type { BaseTree } from "./base-tree.ts";
import { type Held, readHolds } from "./holds.ts";
import { type Edition, editionsOf, editionTag, type Next } from "./published.ts";

/** One layer's own part of a difference: from the base that it recorded to the commit that was taken from it. */
export interface Step {
  /** The version that owns it; null in plain mode. */
  readonly owner: string | null;
  readonly base: BaseTree;
  readonly to: string;
  /** The step of the layer above, up to that base; null at the layer that is measured against. */
  readonly above: Step | null;
  /** The same up to the base of each hold: what is held came to this layer by an earlier way. */
  readonly heldAbove: readonly { readonly held: Held; readonly above: Step | null }[];
}

/** The steps that a passage has come by, from the farthest layer down. */
export function stepsTo(last: Step, isHeld: (held: Held) => boolean): Step[] {
  const by = last.heldAbove.find(({ held }) => isHeld(held)) ?? last;
  return [...(by.above === null ? [] : stepsTo(by.above, isHeld)), last];
}

/** What a version is measured against. */
export interface Against {
  readonly layer: { readonly id: string; readonly name: string };
  readonly base: BaseTree;
  readonly edition: string | null;
  /** What waits; the base itself where nothing does. */
  readonly next: Next | null;
  /** What is offered where that is older than the base. */
  readonly older: Next | null;
  readonly editions: readonly Edition[];
  /** This version's own step, and by it those above. */
  readonly last: Step;
}

/**
 * Follows the bases recorded in each layer's own folder up to the layer to measure against; the direct upstream
 * where none is named (design §7).
 * @throws Failure "usage" where no layer above has that id.
 */
export async function resolveAgainst(version: OpenVersion, head: string, against?: string): Promise<Against> {
  const { self, start, next, older, published, repo } = version;
  if (start.kind !== "known") throw new Failure("environment", "No starting point to measure from.");
  const base: BaseTree = { commit: start.commit, holds: readHolds(self?.holds ?? []) };
  const own: Step = { owner: self?.id ?? null, base, to: head, above: null, heldAbove: [] };
  const upstreamId = self?.upstream?.id ?? "upstream";
  if (against === undefined || against === upstreamId) {
    const layer = version.above.find(({ id }) => id === upstreamId);
    return {
      layer: { id: upstreamId, name: layer?.name ?? upstreamId },
      base,
      edition: start.edition,
      next,
      older,
      editions: published?.editions ?? [],
      last: own,
    };
  }
  const place = version.above.findIndex(({ id }) => id === against);
  const farthest = version.above[place];
  if (farthest === undefined) {
    throw new Failure("usage", `There is no layer called ${against} above this version.`, {
      next: version.above.map(({ id, name }) => `leeway drift --against ${id}   ${name}`),
    });
  }
  const far = await throughLayers(repo, base, version.above.slice(0, place));
  const last: Step = { ...own, above: far.last, heldAbove: far.heldLast };
  return farther(version, farthest, far, last);
}

/** A layer's text as the farthest one had it, and the ways by which it came from there. */
interface Far {
  readonly base: BaseTree;
  readonly last: Step | null;
  readonly heldLast: Step["heldAbove"];
  /** What the layer below the farthest calls that base; its edition itself need not be at hand. */
  readonly recorded: string | null;
}

/**
 * Follows a tree of the nearest of some layers up through all of them. What is held goes its own way up, from the
 * base of the hold; where a layer on it held something of that itself, that base counts.
 */
async function throughLayers(
  repo: Repository,
  { commit, holds }: BaseTree,
  layers: readonly VersionFile[],
): Promise<Far> {
  const [layer, ...rest] = layers;
  if (layer === undefined) return { base: { commit, holds }, last: null, heldLast: [], recorded: null };
  const text = (await versionFilesAt(repo, commit)).get(layer.id);
  const file = text === undefined ? layer : parseVersionFile(versionPath(layer.id), text);
  if (!file.base) throw new Failure("environment", `No starting point: ${layer.name} records no base.`);
  const given = { commit: file.base.commit, holds: readHolds(file.holds) };
  const far = await throughLayers(repo, given, rest);
  const held = await Promise.all(
    holds.map(async (each) => ({
      held: each,
      far: await throughLayers(repo, { commit: each.hold.base, holds: [] }, layers),
    })),
  );
  return {
    base: {
      commit: far.base.commit,
      holds: [...held.flatMap((each) => heldFrom(each.held, each.far.base)), ...far.base.holds],
    },
    last: { owner: layer.id, base: given, to: commit, above: far.last, heldAbove: far.heldLast },
    heldLast: held.map((each) => ({ held: each.held, above: each.far.last })),
    recorded: rest.length === 0 ? (file.base.edition ?? null) : far.recorded,
  };
}

/** A hold as it stands to a farther layer's text: first what a layer between them held of it as well. */
function heldFrom(held: Held, base: BaseTree): Held[] {
  const within = base.holds.flatMap(({ hold, passage, covers }): Held[] => {
    if (held.passage !== null || passage !== null) return [];
    const both = { ...held.hold, at: `${hold.at} in ${held.hold.at}`, base: hold.base };
    return [{ hold: both, passage: null, covers: (path) => held.covers(path) && covers(path) }];
  });
  return [...within, { ...held, hold: { ...held.hold, base: base.commit } }];
}

async function farther(
  { repo }: OpenVersion,
  layer: { id: string; name: string },
  { base, recorded }: Far,
  last: Step,
): Promise<Against> {
  const editions = editionsOf(layer.id, await refs(repo, [editionTag(layer.id, "").slice(0, -1)]));
  const at = (commit: string): Next => ({
    commit,
    edition: editions.find((edition) => edition.commit === commit) ?? null,
  });
  const newest = at(editions[0]?.commit ?? base.commit);
  const isOlder = newest.commit !== base.commit && (await isAncestor(repo, newest.commit, base.commit));
  return {
    layer: { id: layer.id, name: layer.name },
    base,
    edition: at(base.commit).edition?.name ?? recorded,
    next: isOlder ? at(base.commit) : newest,
    older: isOlder ? newest : null,
    editions,
    last,
  };
}
