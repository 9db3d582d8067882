import { lineWith } from "../../curriculum/lines.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** A base that upstream never published. */
export const baseUnpublished: Check<Pick<Material, "identity" | "self">> = {
  id: "base-unpublished",
  severity: "error",
  title: "The base is not one of upstream's commits",
  page: {
    what: "versions/ID/version.yaml builds on a commit, for the version or for a hold, that is not among what upstream published.",
    why: "Everything is judged against the base. With one of its own making a version could call any change upstream's text.",
    fix: "Write the commit that this version was really made from. `leeway join` finds it by content.",
    accept: "There is no way round it.",
  },
  *find({ identity, self }) {
    for (const { commit, of } of identity.unpublished) {
      yield {
        path: self?.path ?? "versions",
        line: lineWith(self?.text ?? "", commit),
        at: null,
        about: commit,
        message: `The ${of} ${commit.slice(0, 10)} is not among what ${self?.upstream?.name ?? "upstream"} published.`,
        remedy: `Write the commit again that stood there before, in ${self?.path ?? "version.yaml"}.`,
      };
    }
  },
};
