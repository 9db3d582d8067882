import { quoteAddress } from "../../curriculum/address.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";
import { placeOf } from "../place.ts";
import { oncePerDocument, reasonAddress } from "./reasons.ts";

/** A reason beneath which upstream has changed the text. */
export const reasonReview: Check<Pick<Material, "changes">> = {
  id: "reason-review",
  severity: "warning",
  title: "Does a reason still hold?",
  page: {
    what: "An update carried the adaptation, and upstream had changed the text beneath it.",
    why: "Upstream may have added just what was missing here, or something that the adaptation hides.",
    fix: "Look at both texts with `leeway explain ADDRESS`, then `leeway adapt ADDRESS --still-holds`, or edit the passage.",
    accept: "It may stand as long as nobody has had time to look: the change is still explained.",
  },
  *find({ changes }) {
    const carried = changes.filter(
      ({ explanation }) => explanation.state === "explained" && explanation.passage.review !== undefined,
    );
    for (const change of oncePerDocument(carried)) {
      if (change.explanation.state !== "explained") continue;
      const { file, passage } = change.explanation;
      const at = reasonAddress(change);
      yield {
        ...placeOf(change),
        at,
        about: file.record.id,
        message: `Upstream changed the text beneath in ${passage.review?.since}. Does this reason still hold: "${file.record.why.trim()}"`,
        remedy: `If it does: \`leeway adapt ${quoteAddress(at)} --still-holds\`. Else edit the passage and give a new reason with \`--why\`.`,
      };
    }
  },
};
