import { quotePath } from "../../curriculum/address.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** A change that edits what it is judged by. */
export const judgeChanged: Check<Pick<Material, "identity" | "since">> = {
  id: "judge-changed",
  severity: "error",
  title: "A change chooses its own judge",
  page: {
    what: "The change under judgement edits this version's upstream, its base, its rules or its exceptions in a way by which it would pass.",
    why: "Otherwise one pull request could both loosen a rule and use it. It is judged by what stands on the protected branch.",
    fix: "Put the file back as it is on the protected branch, and bring the edit in a change of its own, which whoever owns the rules looks at.",
    accept:
      "Whoever may change the protected branch merges the edit alone; from then on it counts for every change after it.",
  },
  *find({ identity: { judge }, since }) {
    for (const { what, path, line, message } of judge) {
      yield {
        path,
        line,
        at: null,
        about: what,
        message,
        remedy: `Put it back, and bring it in a change of its own: \`git checkout ${since} -- ${quotePath(path)}\`.`,
      };
    }
  },
};
