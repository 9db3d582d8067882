import { Failure } from "../failure.ts";
import { type Published, publishedBy } from "../version/base/published.ts";
import { type Chain, readChain } from "../version/chain.ts";
import { type OpenVersion, placeVersion, versionFilesAt } from "../version/open.ts";
import type { Upstream } from "../version/version-file.ts";
import { asFetched, type HubView } from "./hub.ts";
import type { Listed } from "./listed.ts";

/** A listed version as it calls itself, or why it is not taken for the one on the list. */
export type Identified =
  | { readonly kind: "known"; readonly chain: Chain }
  | { readonly kind: "left-out"; readonly why: string };

/** Asks the commit that a listed version stands at whether it is that version, and below whom. */
export async function identify(view: HubView, { id, upstream }: Listed, head: string): Promise<Identified> {
  const leftOut = (why: string): Identified => ({ kind: "left-out", why });
  const files = await versionFilesAt(view.hub, head);
  if (files.size === 0) return leftOut("it has no versions/ folder, so it is no version of a curriculum");
  try {
    const chain = chainOf(files, id);
    if (chain.self.id !== id) return leftOut(`the repository there is ${chain.self.id}, not ${id}`);
    const claimed = chain.self.upstream?.id;
    if (claimed === upstream) return { kind: "known", chain };
    return leftOut(
      `by its own file it takes its editions from ${claimed ?? "nobody"}, but it stands on the list of ${upstream}`,
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return leftOut(
      `${error.message.replace(/\.$/, "")}${error.where === undefined ? "" : ` (${error.where})`}`,
    );
  }
}

/** Who a repository is; where that is in doubt and the listed version is one of those it could be, it is that one. */
function chainOf(files: ReadonlyMap<string, string>, id: string): Chain {
  try {
    return readChain(files, null);
  } catch (error) {
    if (!(error instanceof Failure) || !files.has(id)) throw error;
    return readChain(files, id);
  }
}

/** What a version in the hub has published, as a version below it sees it. */
export function publishedIn({ refs, notes }: HubView, upstream: string, group: string | null): Published {
  return publishedBy(
    upstreamOf(upstream, notes[upstream]?.branch ?? "main", group),
    asFetched(upstream, refs.get(upstream) ?? []),
  );
}

function upstreamOf(id: string, branch: string, group: string | null): Upstream {
  return { id, url: id, branch, ...(group === null ? {} : { group }) };
}

/**
 * Opens a version as it stands in the hub. Its list says who its upstream is and which group it is in, and the hub
 * what that upstream has published; its own file is not asked (design §11).
 */
export function openListed(view: HubView, listed: Listed, head: string, chain: Chain): Promise<OpenVersion> {
  const { upstream: id, group } = listed;
  const branch = view.notes[listed.id]?.branch ?? null;
  const upstream = upstreamOf(id, view.notes[id]?.branch ?? "main", group);
  const self = { ...chain.self, upstream };
  return placeVersion(
    { repo: view.hub, head, branch, self, above: chain.above },
    publishedIn(view, id, group),
  );
}
