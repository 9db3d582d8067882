import { parseAddress } from "../../curriculum/address.ts";
import type { Held } from "../base/holds.ts";
import type { Edition } from "../base/published.ts";

/** A state of upstream: a commit, and the edition that it was released as. */
export interface BaseState {
  readonly commit: string;
  readonly edition: string | null;
}

/** The older state of upstream that a place builds on; null where it is the version's base. */
export type HeldBase = (path: string, at: string) => BaseState | null;

/**
 * Tells which places were held back, and at which state of upstream (design §3: the base of a path is the hold's
 * where one covers it).
 */
export function heldBases(holds: readonly Held[], base: string, editions: readonly Edition[]): HeldBase {
  const behind = holds.filter(({ hold }) => hold.base !== base);
  return (path, at) => {
    const { document, passage } = parseAddress(at);
    const isThere = ({ passage: held }: Held): boolean =>
      held !== null && held.key === passage && [document, path].includes(held.document);
    const commit = (behind.find(isThere) ?? behind.find(({ covers }) => covers(path)))?.hold.base;
    if (commit === undefined) return null;
    return { commit, edition: editions.find((edition) => edition.commit === commit)?.name ?? null };
  };
}
