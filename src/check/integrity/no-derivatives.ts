import { quotePath } from "../../curriculum/address.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";
import { adaptedUnder } from "./licences.ts";

const NO_DERIVATIVES = /\bND\b|no.?deriv/i;

/** Material that may be used but not changed. */
export const noDerivatives: Check<Pick<Material, "documents" | "files" | "listing" | "base">> = {
  id: "no-derivatives",
  severity: "error",
  title: "Material that may not be adapted was adapted",
  page: {
    what: "A resource under a no-derivatives licence (ND) was changed here.",
    why: "Its author allows copies and no adaptations. A school that shares the changed one breaks the licence, and so does every school that takes it.",
    fix: "Put the resource back as it was, and add something of your own beside it.",
    accept:
      "With the author's permission in writing: state the new licence in the resource, and say so in the reason.",
  },
  *find(material) {
    for (const { path, line, at, title, file, licence } of adaptedUnder(material, NO_DERIVATIVES)) {
      yield {
        path,
        line,
        at,
        about: file,
        message: `${title} is under ${licence}, which allows no adaptations, and ${file} was changed here.`,
        remedy: `Put it back: \`git checkout ${material.base} -- ${quotePath(file)}\`.`,
      };
    }
  },
};
