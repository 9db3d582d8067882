import type { Check } from "../check.ts";
import type { Material } from "../material.ts";
import { adaptedUnder } from "./licences.ts";

const NON_COMMERCIAL = /\bNC\b|non.?commercial/i;
/** Creative Commons 4.0, section 3(a)(1)(B): whoever shares adapted material has to indicate that it was modified. */
const SAYS_SO = /adapt|modif|chang|edited/i;

/** Material for non-commercial use alone that was adapted without saying so. */
export const nonCommercial: Check<Pick<Material, "documents" | "files" | "listing">> = {
  id: "non-commercial",
  severity: "warning",
  title: "Non-commercial material was adapted",
  page: {
    what: "A resource under a non-commercial licence (NC) was changed here, and its credit does not say so.",
    why: "It may be adapted for teaching, as long as nobody sells it and readers can tell that it is not the author's own text.",
    fix: "Say in the credit that it was adapted and by whom.",
    accept: "Nothing more is needed than the word in the credit.",
  },
  *find(material) {
    for (const { path, line, at, title, file, licence, credit } of adaptedUnder(material, NON_COMMERCIAL)) {
      if (/\bND\b|no.?deriv/i.test(licence) || SAYS_SO.test(credit ?? "")) continue;
      yield {
        path,
        line,
        at,
        about: file,
        message: `${title} is under ${licence}, for non-commercial use alone, and ${file} was adapted here.`,
        remedy: `Say so in its credit: write "adapted" there, as in \`credit: ${credit ?? "NAME"}, adapted\`.`,
      };
    }
  },
};
