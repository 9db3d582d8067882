import { quotePath } from "../../curriculum/address.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** A change in a folder that belongs to another version. */
export const foreignFolder: Check<Pick<Material, "identity" | "base" | "self">> = {
  id: "foreign-folder",
  severity: "error",
  title: "Another version's folder was changed",
  page: {
    what: "A file under versions/ that belongs to a layer above, or to nobody here, is not as upstream has it.",
    why: "Those folders tell which layer decided what, and why. Changed here they would tell it wrongly, and the next update would conflict.",
    fix: "Put the file back. What the other version should say is said in its own repository.",
    accept: "There is no way round it.",
  },
  *find({ identity, base, self }) {
    for (const { path, change } of identity.foreign) {
      const owner = path.split("/")[1] ?? "";
      yield {
        path,
        line: change === "removed" ? null : 1,
        at: null,
        message: `This file belongs to the version ${owner}; ${self?.name ?? "this version"} ${WORDS[change]} it.`,
        remedy:
          change === "added"
            ? `Remove it: \`rm "${path}"\`.`
            : `Put it back: \`git checkout ${base} -- ${quotePath(path)}\`.`,
      };
    }
  },
};

const WORDS = { added: "added", edited: "changed", removed: "removed" } as const;
