import { hasField } from "../../curriculum/schemas.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";
import { weighRules } from "./rule-weight.ts";

/** A rule that speaks of nothing. */
export const ruleUnmatched: Check<Pick<Material, "self" | "outline" | "layers">> = {
  id: "rule-unmatched",
  severity: "error",
  title: "A rule matches nothing",
  page: {
    what: "No passage of the curriculum fits the pattern of a rule in this version's rules.yaml.",
    why: "Somebody believes that a passage is locked, or free, and it is not. A slip in the pattern is the usual cause.",
    fix: "Correct the pattern: TYPE, document id or path, then #section or @field, such as unit@outcomes or y8-trade#case-study.",
    accept: "Take the rule out until there is something that it speaks of.",
  },
  *find(material) {
    for (const { rule, path, line, matched } of weighRules(material)) {
      if (matched > 0 || isKnownField(rule.passages)) continue;
      yield {
        path,
        line,
        at: null,
        about: `${rule.passages} ${rule.leeway}`,
        message: `No passage of the curriculum fits "${rule.passages}", so this rule (${rule.leeway}) holds for nothing.`,
        remedy: `Correct the pattern in line ${line} of ${path}, or take the rule out.`,
      };
    }
  },
};

/** A field that documents of a type may have, such as lesson@safety: no slip, though none has it yet. */
function isKnownField(pattern: string): boolean {
  const [type = "", field = ""] = pattern.split("@", 2);
  return hasField(type, field);
}
