import { quoteAddress } from "../../curriculum/address.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** An update that has stopped for decisions and is not finished. */
export const updateStopped: Check<Pick<Material, "stopped">> = {
  id: "update-stopped",
  severity: "error",
  title: "An update waits to be finished",
  page: {
    what: "`leeway rebase` has stopped, since upstream and this version say different things in some places, and not all of them are decided or the end is not made.",
    why: "Until then the files hold both texts with marker lines between them, and nobody is to print or commit them. What is asked about is not judged otherwise, and the rest of a text with an open decision as this version has it.",
    fix: "`leeway resolve` shows both texts and asks; `leeway rebase --continue` finishes. `leeway rebase --abort` puts everything back as it was.",
    accept:
      "There is no way round it, and no hurry: the version from before is kept until the update is finished.",
  },
  *find({ stopped }) {
    if (stopped === null) return;
    const { edition, open, path } = stopped;
    yield {
      path,
      line: null,
      at: null,
      about: edition,
      message:
        open.length === 0
          ? `All that taking ${edition} asks is decided, and the update is not finished yet.`
          : `Taking ${edition} has stopped and waits for ${open.length === 1 ? "a decision" : `${open.length} decisions`}: ${named(open)}.`,
      remedy:
        open.length === 0
          ? "Finish it: `leeway rebase --continue`. To put everything back: `leeway rebase --abort`."
          : "Decide: `leeway resolve`. To put everything back as it was: `leeway rebase --abort`.",
    };
  },
};

const MOST_NAMED = 3;

function named(open: readonly { readonly at: string }[]): string {
  const all = [...new Set(open.map(({ at }) => quoteAddress(at)))];
  const more = all.length - MOST_NAMED;
  return more > 0 ? `${all.slice(0, MOST_NAMED).join(", ")} and ${more} more` : all.join(", ");
}
