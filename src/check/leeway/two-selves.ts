import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** Two versions in one repository of which each could be the one that lives here. */
export const twoSelves: Check<Pick<Material, "identity">> = {
  id: "two-selves",
  severity: "error",
  title: "It is not clear which version this is",
  page: {
    what: "More than one folder under versions/ belongs to a version that no other names as its upstream.",
    why: "Leeway cannot tell whose records and rules count here, so nothing that it says of the version would be certain.",
    fix: "Remove the folder that does not belong here. It mostly came with a merge of a sister school instead of upstream.",
    accept: "`git config leeway.version ID` settles it in one clone, not in CI.",
  },
  *find({ identity: { selves } }) {
    const added = selves.filter(({ known }) => !known);
    for (const { id, path } of added.length > 0 ? added : selves.slice(1)) {
      const others = selves.filter((self) => self.id !== id).map((self) => self.id);
      yield {
        path,
        line: 1,
        at: null,
        about: id,
        message: `Both ${[...others, id].join(" and ")} could be the version that lives here: no other names them as its upstream.`,
        remedy: `Remove the one that does not belong here: \`rm -r versions/${id}\`.`,
      };
    }
  },
};
