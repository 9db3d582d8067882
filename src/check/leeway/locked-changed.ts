import { quoteAddress } from "../../curriculum/address.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";
import { because, placeOf, putBack } from "../place.ts";
import { isLockedChange, oncePerDocument } from "./reasons.ts";

/** Locked text that is not upstream's. */
export const lockedChanged: Check<Pick<Material, "changes" | "base">> = {
  id: "locked-changed",
  severity: "error",
  title: "Locked text was changed",
  page: {
    what: "A passage that a layer above locks (leeway none) is not as upstream has it.",
    why: "The few locked passages are what every school relies on: the outcomes that common assessments test, the wording that risk assessments refer to. The rule says because of what.",
    fix: "Put the passage back, and say what you need elsewhere in the lesson: practice, homework and most sections are free to adapt.",
    accept:
      "Ask the version that locks it for an exception: it writes `except: [your version]` into the rule in its rules.yaml, and the next update brings it.",
  },
  *find(material) {
    for (const change of oncePerDocument(material.changes.filter(isLockedChange))) {
      const { leeway, document, passage, at } = change;
      const what =
        document.local === null || passage.local === null
          ? "is gone"
          : passage.change === "moved"
            ? "stands in another order"
            : passage.base === null
              ? "is new among locked ones"
              : "was changed";
      const ask = leeway.layer === "document" ? "" : ` Or ask ${leeway.name} for an exception.`;
      const back =
        passage.base === null
          ? `Take the passage out again (${quoteAddress(at)})`
          : putBack(material as Material, change);
      yield {
        ...placeOf(change),
        message: `Text that is locked by ${leeway.name} ${what}. It is locked${because(leeway.because) || ""}.`,
        remedy: `${back.replace(/\.$/, "")}.${ask}`,
      };
    }
  },
};
