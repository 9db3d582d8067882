import type { Kind } from "../../adaptation/words.ts";
import { lineWith } from "../../curriculum/lines.ts";
import type { Check } from "../check.ts";
import type { JudgedChange, Material } from "../material.ts";

/** Kinds that leave what is to be learned as it is: they change the way there. */
const SAME_GOAL: readonly Kind[] = ["scaffold", "preteach", "present", "reorder", "retime"];
const GOAL = /^@(?:outcome|outcomes|keyLearningPoints)(?:[.!]|$)/;

/** A record whose kind says something else than the change shows. */
export const kindContradicted: Check<Pick<Material, "changes">> = {
  id: "kind-contradicted",
  severity: "error",
  title: "The kind of an adaptation contradicts the change",
  page: {
    what: "A record calls the change a scaffold, say, and the change alters the outcome; or it calls it an addition, and more went than came.",
    why: "A scaffold leads pupils to the same goal. Where the goal itself is another, the school and the trust should know: it decides what is assessed.",
    fix: "Give the record the kind that fits, such as `replace`, or take the change of the outcome back.",
    accept: "There is no exception for it: correcting one word in the record is quicker.",
  },
  *find({ changes }) {
    const told = new Set<string>();
    for (const { at, passage, explanation } of changes) {
      if (explanation.state !== "explained" && explanation.state !== "pending") continue;
      const { path, text, record } = explanation.file;
      const fault = contradiction(record.kind, passage);
      if (fault === null || told.has(`${record.id}\n${at}`)) continue;
      told.add(`${record.id}\n${at}`);
      yield {
        path,
        line: lineWith(text, /^kind:/m),
        at,
        about: record.id,
        message: `The record "${record.title}" is of the kind ${record.kind}, and ${fault.what}.`,
        remedy: `Write \`kind: ${fault.kind}\` in ${path}, or take the change back.`,
      };
    }
  },
};

function contradiction(
  kind: Kind,
  { key, change, words }: JudgedChange["passage"],
): { what: string; kind: Kind } | null {
  if (change !== "moved" && GOAL.test(key) && SAME_GOAL.includes(kind))
    return { what: "the change alters what pupils are to learn", kind: "replace" };
  if (kind === "add" && words.removed > words.added)
    return { what: "more words went than came", kind: words.added === 0 ? "remove" : "replace" };
  if (kind === "remove" && words.added > words.removed)
    return { what: "more words came than went", kind: words.removed === 0 ? "add" : "replace" };
  return null;
}
