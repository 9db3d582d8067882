import { curriculumShare, lockedShare } from "../check/leeway/lock-budget.ts";
import { Failure } from "../failure.ts";
import type { SharesReport } from "../report/kinds/check.ts";
import type { Gathered } from "../version/check/gather.ts";

/**
 * How freely the curriculum may change, and who says so.
 * @throws Failure "usage" in plain mode, where nobody gives leeway
 */
export function sharesReport({ material: { self, layers, outline } }: Gathered): SharesReport {
  if (self === null || outline === null) {
    throw new Failure(
      "usage",
      "This copy has no versions/ folder, so every passage may change with a reason.",
    );
  }
  const levels = curriculumShare(outline, layers, self.id);
  const budget = layers.find(({ file }) => file.checks?.budget !== undefined);
  const { locked, of } = lockedShare(levels, self.id);
  return {
    kind: "leeway",
    version: self.name,
    levels,
    locks: layers.flatMap(({ layer, name, file }) =>
      file.rules
        .filter(({ leeway }) => leeway === "none")
        .map(({ passages, because = "", except = [] }) => ({ layer, name, passages, because, except })),
    ),
    budget: budget ? { percent: budget.file.checks?.budget ?? 0, by: budget.name, locked, of } : null,
    next: [["leeway explain ADDRESS", "who gives a passage its leeway"]],
  };
}
