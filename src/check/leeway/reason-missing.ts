import { quoteAddress } from "../../curriculum/address.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";
import { placeOf } from "../place.ts";
import { losesSharedWords, needsReason, oncePerDocument, reasonAddress } from "./reasons.ts";

/** A change that nobody has explained. */
export const reasonMissing: Check<Pick<Material, "changes">> = {
  id: "reason-missing",
  severity: "error",
  title: "A change has no reason yet",
  unless: ["common-missing"],
  page: {
    what: "A passage differs from upstream, may change with a reason, and no adaptation record gives one.",
    why: "With its reason an adaptation survives the next update and the next head of department. Without it, nobody can tell whether it was meant.",
    fix: "`leeway adapt ADDRESS` asks for the reason in a sentence. On a website: add a file to versions/ID/adaptations with why, for and the address; hashes are filled in later.",
    accept: "Put the passage back as upstream has it, where the change was not meant.",
  },
  *find({ changes }) {
    const open = changes.filter(
      (change) =>
        change.explanation.state === "none" &&
        needsReason(change) &&
        // No reason makes up for shared words; with them back, what is not explained is only what was added.
        !(losesSharedWords(change) && change.passage.words.added === 0),
    );
    for (const change of oncePerDocument(open)) {
      const at = reasonAddress(change);
      const { document, passage } = change;
      const what =
        document.base === null
          ? "This document is new here"
          : document.local === null
            ? "This document of upstream's was removed"
            : passage.base === null
              ? "This passage is new here"
              : passage.local === null
                ? "A passage of upstream's was removed"
                : passage.change === "moved"
                  ? "The order was changed"
                  : "This passage was changed";
      yield {
        ...placeOf(change),
        at,
        message: `${what}, and nobody has said why yet.`,
        remedy: `Give the reason: \`leeway adapt ${quoteAddress(at)} --for PURPOSE --why "…"\`.`,
      };
    }
  },
};
