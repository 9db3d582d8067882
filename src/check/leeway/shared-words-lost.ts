import type { Check } from "../check.ts";
import type { Material } from "../material.ts";
import { because, placeOf, putBack } from "../place.ts";
import { isLockedChange, losesSharedWords, oncePerDocument } from "./reasons.ts";

/** Words gone from text that may only grow. */
export const sharedWordsLost: Check<Pick<Material, "changes" | "base">> = {
  id: "shared-words-lost",
  severity: "error",
  title: "Text that may only be added to has lost words",
  unless: ["common-missing"],
  page: {
    what: "The rules let this passage grow (leeway add), and some of its shared words are gone.",
    why: "Pupils who change school, and the lessons that follow, take the shared words as known.",
    fix: "Put the shared words back and keep your own beside them.",
    accept:
      "Ask the version whose rule it is for an exception: it writes `except: [your version]` into the rule in its rules.yaml.",
  },
  *find(material) {
    const { changes } = material;
    // What is locked in a document that is gone brings back the rest of it too.
    const told = new Set(
      changes.filter(isLockedChange).flatMap(({ document }) => (document.local === null ? [document] : [])),
    );
    const losing = changes.filter((change) => losesSharedWords(change) && !told.has(change.document));
    for (const change of oncePerDocument(losing)) {
      const { leeway, passage } = change;
      const { removed } = passage.words;
      yield {
        ...placeOf(change),
        message: `This may be added to, and ${removed === 1 ? "one of its words is" : `${removed} of its words are`} gone. ${leeway.name} keeps them${because(leeway.because)}.`,
        remedy:
          `Put the shared words back and keep your own beside them. ${putBack(material as Material, change)}`.replace(
            /([^.])$/,
            "$1.",
          ),
      };
    }
  },
};
