import type { Check } from "../check.ts";
import type { Material } from "../material.ts";
import { weighRules } from "./rule-weight.ts";

/** A rule that others contradict wherever it speaks. */
export const ruleOverruled: Check<Pick<Material, "self" | "outline" | "layers">> = {
  id: "rule-overruled",
  severity: "warning",
  title: "A rule is overruled everywhere",
  page: {
    what: "Every passage that a rule speaks of is decided by a later rule of the same file, or held more strictly by a layer above.",
    why: "The file says two things of one passage, and readers believe the wrong one. Within a file the last rule that matches wins; over the layers the strictest.",
    fix: "Put the narrower rule below the wider one, or take the one out that has no say.",
    accept: "It does no harm to the checks, only to readers.",
  },
  *find(material) {
    for (const { rule, path, line, matched, decides, overruledBy } of weighRules(material)) {
      if (matched === 0 || decides > 0) continue;
      yield {
        path,
        line,
        at: null,
        about: `${rule.passages} ${rule.leeway}`,
        message: `The rule for "${rule.passages}" (${rule.leeway}) never decides: it is overruled by ${overruledBy}.`,
        remedy: `Take the rule out of line ${line} of ${path}, or put it below the wider one.`,
      };
    }
  },
};
