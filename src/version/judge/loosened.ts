import { formatAddress } from "../../curriculum/address.ts";
import { type LayerRules, LEVELS } from "../../rules/rules.ts";
import type { ChangedDocument } from "../change/changes.ts";
import { leewayFor } from "../change/own-changes.ts";
import type { VersionFile } from "../version-file.ts";

/** A changed passage that rules leave freer than others did; null where there is none. */
export function loosened(
  { id }: Pick<VersionFile, "id">,
  documents: readonly ChangedDocument[],
  { before, now }: { readonly before: readonly LayerRules[]; readonly now: readonly LayerRules[] },
): string | null {
  for (const document of documents) {
    for (const passage of document.change.passages) {
      const [was, is] = [before, now].map((rules) => leewayFor(document, passage, rules, id).level);
      if (was && is && LEVELS.indexOf(is) > LEVELS.indexOf(was))
        return formatAddress(document.change.id, passage.key);
    }
  }
  return null;
}
