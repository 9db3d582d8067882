import type { Check } from "../check.ts";
import type { Material } from "../material.ts";
import { resourcesOf } from "./licences.ts";

/** Licence or credit of a resource that upstream states and this version does not. */
export const licenceLost: Check<Pick<Material, "documents">> = {
  id: "licence-lost",
  severity: "error",
  title: "The licence or credit of a resource was taken away",
  page: {
    what: "A resource that upstream lists with its licence and credit stands here with one of them missing or changed.",
    why: "Most open licences are given on the condition that the author is named. Without the credit the school uses the resource without permission.",
    fix: "Write licence and credit as upstream has them.",
    accept:
      "Where upstream has it wrong, correct it with `leeway adapt --kind correct --for accuracy` and a dated exception in rules.yaml until upstream has taken it.",
  },
  *find({ documents }) {
    for (const { base, local } of documents) {
      if (base === null || local === null || base.text === local.text) continue;
      const here = resourcesOf(local);
      for (const [key, before] of resourcesOf(base)) {
        const now = here.get(key);
        if (now === undefined) continue;
        for (const field of ["licence", "credit"] as const) {
          const was = before[field];
          if (was === null || (now[field] ?? "").includes(was)) continue;
          yield {
            path: local.path,
            line: now.line,
            at: now.at,
            about: field,
            message: `Upstream gives the ${field} of ${before.title} as "${was}"; here it is ${now[field] === null ? "missing" : `"${now[field]}"`}.`,
            remedy: `Write \`${field}: ${was}\` for this resource again.`,
          };
        }
      }
    }
  },
};
