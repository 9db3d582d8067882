import { Failure } from "../../failure.ts";
import { isAncestor, refs } from "../../git/refs.ts";
import { type OpenVersion, versionFilesAt } from "../open.ts";
import { parseVersionFile, versionPath } from "../version-file.ts";
import type { BaseTree } from "./base-tree.ts";
import { readHolds } from "./holds.ts";
import { type Edition, editionsOf, editionTag, type Next } from "./published.ts";

/** One layer's own part of a difference: from the base that it recorded to the commit that was taken from it. */
export interface Step {
  /** The version that owns it; null in plain mode. */
  readonly owner: string | null;
  readonly base: BaseTree;
  readonly to: string;
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
  /** From the farthest layer down to this version. */
  readonly steps: readonly Step[];
}

/**
 * Follows the bases recorded in each layer's own folder up to the layer to measure against; the direct upstream
 * where none is named (design §7).
 * @throws Failure "usage" where no layer above has that id.
 */
export async function resolveAgainst(version: OpenVersion, head: string, against?: string): Promise<Against> {
  const { self, start, next, older, published, repo } = version;
  if (start.kind !== "known") throw new Failure("environment", "No starting point to measure from.");
  const own: Step = {
    owner: self?.id ?? null,
    base: { commit: start.commit, holds: readHolds(self?.holds ?? []) },
    to: head,
  };
  const upstreamId = self?.upstream?.id ?? "upstream";
  if (against === undefined || against === upstreamId) {
    const layer = version.above.find(({ id }) => id === upstreamId);
    return {
      layer: { id: upstreamId, name: layer?.name ?? upstreamId },
      base: own.base,
      edition: start.edition,
      next,
      older,
      editions: published?.editions ?? [],
      steps: [own],
    };
  }
  const place = version.above.findIndex(({ id }) => id === against);
  const farthest = version.above[place];
  if (farthest === undefined) {
    throw new Failure("usage", `There is no layer called ${against} above this version.`, {
      next: version.above.map(({ id, name }) => `leeway drift --against ${id}   ${name}`),
    });
  }
  const steps = [own];
  let at = own.base.commit;
  let recorded: string | null = null;
  for (const layer of version.above.slice(0, place)) {
    const text = (await versionFilesAt(repo, at)).get(layer.id);
    const file = text === undefined ? layer : parseVersionFile(versionPath(layer.id), text);
    if (!file.base) throw new Failure("environment", `No starting point: ${layer.name} records no base.`);
    steps.unshift({
      owner: layer.id,
      base: { commit: file.base.commit, holds: readHolds(file.holds) },
      to: at,
    });
    at = file.base.commit;
    recorded = file.base.edition ?? null;
  }
  return farther(version, farthest, steps, recorded);
}

async function farther(
  { repo }: OpenVersion,
  layer: { id: string; name: string },
  steps: readonly Step[],
  /** What the layer below it calls that base; its edition itself need not be at hand. */
  recorded: string | null,
): Promise<Against> {
  const base = steps[0]?.base ?? { commit: "", holds: [] };
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
    steps,
  };
}
