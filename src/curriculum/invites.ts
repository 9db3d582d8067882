import { formatAddress } from "./address.ts";
import type { Document } from "./document.ts";

/** Where an author asks to be adapted (design §3). */
export interface Invite {
  /** The full address of the passage. */
  readonly at: string;
  /** What is to stay. */
  readonly keep: string | null;
  readonly ideas: readonly string[];
}

/** The `invites` of a document; what is not written as one is left out. */
export function invitesOf(document: Document): Invite[] {
  const { invites } = document.data;
  if (!Array.isArray(invites)) return [];
  return invites.flatMap((invite: unknown): Invite[] => {
    if (typeof invite !== "object" || invite === null) return [];
    const { at, keep, ideas } = invite as { at?: unknown; keep?: unknown; ideas?: unknown };
    if (typeof at !== "string") return [];
    return [
      {
        at: /^[#@]/.test(at) ? formatAddress(document.id, at) : at,
        keep: typeof keep === "string" ? keep : null,
        ideas: Array.isArray(ideas) ? ideas.map(String) : typeof ideas === "string" ? [ideas] : [],
      },
    ];
  });
}
