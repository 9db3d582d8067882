import type { Check } from "../check.ts";
import type { Material } from "../material.ts";
import { placeOf } from "../place.ts";
import { needsReason, oncePerDocument, reasonAddress } from "./reasons.ts";

/** A reason that was written by hand and is not bound to the text yet. */
export const reasonPending: Check<Pick<Material, "changes">> = {
  id: "reason-pending",
  severity: "warning",
  title: "A reason is not bound to its text yet",
  page: {
    what: "A record names the passage and carries no hashes, as one that was written on a website.",
    why: "Until it is bound, a later edit of the passage would pass under a reason that was given for another text.",
    fix: "`leeway check --fix` or `leeway save` binds it to the text as it is now.",
    accept: "It may stand: the next command that writes binds it.",
  },
  *find({ changes }) {
    const open = changes.filter((change) => change.explanation.state === "pending" && needsReason(change));
    for (const change of oncePerDocument(open)) {
      if (change.explanation.state !== "pending") continue;
      const { record, path } = change.explanation.file;
      yield {
        ...placeOf(change),
        at: reasonAddress(change),
        about: record.id,
        message: `The reason "${record.title}" was written by hand and is not bound to this text yet.`,
        remedy: `\`leeway check --fix\` binds it, in ${path}.`,
      };
    }
  },
};
