import { shortId } from "../git/names.ts";
import type { OpenVersion } from "../version/open.ts";

/** What people call a state of upstream: its edition, or the short hash of its commit. */
export function editionTitle(edition: string | null, commit: string): string {
  return edition ?? shortId(commit);
}

export function upstreamName({ self, above }: OpenVersion): string {
  const id = self?.upstream?.id;
  return above.find((layer) => layer.id === id)?.name ?? id ?? "Upstream";
}

/** A word as it can be typed in a shell: in quotation marks where a shell would take it apart. */
export function quoteWord(word: string): string {
  return /^[\p{L}\p{N}_./:@~+=-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
