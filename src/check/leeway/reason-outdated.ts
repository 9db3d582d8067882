import { quoteAddress } from "../../curriculum/address.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";
import { placeOf } from "../place.ts";
import { needsReason, oncePerDocument, reasonAddress } from "./reasons.ts";

/** A reason that was given for another text than the one that stands here now. */
export const reasonOutdated: Check<Pick<Material, "changes">> = {
  id: "reason-outdated",
  severity: "error",
  title: "A reason is to be renewed",
  page: {
    what: "The passage was edited again after its reason was given.",
    why: "A reason speaks of one text. Whether it speaks of the new one as well, only a person can say.",
    fix: "`leeway adapt ADDRESS --still-holds` where it does, or `--why` with a new one.",
    accept: "Put the passage back to the text that the reason was given for.",
  },
  *find({ changes }) {
    const open = changes.filter((change) => change.explanation.state === "renew" && needsReason(change));
    for (const change of oncePerDocument(open)) {
      if (change.explanation.state !== "renew") continue;
      const { record } = change.explanation.file;
      const at = reasonAddress(change);
      yield {
        ...placeOf(change),
        at,
        about: record.id,
        message: `This passage was edited again since its reason was given: "${record.why.trim()}"`,
        remedy: `If that reason holds for the new text: \`leeway adapt ${quoteAddress(at)} --still-holds\`. Else give a new one with \`--why\`.`,
      };
    }
  },
};
