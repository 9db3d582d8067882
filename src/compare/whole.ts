import { formatAddress } from "../curriculum/address.ts";
import type { Document } from "../curriculum/document.ts";
import { documentHash } from "./hash.ts";

/** The pair of hashes of a document that was added or removed as a whole; null where both sides have it. */
export function wholePair(
  base: Document | null,
  local: Document | null,
): { at: string; baseHash: string | null; localHash: string | null } | null {
  if (base !== null && local !== null) return null;
  const id = (local ?? base)?.id ?? "";
  return {
    at: formatAddress(id, null),
    baseHash: base === null ? null : documentHash(base),
    localHash: local === null ? null : documentHash(local),
  };
}
