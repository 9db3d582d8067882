import { quoteAddress } from "../../curriculum/address.ts";
import { lineWith } from "../../curriculum/lines.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** A hold whose entry is gone while upstream's change was not taken. */
export const holdDeleted: Check<Pick<Material, "identity" | "self">> = {
  id: "hold-deleted",
  severity: "error",
  title: "A hold was deleted by hand",
  page: {
    what: "version.yaml had a hold that is gone now, and what upstream changed there was neither taken nor declined.",
    why: "The entry says which state of upstream this version builds on in that place. Without it upstream's change counts as taken though it never came, and old text looks like a change of this school's own.",
    fix: "Put the entry back. To take the change run `leeway rebase --only ADDRESS` after that: it takes the entry out by itself.",
    accept:
      "There is no way round it. To decline the change for good keep the hold without `until`: that is what it is for.",
  },
  *find({ identity: { lostHolds }, self }) {
    for (const { at, base, why, until, knownIn } of lostHolds) {
      const path = self?.path ?? "versions";
      const text = self?.text ?? "";
      const entry = `- {at: "${at}", base: ${base}, why: ${JSON.stringify(why)}${until === null ? "" : `, until: ${until}`}}`;
      yield {
        path,
        line: lineWith(text, /^holds:/m) ?? lineWith(text, /^base:/m),
        at: at.includes("#") || at.includes("@") ? at : null,
        about: at,
        message: `The hold on ${quoteAddress(at)} is gone, and with it the state of upstream that this version builds on there; what upstream changed was not taken.`,
        remedy: `Put it back below \`holds:\` in ${path}, as commit ${knownIn.slice(0, 10)} has it: ${entry}`,
      };
    }
  },
};
