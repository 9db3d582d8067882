import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** A record, a file of rules or a list of the versions below that does not say what it should. */
export const ownFileUnreadable: Check<Pick<Material, "identity">> = {
  id: "own-file-unreadable",
  severity: "error",
  title: "A file of this version's own folder cannot be read",
  page: {
    what: "A rules.yaml, a downstream.yaml or an adaptation record does not parse, lacks a field, or has a value that is not allowed there.",
    why: "A reason that cannot be read explains nothing, and a rule that cannot be read protects nothing.",
    fix: "Correct the line that is named. `leeway schema` writes schemas with which editors complete these files.",
    accept: "There is no way round it.",
  },
  *find({ identity: { faults } }) {
    for (const { path, line, message, remedy } of faults)
      yield { path, line, at: null, about: message, message, remedy };
  },
};
