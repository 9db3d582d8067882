import type { Downstream } from "../version/downstream.ts";
import { versionId } from "../version/version-file.ts";

/** A version as the list of the version above it names it (design §11: the list is its judge). */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  readonly group: string | null;
  /** The version whose list it stands on. */
  readonly upstream: string;
  /** The version just below the root that it belongs to; itself where it is that one. */
  readonly region: string;
  /** 1 for what stands on the root's own list. */
  readonly depth: number;
  /** As it stands on the list. */
  readonly url: string;
  /** The address that the list's relative addresses start from. */
  readonly home: string;
}

/** What was found of a listed version. */
export type Found<T> =
  /** Its own list, and where that list's addresses start from. */
  | { readonly kind: "known"; readonly seen: T; readonly home: string; readonly list: readonly Downstream[] }
  /** It is left out, and another of the same id may take its place. */
  | { readonly kind: "left-out"; readonly why: string };

/** An entry of a list, with what was found of it or why it was left out. */
export type Walked<T> =
  | { readonly listed: Listed; readonly seen: T }
  | { readonly listed: Listed; readonly leftOut: string };

/**
 * Goes through the lists of all layers, from the root's own downwards; versions of one layer are looked at side by
 * side. An id counts once, a list that leads back to a version above it is followed no further, and both are named.
 */
export async function walkLists<T>(
  root: { readonly id: string; readonly home: string; readonly list: readonly Downstream[] },
  look: (listed: Listed) => Promise<Found<T>>,
): Promise<Walked<T>[]> {
  const walked: Walked<T>[] = [];
  const taken = new Map<string, Listed>();
  const above = new Map<string, readonly string[]>([[root.id, [root.id]]]);
  let layer = listedBy(root, null);
  while (layer.length > 0) {
    const fresh: Listed[] = [];
    for (const listed of layer) {
      const why = clash(listed, taken, fresh, above);
      if (why === null) fresh.push(listed);
      else walked.push({ listed, leftOut: why });
    }
    const found = await Promise.all(fresh.map(look));
    const below: Listed[] = [];
    fresh.forEach((listed, index) => {
      const each = found[index];
      if (each === undefined) return;
      if (each.kind === "left-out") {
        walked.push({ listed, leftOut: each.why });
        return;
      }
      taken.set(listed.id, listed);
      above.set(listed.id, [...(above.get(listed.upstream) ?? []), listed.id]);
      walked.push({ listed, seen: each.seen });
      below.push(...listedBy({ id: listed.id, home: each.home, list: each.list }, listed));
    });
    layer = below;
  }
  return walked;
}

function listedBy(
  { id, home, list }: { readonly id: string; readonly home: string; readonly list: readonly Downstream[] },
  by: Listed | null,
): Listed[] {
  return list.map((entry) => ({
    id: entry.id,
    name: entry.name,
    layer: entry.layer,
    group: entry.group ?? null,
    upstream: id,
    region: by?.region ?? entry.id,
    depth: (by?.depth ?? 0) + 1,
    url: entry.url,
    home,
  }));
}

function clash(
  listed: Listed,
  taken: ReadonlyMap<string, Listed>,
  fresh: readonly Listed[],
  above: ReadonlyMap<string, readonly string[]>,
): string | null {
  const { id, upstream } = listed;
  if (!versionId().safeParse(id).success) return `${JSON.stringify(id)} cannot be the id of a version`;
  if (above.get(upstream)?.includes(id)) {
    return id === upstream
      ? `${upstream} lists itself`
      : `the lists lead in a circle: ${upstream} lists ${id}, which is above it`;
  }
  const first = taken.get(id) ?? fresh.find((each) => each.id === id);
  return first === undefined
    ? null
    : `the id ${id} is taken by ${first.name}, on the list of ${first.upstream}`;
}

/**
 * Puts versions that no list names, but that say themselves whose editions they take, below that one where it is
 * among them; else below the root.
 */
export function placeBelow<T extends { readonly listed: Listed }>(all: readonly T[], root: string): T[] {
  const byId = new Map(
    all.flatMap(({ listed, ...rest }) => ("leftOut" in rest ? [] : [[listed.id, listed]])),
  );
  return all.map((each) => {
    const { listed } = each;
    const way = [listed];
    for (let at = byId.get(listed.upstream); at !== undefined; at = byId.get(at.upstream)) {
      // Versions that name each other as upstream are below nobody.
      if (way.includes(at)) return { ...each, listed: { ...listed, upstream: root } };
      way.push(at);
    }
    const upstream = way.length > 1 ? listed.upstream : root;
    const region = way.at(-1)?.id ?? listed.id;
    return { ...each, listed: { ...listed, upstream, region, depth: way.length } };
  });
}

/** Every version below its upstream, those of one upstream by name. */
export function inOrder<T extends { readonly listed: Listed }>(root: string, all: readonly T[]): T[] {
  const below = (id: string): T[] =>
    all
      .filter(({ listed }) => listed.upstream === id)
      .sort((a, b) => compareNames(a.listed.name, b.listed.name))
      .flatMap((each) => [each, ...("leftOut" in each ? [] : below(each.listed.id))]);
  return below(root);
}

function compareNames(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
