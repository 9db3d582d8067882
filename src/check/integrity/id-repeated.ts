import { groupBy } from "../../curriculum/groups.ts";
import { lazily } from "../../curriculum/lazily.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** An id that two documents bear. */
export const idRepeated: Check<Pick<Material, "curriculum" | "scope" | "documents">> = {
  id: "id-repeated",
  severity: "error",
  title: "Two documents have the same id",
  page: {
    what: "An id names one document; here two files state the same one. Most often a file was copied to begin a new lesson.",
    why: "Reasons, plans and updates that name the id could mean either file, and an update may land in the wrong one.",
    fix: "Give the copy an id of its own.",
    accept: "There is no way round it.",
  },
  *find({ curriculum, scope, documents }) {
    const before = lazily(() => new Set(curriculum?.before.map(({ path, id }) => `${path}\n${id}`)));
    for (const [id, group] of groupBy(curriculum?.here ?? [], (facts) => facts.id)) {
      if (group.length < 2 || !group.some(({ path }) => scope.has(path))) continue;
      // The copy is what was not there at the base, else what comes later.
      const known = group.find(({ path }) => before().has(`${path}\n${id}`)) ?? group[0];
      for (const { path } of group) {
        if (path === known?.path) continue;
        yield {
          path,
          line:
            documents
              .find(({ local }) => local?.path === path)
              ?.local?.passages.find(({ key }) => key === "@id")?.line ?? null,
          at: id,
          about: path,
          message: `The id ${id} belongs to ${known?.path} already; an id names one document.`,
          remedy: `Give this document an id of its own: write another word after \`id:\` in ${path}.`,
        };
      }
    }
  },
};
